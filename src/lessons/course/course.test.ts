/** The lessons against the page: what they run can run, what they ask the saved result answers. */
import { describe, expect, it } from 'vitest';
import { fewShots } from '../../study/presets/few-shots.ts';
import { NO_ANSWERS } from '../lesson.ts';
import { isFulfilled, keptChoice } from '../progress.ts';
import { hasRun, runConfig } from '../run-settings.ts';
import { HONEST_WORDS } from './7-honest/messages.ts';
import { LESSONS } from './index.ts';
import { saved, savedFor, steps, view } from './test-lessons.ts';

describe('the lessons', () => {
  it('are seven, of at most ten minutes, with steps of distinct names', () => {
    expect(LESSONS.map(({ id }) => id)).toEqual([
      'picture',
      'lora',
      'two-seeds',
      'shapley',
      'pruning',
      'merging',
      'honest',
    ]);
    for (const lesson of LESSONS) {
      expect(lesson.minutes).toBeLessThanOrEqual(10);
      expect(new Set(lesson.steps.map(({ id }) => id)).size).toBe(lesson.steps.length);
      expect(lesson.steps.some(({ prediction }) => prediction)).toBe(true);
    }
  });

  it.each(steps.filter(({ step }) => step.run))(
    '$name: its run is a valid study on bundled data, small enough',
    ({ step }) => {
      const config = runConfig(step.run!);
      expect(config.task).toBe('groups9-negative');
      const { shots, arms, training } = fewShots.config;
      const { steps, validateEvery } = config.training;
      expect(config).toMatchObject({ shots, arms, training: { ...training, steps, validateEvery } });
      expect([config.analyses.domains?.enabled, config.analyses.timing?.enabled]).toEqual([false, false]);
      const batches = config.training.steps * config.seeds.length * config.arms.length;
      expect(batches).toBeLessThanOrEqual(1000);
      expect(config.analyses.testImages).toBeLessThanOrEqual(200);
      const own = { ...saved, config };
      expect(hasRun(step.run!, view(own, { computedHere: true }))).toBe(true);
      expect(hasRun(step.run!, view(own))).toBe(false);
      expect(hasRun(step.run!, view(saved, { computedHere: true }))).toBe(false);
      expect(isFulfilled(step, view(saved), NO_ANSWERS)).toBe(false);
    },
  );

  it('reads every prediction off the saved result, and says so where there is none', () => {
    const reading = steps.filter(({ step }) => step.prediction && step.prediction.conceal.length > 0 && !step.run);
    expect(reading.length).toBeGreaterThanOrEqual(8);
    for (const { step } of reading) {
      expect(step.prediction!.outcome(view(savedFor(step)))).not.toBeNull();
      expect(step.prediction!.outcome(view(null))).toBe(step.map ? HONEST_WORDS.noCells : null);
      // Without numbers to compare it with, an answer is not the end of the step.
      const answers = { ...NO_ANSWERS, ...keptChoice(step.prediction!, view(null), 0) };
      expect(isFulfilled(step, view(null), answers)).toBe(step.map !== undefined);
    }
  });
});
