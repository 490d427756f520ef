/** What is said of the result on the page before a lesson's run takes its place. */
import { expect, it } from 'vitest';
import { saved, stepAt } from '../../lessons/course/test-lessons.ts';
import { runConfig } from '../../lessons/run-settings.ts';
import { replacedBy } from './LessonRunButton.tsx';

const run = stepAt('two-seeds/run').run!;

it('a run says what it takes the place of, by what is on the page', () => {
  const page = { status: 'idle', result: saved } as const;
  expect(replacedBy(run, { ...page, source: 'saved' })).toBe('saved');
  expect(replacedBy(run, { ...page, source: 'link' })).toBe('other');
  expect(replacedBy(run, { ...page, source: 'live' })).toBe('own');
  expect(replacedBy(run, { ...page, source: 'united' })).toBe('own');
  // The same again is no loss, and a study under way is none to replace.
  const same = { ...saved, config: runConfig(run) };
  expect(replacedBy(run, { ...page, result: same, source: 'live' })).toBe('nothing');
  expect(replacedBy(run, { ...page, status: 'running', source: 'live' })).toBe('nothing');
  expect(replacedBy(run, { ...page, result: null, source: 'none' })).toBe('nothing');
});
