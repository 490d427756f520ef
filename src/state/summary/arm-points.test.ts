import { readFileSync } from 'node:fs';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { mean } from '../../core/statistics.ts';
import { StudyResultSchema } from '../../study/result/result.ts';
import { armPoints, armPointsCsv, excludesZero } from './arm-points.ts';

const result = v.parse(StudyResultSchema, JSON.parse(readFileSync('public/showcase/ablations.json', 'utf8')));

describe('armPoints', () => {
  it('are the means of the runs and paths, numbered as the arms', () => {
    const points = armPoints(result);
    expect(points.map(({ number, arm }) => [number, arm])).toEqual(result.config.arms.map(({ id }, i) => [i + 1, id]));
    for (const { arm, accuracy, barrier } of points) {
      const runs = result.runs.filter((run) => run.arm === arm).map(({ test }) => test!.accuracy);
      const paths = result.landscape.filter((path) => path.arm === arm).map(({ barrierAccuracy }) => barrierAccuracy);
      expect(accuracy).toMatchObject({ value: mean(runs), n: 2 });
      expect(barrier).toMatchObject({ value: mean(paths), n: 1 });
    }
  });

  it('stand beside the first arm, seed by seed', () => {
    const [first, ...others] = armPoints(result);
    expect([first.accuracy.difference, first.barrier.difference]).toEqual([null, null]);
    for (const { accuracy, barrier } of others) {
      expect(accuracy.difference!.mean).toBeCloseTo(accuracy.value - first.accuracy.value, 10);
      expect(accuracy.difference!.scope).toBe('seeds and images');
      // One pair of seeds: the interval is over images alone.
      expect(barrier.difference!.scope).toBe('images');
    }
    const sides = Object.fromEntries(others.map(({ arm, barrier }) => [arm, excludesZero(barrier.difference)]));
    expect(sides).toMatchObject({ 'layer-drop': -1, 'copra-exponential': -1, dropout: 0 });
  });

  it('leave out arms without both measures', () => {
    expect(armPoints({ ...result, landscape: result.landscape.filter(({ arm }) => arm !== 'dora') })).toHaveLength(16);
    expect(armPoints({ ...result, landscape: [] })).toEqual([]);
  });
});

it('are a table with intervals and what they are over', () => {
  const [head, first, second] = armPointsCsv(result).split('\r\n');
  expect(head).toBe(
    'arm,name,accuracy,accuracy_n,accuracy_minus_first,accuracy_minus_first_low,accuracy_minus_first_high,accuracy_minus_first_over,barrier,barrier_n,barrier_minus_first,barrier_minus_first_low,barrier_minus_first_high,barrier_minus_first_over',
  );
  expect(first).toMatch(/^lora,LoRA,0\.601\d*,2,,,,,0\.08\d*,1,,,,$/);
  expect(second).toMatch(/^rslora,rsLoRA,.*,seeds and images,.*,images$/);
});
