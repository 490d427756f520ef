import { describe, expect, it } from 'vitest';
import { mean } from '../../core/statistics.ts';
import { ofFirstSeeds } from '../../../tests/support/first-seeds.ts';
import { excludedSide } from '../../copra/seed-differences.ts';
import { readSaved } from '../../../scripts/figures/saved.ts';
import { sweepOf } from '../../study/config/sweep.ts';
import { ablations } from '../../study/presets/ablations.ts';
import { learningRatesFewShots } from '../../study/presets/learning-rates-few-shots.ts';
import { bestOfSweep } from '../../study/result/best-of-sweep.ts';
import { armPoints, armPointsCsv, pointMeasures, baselineArm, unbeaten } from './arm-points.ts';
import { summariseArm } from './arm-summary.ts';

const result = ofFirstSeeds(readSaved(ablations), 2);
const measures = pointMeasures(result);
const [gain, barrier, midpoint] = measures;

describe('pointMeasures', () => {
  it('are those that two or more arms have, and begin with the barrier without pruning', () => {
    expect(measures.map(({ id }) => id)).toEqual(['gain', 'barrier', 'midpoint']);
    expect(pointMeasures({ ...result, pruning: [] })).toEqual([barrier, midpoint]);
    expect(pointMeasures({ ...result, landscape: [] })).toEqual([gain]);
    expect(pointMeasures({ ...result, landscape: [], pruning: result.pruning.slice(0, 1) })).toEqual([]);
  });
});

describe('armPoints', () => {
  it('are the means of the runs and paths, numbered as the arms', () => {
    const points = armPoints(result, barrier);
    expect(points.map(({ number, arm }) => [number, arm])).toEqual(result.config.arms.map(({ id }, i) => [i + 1, id]));
    for (const { arm, accuracy, other } of points) {
      const runs = result.runs.filter((run) => run.arm === arm).map(({ test }) => test!.accuracy);
      const paths = result.landscape.filter((path) => path.arm === arm).map(({ barrierAccuracy }) => barrierAccuracy);
      expect(accuracy).toMatchObject({ value: mean(runs), n: 2 });
      expect(other).toMatchObject({ value: mean(paths), n: 1 });
    }
  });

  it('have the numbers of the table of results in every measure', () => {
    for (const [measure, figure] of [
      [gain, 'retainedHalf'],
      [barrier, 'barrierFactor'],
      [midpoint, 'midpointFactor'],
    ] as const)
      for (const { arm, other } of armPoints(result, measure)) {
        const known = summariseArm(result, arm)[figure]!;
        expect(other.value).toBeCloseTo(known.mean, 10);
        expect(other.n).toBe(known.n);
      }
  });

  it('stand beside the first arm, seed by seed', () => {
    const [first, ...others] = armPoints(result, barrier);
    expect([first.accuracy.difference, first.other.difference]).toEqual([null, null]);
    for (const { accuracy, other } of others) {
      expect(accuracy.difference!.mean).toBeCloseTo(accuracy.value - first.accuracy.value, 10);
      expect(accuracy.difference!.scope).toBe('seeds and images');
      // One pair of seeds: the interval is over images alone.
      expect(other.difference!.scope).toBe('images');
    }
    const sides = Object.fromEntries(
      others.map(({ arm, other }) => [arm, other.difference && excludedSide(other.difference)]),
    );
    expect(sides).toMatchObject({ 'layer-drop': -1, 'copra-exponential': -1, dropout: 0 });
  });

  it('leave out arms without both measures', () => {
    const without = { ...result, landscape: result.landscape.filter(({ arm }) => arm !== 'dora') };
    expect(armPoints(without, barrier)).toHaveLength(16);
    expect(armPoints({ ...result, landscape: [] }, barrier)).toEqual([]);
  });
});

describe('unbeaten', () => {
  it.each(measures)('are the points that none beats in accuracy and $id, from the most accurate on', (measure) => {
    const points = armPoints(result, measure);
    const on = unbeaten(points, measure);
    const isBetter = (a: number, b: number) => (measure.measure.lowerIsBetter ? a < b : a > b);
    for (const point of points) {
      const beaten = points.some(
        ({ accuracy, other }) =>
          accuracy.value >= point.accuracy.value &&
          !isBetter(point.other.value, other.value) &&
          (accuracy.value > point.accuracy.value || isBetter(other.value, point.other.value)),
      );
      expect(on.includes(point)).toBe(!beaten);
    }
    on.slice(1).forEach((point, i) => {
      expect(point.accuracy.value).toBeLessThanOrEqual(on[i].accuracy.value);
      expect(isBetter(on[i].other.value, point.other.value)).toBe(false);
    });
  });
});

it('are a table with intervals and what they are over', () => {
  const [head, first, second] = armPointsCsv({ ...result, pruning: [] }).split('\r\n');
  expect(head).toBe(
    'arm,reference,accuracy,accuracy_n,accuracy_minus_reference,accuracy_minus_reference_low,accuracy_minus_reference_high,accuracy_minus_reference_over,barrier,barrier_n,barrier_minus_reference,barrier_minus_reference_low,barrier_minus_reference_high,barrier_minus_reference_over,not_beaten_in_accuracy_and_barrier,midpoint,midpoint_n,midpoint_minus_reference,midpoint_minus_reference_low,midpoint_minus_reference_high,midpoint_minus_reference_over,not_beaten_in_accuracy_and_midpoint',
  );
  expect(first).toMatch(/^LoRA,LoRA,0\.601\d*,2,,,,,0\.08\d*,1,,,,,(yes|no),0\.5\d*,1,,,,,(yes|no)$/);
  expect(second).toMatch(/^rsLoRA,LoRA,.*,seeds and images,.*,images,(yes|no),.*,images,(yes|no)$/);
});

it('of a sweep are beside the first method at its own best value, and beside its first arm until that is known', () => {
  const sweep = readSaved(learningRatesFewShots);
  const best = bestOfSweep(sweep, sweepOf(sweep.config)!)!.find(({ method }) => method === 'lora')!;
  expect(best.arm).not.toBe(sweep.config.arms[0].id);
  expect(baselineArm(sweep).id).toBe(best.arm);
  const [measure] = pointMeasures(sweep);
  for (const { arm, accuracy } of armPoints(sweep, measure))
    expect(accuracy.difference === null).toBe(arm === best.arm);
  const { runs } = sweep;
  expect(baselineArm({ ...sweep, runs: runs.slice(1) })).toBe(sweep.config.arms[0]);
  expect(baselineArm(result)).toBe(result.config.arms[0]);
});
