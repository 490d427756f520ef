import { describe, expect, it } from 'vitest';
import { studyResultFixture } from '../../../tests/fixtures/study-result.ts';
import type { StudyResult } from '../../study/result/result.ts';
import { trainingCaption } from '../live/training-caption.ts';
import { landscapeCaption } from '../analyses/landscape/landscape-caption.ts';
import { unstructuredCaption } from '../analyses/pruning/pruning-caption.ts';

/** The fixture's first arm `count` times over. */
function manyArms(count: number): StudyResult {
  const result = studyResultFixture();
  const [first] = result.config.arms;
  const ids = Array.from({ length: count }, (_, i) => `arm-${i}`);
  const spread = <T extends { readonly arm: string }>(items: readonly T[]): T[] =>
    ids.flatMap((arm) => items.filter((item) => item.arm === first.id).map((item) => ({ ...item, arm })));
  const arms = ids.map((id, i) => ({ ...first, id, name: id, method: i === 3 ? 'copra' : first.method }) as const);
  return {
    ...result,
    config: { ...result.config, arms },
    runs: spread(result.runs),
    landscape: spread(result.landscape),
    pruning: spread(result.pruning),
  };
}

describe('captions', () => {
  it('name every arm of a few', () => {
    const text = landscapeCaption(manyArms(4));
    for (const name of ['arm-0', 'arm-1', 'arm-2', 'arm-3']) expect(text).toContain(name);
    expect(text).not.toContain('the table of results');
  });

  it('name two of many: the first, and the first CopRA arm', () => {
    for (const text of [landscapeCaption(manyArms(13)), trainingCaption(manyArms(13))]) {
      expect(text).toContain('arm-0');
      expect(text).toContain('arm-3');
      expect(text).not.toContain('arm-1');
      expect(text).toContain('Two of 13 arms are named here; the table of results has all.');
    }
  });

  it('say nothing of weights where none were pruned', () => {
    const result = manyArms(2);
    const pruning = result.pruning.map((entry) => ({ ...entry, unstructured: [] }));
    expect(unstructuredCaption({ ...result, pruning })).toBe('');
  });

  it('say where the validation curves end the other way round than the test', () => {
    const read = (test: readonly number[], validation: readonly number[]): string => {
      const result = studyResultFixture();
      const at = (arm: string): number => result.config.arms.findIndex(({ id }) => id === arm);
      return trainingCaption({
        ...result,
        runs: result.runs.map((run) => ({
          ...run,
          test: run.test && { ...run.test, accuracy: test[at(run.arm)] },
          validation: run.validation.map((point) => ({ ...point, accuracy: validation[at(run.arm)] })),
        })),
      });
    };
    const note =
      /On the \d+ validation images of the curves the order of the means is the other one: \S+ ends at 70\.0 %, \S+ ends at 60\.0 % \(95.% interval 8\.9 to 11\.1 points over seeds, on these images alone\)\.$/;
    expect(read([0.6, 0.5], [0.6, 0.7])).toMatch(note);
    expect(read([0.5, 0.6], [0.7, 0.6])).toMatch(note);
    expect(read([0.5, 0.6], [0.6, 0.7])).not.toContain('validation image');
    expect(read([0.5, 0.5001], [0.7, 0.6])).not.toContain('validation image');
  });

  it('say of curves that end in another order by chance that this is not clear', () => {
    const result = studyResultFixture({ seeds: 3 });
    const [first] = result.config.arms.map(({ id }) => id);
    const runs = result.runs.map((run) => {
      const [test, validation] = run.arm === first ? [0.6, 0.6 + 0.1 * (run.seed - 1)] : [0.5, 0.61];
      return {
        ...run,
        test: run.test && { ...run.test, accuracy: test },
        validation: run.validation.map((point) => ({ ...point, accuracy: validation })),
      };
    });
    expect(trainingCaption({ ...result, runs })).toMatch(
      /ends at 61\.0 %, \S+ ends at 60\.0 %, but the difference is not clear \(95.% interval −\d/,
    );
  });

  it('compare the ends of the curves over the seeds of which both arms are tested as they end', () => {
    const result = studyResultFixture({ seeds: 3 });
    const [first, second] = result.config.arms.map(({ id }) => id);
    // With seed 0 the first arm is ahead at the end of the curves and in the test, without it only there.
    const runs = result.runs.map((run) => {
      const [test, validation] = run.arm === first ? [0.6, run.seed === 0 ? 0.9 : 0.6] : [0.5, 0.7];
      return {
        ...run,
        test: run.test && { ...run.test, accuracy: test },
        validation: run.validation.map((point) => ({ ...point, accuracy: validation })),
      };
    });
    const at = (change: Partial<(typeof runs)[number]>): string =>
      trainingCaption({
        ...result,
        runs: runs.map((run) => (run.arm === second && run.seed === 0 ? { ...run, ...change } : run)),
      });
    const note = /the order of the means is the other one: \S+ ends at 70\.0 %, \S+ ends at 60\.0 %/;
    expect(at({})).not.toContain('the other one');
    expect(at({ test: null, diverged: 3 })).toMatch(note);
    expect(at({ takenAt: 100 })).toMatch(note);
  });
});
