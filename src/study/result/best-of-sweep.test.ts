import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { studyResultFixture } from '../../../tests/fixtures/study-result.ts';
import { tinyArm } from '../../../tests/support/tiny-study.ts';
import type { ArmConfig } from '../config/config.ts';
import { sweepOf } from '../config/sweep.ts';
import { bestOfSweep } from './best-of-sweep.ts';
import { comparedPairs } from './measures/compared-pairs.ts';
import { withoutAnswers } from './measures/image-variances.ts';
import { MEASURES } from './measures/measures.ts';
import type { RunResult, StudyResult } from './result.ts';

const RATES = [1e-3, 1e-2, 1e-1];
const whole = studyResultFixture();
const [runOf] = whole.runs.filter(({ test }) => test);

type Method = ArmConfig['method'];

/** @param accuracies on validation images, per method, value and seed */
function swept(accuracies: Partial<Record<Method, readonly (readonly number[])[]>>, change: Partial<RunResult> = {}) {
  const lists = Object.entries(accuracies) as [Method, readonly (readonly number[])[]][];
  const arms = lists.flatMap(([method, values]) =>
    values.map((_, i) => tinyArm(method, `${method}-${i}`, { learningRate: RATES[i] })),
  );
  const seeds = lists[0][1][0].map((_, seed) => seed);
  const { training } = whole.config;
  const runs = lists.flatMap(([method, values]) =>
    values.flatMap((own, i) =>
      own.map((accuracy, seed): RunResult => ({
        ...runOf,
        arm: `${method}-${i}`,
        seed,
        steps: training.steps,
        validation: [
          { step: 0, accuracy: 0.9, loss: 1 },
          { step: training.steps, accuracy, loss: 1 },
        ],
        ...change,
      })),
    ),
  );
  const result: StudyResult = {
    ...whole,
    runs,
    landscape: [],
    pruning: [],
    shapley: [],
    config: { ...whole.config, arms, seeds },
  };
  return { result, sweep: sweepOf({ arms })! };
}

const bestOf = (given: ReturnType<typeof swept>) => bestOfSweep(given.result, given.sweep);

describe('bestOfSweep', () => {
  it('is the value with the highest mean validation accuracy, of each method by itself', () => {
    const best = bestOf(
      swept({
        lora: [[0.5, 0.5], [0.7, 0.5], [0.2, 0.3]], // prettier-ignore
        copra: [[0.5, 0.5], [0.5, 0.6], [0.7, 0.8]], // prettier-ignore
      }),
    );
    expect(best).toMatchObject([
      { name: 'LoRA', arm: 'lora-1', value: 1e-2, isOutermost: false },
      { name: 'CopRA', arm: 'copra-2', value: 1e-1, rivals: [1e-3], isOutermost: true },
    ]);
    expect(best?.map(({ validation }) => validation)).toEqual([0.6, 0.75]);
    // Two seeds do not tell LoRA’s rates apart, nor CopRA’s where their differences differ.
    expect(best?.[0].rivals).toEqual([1e-3, 1e-1]);
  });

  it('has rivals, which more seeds tell from it', () => {
    const near = [0.58, 0.6, 0.62, 0.59, 0.61, 0.6];
    const shifted = (by: number) => near.map((accuracy) => accuracy + by);
    const far = [0.4, 0.45, 0.42, 0.41, 0.44, 0.43];
    const rivalsOf = (lora: readonly (readonly number[])[]) =>
      bestOf(swept({ lora, copra: [near, far, far] }))?.[0].rivals;
    expect(rivalsOf([far, near, shifted(-0.01)])).toEqual([]);
    expect(rivalsOf([far, near, near.toReversed()])).toEqual([1e-1]);
    // One seed tells nothing.
    expect(bestOf(swept({ lora: [[0.1], [0.6], [0.2]], copra: [[0.5], [0.6], [0.4]] }))?.[0].rivals).toEqual([
      1e-3, 1e-1,
    ]);
  });

  it('looks at the adapter that is tested, on no test image', () => {
    const given = swept({ lora: [[0.5], [0.6], [0.4]], copra: [[0.5], [0.6], [0.4]] });
    const early = given.result.runs.map((run) => (run.arm === 'lora-2' ? { ...run, takenAt: 0 } : run));
    const other = given.result.runs.map((run, i) => ({ ...run, test: { accuracy: i / 10, loss: 1 } }));
    expect(bestOfSweep({ ...given.result, runs: early }, given.sweep)?.[0].arm).toBe('lora-2');
    expect(bestOfSweep({ ...given.result, runs: other }, given.sweep)?.[0].arm).toBe('lora-1');
  });

  it('knows a mean by its own validation, and never by that of the last adapter', () => {
    const given = swept({ lora: [[0.5], [0.6], [0.4]], copra: [[0.5], [0.6], [0.4]] });
    const averaged = (arm: string) => arm.startsWith('lora');
    const arms = given.result.config.arms.map((arm) => (averaged(arm.id) ? { ...arm, take: 'average' as const } : arm));
    const config = { ...given.result.config, arms };
    const { runs } = given.result;
    // Results of before a mean was validated do not know which is best.
    expect(bestOfSweep({ config, runs }, given.sweep)).toBeNull();
    const validated = runs.map((run) =>
      averaged(run.arm) ? { ...run, testedValidation: run.arm === 'lora-2' ? 0.7 : 0.6 } : run,
    );
    expect(bestOfSweep({ config, runs: validated }, given.sweep)).toMatchObject([
      { arm: 'lora-2', validation: 0.7, unvalidated: [] },
      { arm: 'copra-1', validation: 0.6 },
    ]);
  });

  it('names the values that were no candidates', () => {
    const given = swept({ lora: [[0.5], [0.6], [0.4]], copra: [[0.5], [0.6], [0.4]] });
    const runs = given.result.runs.map((run) =>
      run.arm === 'lora-1' ? { ...run, takenAt: 7 } : run.arm === 'lora-2' ? { ...run, diverged: 3, test: null } : run,
    );
    expect(bestOfSweep({ ...given.result, runs }, given.sweep)).toMatchObject([
      { arm: 'lora-0', unvalidated: [1e-2], diverged: [1e-1] },
      { arm: 'copra-1', unvalidated: [], diverged: [] },
    ]);
  });

  it('has nothing beyond it at an end of what the setting can be', () => {
    const at = (values: readonly number[], accuracies: readonly number[]) => {
      const arms = (['copra', 'progressive-dropout'] as const).flatMap((method) =>
        values.map((rampFraction, i) => tinyArm(method, `${method}-${i}`, { rampFraction })),
      );
      const { result } = swept({ copra: accuracies.map((one) => [one]), 'progressive-dropout': accuracies.map((one) => [one]) }); // prettier-ignore
      return bestOfSweep({ runs: result.runs, config: { ...result.config, arms } }, sweepOf({ arms })!)?.[0];
    };
    expect(at([0.25, 0.5, 1], [0.5, 0.6, 0.7])).toMatchObject({ value: 1, isOutermost: false });
    expect(at([0.25, 0.5, 0.9], [0.5, 0.6, 0.7])).toMatchObject({ value: 0.9, isOutermost: true });
    expect(at([0.01, 0.5, 0.9], [0.7, 0.6, 0.5])).toMatchObject({ value: 0.01, isOutermost: false });
    expect(at([0.1, 0.5, 1], [0.7, 0.6, 0.5])).toMatchObject({ value: 0.1, isOutermost: true });
  });

  it('passes over a value at which a run diverged', () => {
    const given = swept({ lora: [[0.5], [0.6], [0.4]], copra: [[0.5], [0.6], [0.4]] });
    const runs = given.result.runs.map((run) => (run.arm === 'copra-1' ? { ...run, diverged: 3, test: null } : run));
    expect(bestOfSweep({ ...given.result, runs }, given.sweep)?.map(({ arm }) => arm)).toEqual(['lora-1', 'copra-0']);
  });

  it('takes a method that does not read the setting as it is', () => {
    const arms = [tinyArm('lora', 'lora'), ...[0.1, 0.2, 0.3].map((p0, i) => tinyArm('copra', `copra-${i}`, { p0 }))];
    const { result } = swept({ copra: [[0.5], [0.7], [0.6]] });
    const runs = [{ ...runOf, arm: 'lora', seed: 0, validation: [] }, ...result.runs];
    const config = { ...result.config, arms };
    expect(bestOfSweep({ config, runs }, sweepOf({ arms })!)).toMatchObject([
      { arm: 'lora', value: null, validation: null, isOutermost: false },
      { arm: 'copra-1', value: 0.2 },
    ]);
  });

  it('waits for all runs, and is not known without validation or where one method has a single value', () => {
    const lists = { lora: [[0.5], [0.6], [0.4]], copra: [[0.5], [0.6], [0.4]] } as const;
    const given = swept(lists);
    expect(bestOfSweep({ ...given.result, runs: given.result.runs.slice(1) }, given.sweep)).toBeNull();
    expect(bestOf(swept(lists, { test: null }))).toBeNull();
    expect(bestOf(swept(lists, { validation: [] }))).toBeNull();
    expect(bestOf(swept({ lora: lists.lora }))).toBeNull();
    expect(bestOf(swept({ lora: [[0.5]], copra: lists.copra }))).toBeNull();
  });

  it('is beaten by no other value, whatever the accuracies', () => {
    const accuracy = fc.integer({ min: 0, max: 100 }).map((hundredths) => hundredths / 100);
    const values = fc.array(fc.array(accuracy, { minLength: 3, maxLength: 3 }), { minLength: 3, maxLength: 3 });
    const sum = (list: readonly number[]) => list.reduce((total, value) => total + value, 0);
    fc.assert(
      fc.property(values, values, (lora, copra) => {
        const best = bestOf(swept({ lora, copra }))!;
        for (const [i, lists] of [lora, copra].entries()) {
          const own = lists[RATES.indexOf(best[i].value as number)];
          for (const list of lists) expect(sum(list)).toBeLessThanOrEqual(sum(own) + 1e-9);
          expect(best[i].rivals).not.toContain(best[i].value);
        }
      }),
      { numRuns: 50 },
    );
  });

  it('is compared with the variance of its own images, also where the values differ', () => {
    const { result } = swept({ lora: [[0.5], [0.6], [0.4]], copra: [[0.7], [0.6], [0.4]] });
    expect(comparedPairs(result.config)).not.toContainEqual({ baseline: 'lora-1', other: 'copra-0' });
    const runs = result.runs.map((run, i) => ({
      ...run,
      test: { accuracy: 0.5, loss: 1, correct: btoa(String.fromCharCode(...correctBits(i, result.task.test))) },
    }));
    const bare = withoutAnswers({ ...result, runs }, MEASURES);
    expect(bare.imageVariances).toContainEqual(
      expect.objectContaining({ measure: 'test-accuracy', baseline: 'lora-1', other: 'copra-0' }),
    );
  });
});

/** Bits of `images` answers, every other one right, from the k-th on. */
function correctBits(k: number, images: number): number[] {
  const bytes = Array.from({ length: Math.ceil(images / 8) }, () => 0);
  for (let i = 0; i < images; i++) if ((i + k) % 2 === 0) bytes[i >> 3] |= 0x80 >> (i & 7);
  return bytes;
}
