import { describe, expect, it } from 'vitest';
import { tinyArm } from '../../../../tests/support/tiny-study.ts';
import { createAdapterLayout } from '../../../core/adapter-layout.ts';
import type { TrainedRun } from '../../run/context.ts';
import { analysedRuns } from './run.ts';

const arms = [tinyArm('lora'), tinyArm('copra')];
const shape = { layers: 1, width: 4, mlpWidth: 8 };
const layout = createAdapterLayout({ vision: shape }, arms[0]);
const runOf = (arm: number, seed: number): TrainedRun => ({
  arm: arms[arm],
  seed,
  layout,
  scale: 1,
  adapter: new Float32Array(layout.size),
});
const chosen = (lora: readonly number[], copra: readonly number[], most: number) =>
  analysedRuns([...lora.map((seed) => runOf(0, seed)), ...copra.map((seed) => runOf(1, seed))], { arms }, most).map(
    ({ arm, seed }) => `${arm.id} ${seed}`,
  );

describe('the runs whose layers are valued', () => {
  it('are those of the first seeds', () => {
    expect(chosen([0, 1, 2], [0, 1, 2], 2)).toEqual(['lora 0', 'lora 1', 'copra 0', 'copra 1']);
    expect(chosen([0, 1], [0, 1], 5)).toEqual(['lora 0', 'lora 1', 'copra 0', 'copra 1']);
  });

  it('are of the same seeds for every arm after a run diverged, and others only where there are too few', () => {
    expect(chosen([1, 2, 3], [0, 1, 2, 3], 2)).toEqual(['lora 1', 'lora 2', 'copra 1', 'copra 2']);
    expect(chosen([3], [0, 1, 3], 2)).toEqual(['lora 3', 'copra 0', 'copra 3']);
    expect(chosen([], [0, 1], 1)).toEqual(['copra 0']);
  });
});
