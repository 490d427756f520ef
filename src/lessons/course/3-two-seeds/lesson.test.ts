import { describe, expect, it } from 'vitest';
import { mean } from '../../../core/statistics.ts';
import { TEST_ACCURACY } from '../../../study/result/measures/accuracy.ts';
import { barrierMeasure, midpointMeasure } from '../../../study/result/measures/paths.ts';
import { sideOf } from '../../facts.ts';
import type { LessonView } from '../../lesson.ts';
import { runConfig } from '../../run-settings.ts';
import { copra, lora, outcomeOf, saved, stepAt, view, withPathsSwapped } from '../test-lessons.ts';

describe('lesson 3', () => {
  it('half-way on the factor path is worse, on the product path it is not', () => {
    expect(mean(lora.barriers.factor)).toBeGreaterThan(0.04);
    expect(mean(lora.barriers.product)).toBeLessThan(0.01);
  });

  it('asks for a run, and reads one of its own', () => {
    const step = stepAt('two-seeds/run');
    const own = { ...saved, config: runConfig(step.run!) };
    expect(step.prediction!.outcome(view(saved))).toContain('Run the step: your own numbers appear here');
    expect(step.prediction!.outcome(view(own, { computedHere: true, running: true }))).toContain(
      'is under way: your own',
    );
    // Another study is.
    expect(step.prediction!.outcome(view(saved, { running: true }))).toContain('Run the step');
    expect(step.prediction!.outcome(view(own, { computedHere: true }))).toMatch(
      /Your run, 15 pairs of seeds:\n\n- barrier: LoRA \d/,
    );
  });

  it('compares its run with the saved result, by their numbers', () => {
    const step = stepAt('two-seeds/run');
    const outcome = (factor: number, page: Partial<LessonView> = {}): string | null => {
      const landscape = saved.landscape.map((path) => ({ ...path, barrierAccuracy: factor * path.barrierAccuracy }));
      const own = { ...saved, landscape, config: runConfig(step.run!) };
      return step.prediction!.outcome(view(own, { computedHere: true, ...page }));
    };
    expect(outcome(1)).toContain('LoRA’s barrier is **the same** and CopRA’s is **the same**.');
    expect(outcome(1.2)).toContain('LoRA’s barrier is **higher** and CopRA’s is **higher**.');
    expect(outcome(0.8)).toContain('LoRA’s barrier is **lower** and');
    expect(outcome(0.8, { saved: null })).not.toContain('saved');
    expect(outcome(1)).toContain('the backbone gets **35.4 %** of your run’s 200 test pictures right, and');
    expect(step.prediction!.words(view(saved)).question).toContain('With 200 steps instead of 2,000');
  });

  it('its words for CopRA’s barrier, middle and ends are those of the intervals', () => {
    const step = stepAt('two-seeds/compare');
    const words = {
      higher: '**clearly higher**',
      lower: '**clearly lower**',
      unclear: 'not clearly different',
      tooFew: 'of too few seeds',
    };
    const [barrier, middle, ends] = [barrierMeasure('factor'), midpointMeasure('factor'), TEST_ACCURACY].map(
      (measure) => words[sideOf(saved, measure)],
    );
    expect(step.prediction!.outcome(view(saved))).toContain(
      `CopRA’s barrier is ${barrier}, its half-way accuracy ${middle}, and the accuracy at its ends ${ends}.`,
    );
    expect(mean(copra.barriers.factor)).toBeLessThan(mean(lora.barriers.factor));
  });

  it('says that half-way is worse than both ends of the pairs in which it is', () => {
    const outcome = outcomeOf('two-seeds/average');
    expect(outcome(saved)).toContain('worse than either of them');
    const along = (accuracy: number[]) => ({
      ...saved,
      landscape: saved.landscape.map((path) => ({ ...path, lambdas: [0, 0.5, 1], accuracy })),
    });
    expect(outcome(along([0.2, 0.3, 0.9]))).toContain('less accurate than its ends are on average');
    expect(outcome(along([0.2, 0.3, 0.9]))).not.toContain('either of them');
    expect(outcome(along([0.6, 0.9, 0.6]))).toContain('The mixture holds up.');
    const [first] = saved.landscape.filter(({ arm, path }) => arm === lora.arm && path === 'factor');
    const mixed = along([0.2, 0.3, 0.9]);
    const one = {
      ...mixed,
      landscape: mixed.landscape.map((path, i) => (saved.landscape[i] === first ? first : path)),
    };
    expect(outcome(one)).toContain('in 1 of 15 pairs worse than either of them');
  });

  it('says that updates get along where their barrier is close to nothing, not where it is the lower one', () => {
    const outcome = outcomeOf('two-seeds/why');
    expect(outcome(saved)).toContain('the two updates get along');
    /** @param share of the mean barrier on the factor path */
    const at = (share: number) => {
      const barrierAccuracy = share * mean(lora.barriers.factor);
      const landscape = saved.landscape.map((entry) =>
        entry.path === 'product' ? { ...entry, barrierAccuracy } : entry,
      );
      return outcome({ ...saved, landscape });
    };
    expect(at(0.2)).toContain('get along;');
    expect(at(0.5)).toContain('loses less than averaging the *factors*, and still something');
    expect(at(0.9)).toContain('loses about as much');
    expect(outcome(withPathsSwapped)).toContain('loses about as much');
  });
});
