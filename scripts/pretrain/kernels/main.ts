/** Entry points of the pretraining build: the engine's kernels and those for weight gradients. */
import { compute } from '../../../src/engine/devices/wasm/kernels/compute';
import { help, runList } from '../../../src/engine/devices/wasm/kernels/list';
import { layerNormWeightGradient, scatterRowsInto, sumRows, weightGradient } from './weight-gradients';
import { WeightKernel } from './weight-kernel-id';

export const relaxedSimd: bool = ASC_FEATURE_RELAXED_SIMD;

function computeAny(c: usize, from: i32, to: i32, extra: usize): void {
  switch (load<i32>(c)) {
    case WeightKernel.weightGradient:
      return weightGradient(c, from, to);
    case WeightKernel.sumRows:
      return sumRows(c, from, to);
    case WeightKernel.layerNormWeightGradient:
      return layerNormWeightGradient(c, from, to);
    case WeightKernel.scatterRowsInto:
      return scatterRowsInto(c, from, to);
  }
  compute(c, from, to, extra);
}

export function run(threads: i32): void {
  runList(computeAny, threads);
}

export function helper(index: i32, threads: i32): void {
  help(computeAny, index, threads);
}
