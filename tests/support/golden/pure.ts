/** Golden vectors of the pure functions: merging and Shapley values. */
import * as v from 'valibot';
import { magnitudePrune, taskArithmetic, ties } from '../../../src/copra/merging/elementwise.ts';
import { peftCat, peftLinear } from '../../../src/copra/merging/peft.ts';
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
  const compute: Record<string, (key: string) => Float32Array> = {
    task_arithmetic: () => taskArithmetic(tensors, weights),
    magnitude_prune_d50: (key) =>
      taskArithmetic(
        tensors.map((t) => magnitudePrune(t, density(key))),
        weights,
      ),
    ties_total_d50: (key) => ties(tensors, weights, density(key), 'total'),
    ties_total_d20: (key) => ties(tensors, weights, density(key), 'total'),
    ties_frequency_d50: (key) => ties(tensors, weights, density(key), 'frequency'),
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
  const inFeatures = file.tensors.get('A1')!.shape[1];
  const scale = 0.5;
  const sources = [
    { a: a1, b: b1, weight: 0.7, scale },
    { a: a2, b: b2, weight: 0.3, scale },
  ];
  const linear = peftLinear(sources);
  const cat = peftCat(sources, inFeatures);
  const mix = (x: Float32Array, y: Float32Array) => taskArithmetic([x, y], [0.3, 0.7]);
  const line = (key: string, actual: Float32Array): GoldenLine => ({
    name: `${name} ${key}`,
    error: relativeError(actual, file.float32(key)),
    tolerance: MERGE_TOLERANCE,
  });
  return [
    line('linear_A', linear.a),
    line('linear_B', linear.b),
    line('cat_delta', product(cat.a, cat.b, inFeatures, 1)),
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
