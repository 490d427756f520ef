import { describe, expect, it } from 'vitest';
import { studyResultFixture } from '../../../tests/fixtures/study-result.ts';
import { on } from '../../../tests/support/study-stores.ts';
import { said } from '../../core/language/catalogue.ts';
import { LESSON_WORDS } from '../../lessons/messages.ts';
import type { StudyConfig } from '../../study/config/config.ts';
import { fewShots } from '../../study/presets/few-shots.ts';
import { PRESETS } from '../../study/presets/presets.ts';
import {
  answer,
  applyTeaching,
  createLessonsStore,
  goToStep,
  keepSaved,
  markDone,
  mayRun,
  refusesTask,
  recallReplaced,
  refusesImages,
  restartLesson,
  restoreSettings,
  takeSettings,
} from './lessons-store.ts';
import type { Keeper } from '../page/keeper.ts';
import { createStudyStore } from '../study/study-store.ts';

function keeper(): NonNullable<Keeper> {
  const kept = new Map<string, string>();
  return { getItem: (key) => kept.get(key) ?? null, setItem: (key, text) => void kept.set(key, text) };
}

describe('the lessons of the page', () => {
  it('go on where they were left', () => {
    const storage = keeper();
    const first = createLessonsStore('', storage);
    goToStep(first, 'lora', 'train');
    answer(first, 'lora', 'train', { choice: 1 });
    expect(createLessonsStore('', storage).getState().progress).toEqual(first.getState().progress);
  });

  it('keep what other tabs have kept', () => {
    const storage = keeper();
    const [one, other] = [createLessonsStore('', storage), createLessonsStore('', storage)];
    goToStep(one, 'lora', 'train');
    markDone(one, 'lora', 'picture');
    answer(one, 'lora', 'train', { choice: 1 });
    goToStep(other, 'shapley', 'players');
    const kept = () => createLessonsStore('', storage).getState().progress.lessons;
    expect(kept()).toEqual({
      lora: one.getState().progress.lessons.lora,
      shapley: { step: 'players', done: [], answers: {} },
    });
    // In the same lesson, too.
    goToStep(other, 'lora', 'merge');
    answer(other, 'lora', 'merge', { choice: 0 });
    expect(kept().lora).toMatchObject({ step: 'merge', done: ['picture'] });
    expect(Object.keys(kept().lora.answers)).toEqual(['train', 'merge']);
    restartLesson(one, 'lora');
    goToStep(other, 'shapley', 'values');
    expect(Object.keys(kept())).toEqual(['shapley']);
  });

  it('keep what other tabs have typed in the same exercise, and chosen in other steps', () => {
    const storage = keeper();
    const [one, other] = [createLessonsStore('', storage), createLessonsStore('', storage)];
    const lessons = () => createLessonsStore('', storage).getState().progress.lessons;
    answer(one, 'shapley', 'by-hand', { fields: { first: '5' } });
    answer(one, 'shapley', 'twelve', { choice: 0 });
    answer(other, 'shapley', 'twelve', { choice: 1 });
    answer(other, 'shapley', 'by-hand', { fields: { second: '11' } });
    answer(one, 'shapley', 'by-hand', { fields: { first: '5', third: '14' } });
    expect(lessons().shapley.answers).toEqual({
      'by-hand': { choice: null, fields: { first: '5', second: '11', third: '14' } },
      twelve: { choice: 1, fields: {} },
    });
    // What a tab takes away is gone.
    answer(one, 'shapley', 'by-hand', { fields: { third: '14' } });
    expect(lessons().shapley.answers['by-hand'].fields).toEqual({ second: '11', third: '14' });
  });

  it('need no storage', () => {
    const broken: Keeper = {
      getItem: () => {
        throw new Error('forbidden');
      },
      setItem: () => {
        throw new Error('full');
      },
    };
    const store = createLessonsStore('', broken);
    goToStep(store, 'lora', 'train');
    expect(store.getState().progress.lessons.lora.step).toBe('train');
  });

  it('open as the address says', () => {
    const { isOpen, lesson, progress, teaching } = createLessonsStore(
      '?lesson=two-seeds/copra&hide=gpu&lock=arms',
      null,
    ).getState();
    expect({ isOpen, lesson }).toEqual({ isOpen: true, lesson: 'two-seeds' });
    expect(progress.lessons['two-seeds'].step).toBe('copra');
    expect(teaching).toMatchObject({ hidden: ['gpu'], locked: ['arms'] });
    expect(createLessonsStore('', null).getState().isOpen).toBe(false);
  });

  it('say what of the address they cannot find', async () => {
    const study = createStudyStore();
    const search = '?lesson=shapley/99&hide=nonsense';
    const store = createLessonsStore(search, null);
    await applyTeaching(store, on(study), 'https://example.org/', search, '');
    expect(store.getState()).toMatchObject({ lesson: 'shapley', isOpen: true, progress: { lessons: {} } });
    expect(study.getState().notices).toHaveLength(1);
    expect(said(study.getState().notices)[0]).toMatch(/shapley\/99.*hide=nonsense/);
  });

  it('give the address’s own settings way over a preset', async () => {
    const config = async (search: string) => {
      const study = createStudyStore({ ...PRESETS[1].config, seeds: [9] });
      await applyTeaching(createLessonsStore(search, null), on(study), 'https://example.org/', search, '');
      return study.getState();
    };
    expect((await config('?preset=quick')).config).toEqual(PRESETS[0].config);
    expect((await config('?preset=quick&steps=50')).config.seeds).toEqual([9]);
    expect(said((await config('?preset=huge')).notices).join()).toMatch(/huge/);
  });

  it('refuse images where the link hides or locks the task, and say so', () => {
    const refused = (search: string) => {
      const study = createStudyStore();
      return [refusesImages(createLessonsStore(search, null), study), said(study.getState().notices)];
    };
    expect(refused('')).toEqual([false, []]);
    expect(refused('?lock=arms')).toEqual([false, []]);
    expect(refused('?lock=task')).toEqual([true, [LESSON_WORDS.lockedDrop]]);
    expect(refused('?hide=task')).toEqual([true, [LESSON_WORDS.lockedDrop]]);
  });

  it('keep the saved result that a run replaces on the page', async () => {
    const study = createStudyStore();
    const saved = { ...studyResultFixture(), config: fewShots.config };
    study.setState({ result: saved, source: 'saved' });
    const lessons = createLessonsStore('', null);
    await keepSaved(lessons, study, 'https://example.org/');
    study.setState({ result: studyResultFixture(), source: 'live' });
    await keepSaved(lessons, study, 'https://example.org/');
    expect(lessons.getState().saved).toBe(saved);
  });

  it('put the learner’s settings back, however many runs were between', () => {
    const study = createStudyStore();
    const own = study.getState().config;
    const lessons = createLessonsStore('', null);
    takeSettings(lessons, study, { ...own, seeds: [1] });
    takeSettings(lessons, study, { ...own, seeds: [2] });
    study.setState({ status: 'running' });
    restoreSettings(lessons, study);
    expect(study.getState().config.seeds).toEqual([2]);
    study.setState({ status: 'idle' });
    restoreSettings(lessons, study);
    expect(study.getState().config).toEqual(own);
    expect(lessons.getState().replaced).toBeNull();
  });

  it('keep the learner’s settings for a page that is loaded anew with those of a lesson', () => {
    const storage = keeper();
    const own = PRESETS[0].config;
    const small = { ...own, seeds: [7] };
    const first = createStudyStore(own);
    takeSettings(createLessonsStore('', storage), first, small);
    const reloaded = (config: StudyConfig) => {
      const [lessons, study] = [createLessonsStore('', storage), createStudyStore(config)];
      recallReplaced(lessons, study, storage);
      return { lessons, study };
    };
    expect(reloaded({ ...own, seeds: [8] }).lessons.getState().replaced).toBeNull();
    const { lessons, study } = reloaded(first.getState().config);
    takeSettings(lessons, study, { ...own, seeds: [9] });
    restoreSettings(lessons, study);
    expect(study.getState().config).toEqual(own);
    // They are back on the page, not yet in its address.
    expect(reloaded({ ...own, seeds: [9] }).lessons.getState().replaced?.own).toEqual(own);
    expect(reloaded(study.getState().config).lessons.getState().replaced).toBeNull();
    storage.setItem('copra-lesson-settings', '{"own":1}');
    expect(reloaded(small).lessons.getState().replaced).toBeNull();
  });

  it('may run no study where the link hides or locks that', () => {
    const may = (search: string) => mayRun(createLessonsStore(search, null).getState());
    expect([may(''), may('?lock=seeds'), may('?lock=run'), may('?hide=gpu,run')]).toEqual([true, true, false, false]);
    const run = { settings: 'steps=1', label: () => 'Train' };
    const refuses = (search: string) =>
      [{ run }, { takesRun: true as const }, {}].map((step) =>
        refusesTask(createLessonsStore(search, null).getState(), step),
      );
    expect([refuses(''), refuses('?lock=run')]).toEqual([
      [false, false, false],
      [true, true, false],
    ]);
  });
});
