/** What is said of the result on the page before a lesson's run takes its place. */
import { expect, it } from 'vitest';
import { on } from '../../../tests/support/study-stores.ts';
import { saved, stepAt } from '../../lessons/course/test-lessons.ts';
import { runConfig } from '../../lessons/run-settings.ts';
import { why } from '../../study/presets/why.ts';
import { runInPlace } from '../../state/study/replace-shown.ts';
import { NOTHING_SHOWN } from '../../state/study/shown.ts';
import { createStudyStore, type StudyState } from '../../state/study/study-store.ts';
import { replacedBy } from './LessonRunButton.tsx';

const run = stepAt('two-seeds/run').run!;

it('a run says what it takes the place of, by what is on the page', () => {
  const page = { ...createStudyStore().getState(), result: saved };
  const replaced = (change: Partial<StudyState>) => replacedBy(run, { ...page, ...change }, { shelved: null });
  expect(replaced({ source: 'saved' })).toBe('saved');
  expect(replaced({ source: 'saved', result: { ...saved, config: why.config } })).toBe('savedOfPreset');
  expect(replaced({ source: 'link' })).toBe('other');
  expect(replaced({ source: 'live' })).toBe('own');
  expect(replaced({ source: 'united' })).toBe('own');
  // The same again is no loss, and a study under way is none to replace.
  const same = { ...saved, config: runConfig(run) };
  expect(replaced({ result: same, source: 'live' })).toBe('nothing');
  expect(replaced({ status: 'running', source: 'live' })).toBe('nothing');
  expect(replaced({ result: null, source: 'none' })).toBe('nothing');
});

it.each([
  ['saved', 'saved'],
  ['file', 'other'],
  ['live', 'own'],
] as const)('an evaluation in place of a %s study is called by what a run puts aside', async (source, called) => {
  const stores = on(createStudyStore());
  const shelved = { ...NOTHING_SHOWN, result: saved, source };
  stores.study.setState({ result: { ...saved }, source: 'live' });
  stores.adapters.setState({ shelved });
  expect(replacedBy(run, stores.study.getState(), stores.adapters.getState())).toBe(called);
  await runInPlace(stores, () => {
    stores.study.setState({ result: { ...saved } });
    stores.adapters.setState({ shelved: null });
    return Promise.resolve();
  });
  expect(stores.study.getState().aside).toHaveLength(called === 'own' ? 1 : 0);
});
