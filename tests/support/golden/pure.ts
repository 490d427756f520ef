/** Golden vectors of the pure functions: merging and Shapley values. */
import * as v from 'valibot';
import { createAdapterLayout } from '../../../src/core/adapter-layout.ts';
import { mergeAdapters } from '../../../src/copra/merge-adapters.ts';
import { electPeft, magnitudePrune, taskArithmetic } from '../../../src/copra/merging/elementwise.ts';
import { pairProduct } from '../../../src/copra/relayout.ts';
import { exactPlan } from '../../../src/copra/shapley/plan.ts';
import { shapleyOfTable } from '../../../src/copra/shapley/values.ts';
import type { SafetensorsFile } from '../../../src/model/safetensors.ts';
import { relativeError, type GoldenLine } from './compare.ts';

const MERGE_TOLERANCE = 1e-6;

/** Task arithmetic, magnitude pruning and TIES on flat tensors. */
export function checkMerge(name: string, file: SafetensorsFile): GoldenLine[] {
  const tensors = ['t0', 't1', 't2'].map((key) => file.float32(key));
  const weights = file.float32('weights');
  const density = (key: string) => Number(/_d(\d+)$/.exec(key)![1]) / 100;
  const pruned = (key: string) => tensors.map((tensor) => magnitudePrune(tensor, density(key)));
  const compute: Record<string, (key: string) => Float32Array> = {
    task_arithmetic: () => taskArithmetic(tensors, weights),
    magnitude_prune_d50: (key) => taskArithmetic(pruned(key), weights),
    ties_total_d50: (key) => electPeft(pruned(key), weights),
    ties_total_d20: (key) => electPeft(pruned(key), weights),
  };
  return Object.entries(compute).map(([key, run]) => ({
    name: `${name} ${key}`,
    error: relativeError(run(key), file.float32(key)),
    tolerance: MERGE_TOLERANCE,
  }));
}

/** [out, in] = scale · B A. */
function product(a: Float32Array, b: Float32Array, inFeatures: number, scale: number): Float32Array {
  const rank = a.length / inFeatures;
  return Float32Array.from({ length: (b.length / rank) * inFeatures }, (_, i) => {
    const [row, column] = [Math.floor(i / inFeatures), i % inFeatures];
    let sum = 0;
    for (let r = 0; r < rank; r++) sum += b[row * rank + r] * a[r * inFeatures + column];
    return scale * sum;
  });
}

/** PEFT's add_weighted_adapter and the two interpolation paths at λ = 0.3, on one pair of factors (scale 0.5). */
export function checkWeightedFactors(name: string, file: SafetensorsFile): GoldenLine[] {
  const [a1, a2, b1, b2] = ['A1', 'A2', 'B1', 'B2'].map((key) => file.float32(key));
  const [rank, inFeatures] = file.tensors.get('A1')!.shape;
  const scale = 0.5;
  // The one pair is fc2 of a tower of one layer.
  const layout = createAdapterLayout(
    { vision: { layers: 1, width: b1.length / rank, mlpWidth: inFeatures } },
    { rank, towers: ['vision'], projections: ['fc2'] },
  );
  const adapters = [
    [a1, b1],
    [a2, b2],
  ].map((factors) => ({ layout, scale, values: Float32Array.from(factors.flatMap((factor) => [...factor])) }));
  const weights = [0.7, 0.3];
  const linear = mergeAdapters(adapters, { method: 'peft-linear', weights, density: 1 }).values;
  const cat = mergeAdapters(adapters, { method: 'updates', weights, density: 1 });
  const mix = (x: Float32Array, y: Float32Array) => taskArithmetic([x, y], [0.3, 0.7]);
  const line = (key: string, actual: Float32Array): GoldenLine => ({
    name: `${name} ${key}`,
    error: relativeError(actual, file.float32(key)),
    tolerance: MERGE_TOLERANCE,
  });
  return [
    line('linear_A', linear.subarray(0, a1.length)),
    line('linear_B', linear.subarray(a1.length)),
    line(
      'cat_delta',
      pairProduct(cat.layout, cat.values, cat.layout.pairs[0]).map((value) => scale * value),
    ),
    line('fused_factors_delta_l03', product(mix(a1, a2), mix(b1, b2), inFeatures, scale)),
    line('mixture_delta_l03', mix(product(a1, b1, inFeatures, scale), product(a2, b2, inFeatures, scale))),
  ];
}

const GameSchema = v.looseObject({
  players: v.number(),
  value_by_bitmask_bit0_is_player0: v.array(v.number()),
  shapley: v.array(v.number()),
});

export function checkShapley(name: string, json: unknown): GoldenLine[] {
  const game = v.parse(GameSchema, json);
  const values = shapleyOfTable(exactPlan(game.players), game.value_by_bitmask_bit0_is_player0);
  return [{ name: `${name} Shapley values`, error: relativeError(values, game.shapley), tolerance: 1e-12 }];
}
