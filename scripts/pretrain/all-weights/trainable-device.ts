/** Device operations for training all weights, used by pretraining only. `Device` itself supports frozen maps and adapters. */
import type { Device } from '../../../src/engine/device.ts';
import type { DeviceLinear } from '../../../src/engine/operands.ts';

/** Where weight gradients of a trained linear map or norm are accumulated: offsets into row 0 of `gradients` [1, size]. */
export interface WeightGradient<T> {
  readonly gradients: T;
  readonly weightOffset: number;
  /** −1 = no bias. */
  readonly biasOffset: number;
}

export interface WeightOperations<T, L extends DeviceLinear = DeviceLinear> {
  /** A map whose weight [out, in] and bias [out] (biasOffset −1: none) are currently in row 0 of `params`; free it with `freeLinear`. */
  linearView(params: T, weightOffset: number, biasOffset: number, inFeatures: number, outFeatures: number): L;
  /** Reloads the weights of a linearView after an optimizer step. */
  refreshLinear(view: L): void;
  /** gradients[weight] += dyᵀ x, gradients[bias] += Σ_rows dy; dy [R, out], x [R, in]. */
  linearWeightGradient(dy: T, x: T, into: WeightGradient<T>): void;
  /** gradients[weight] += Σ_rows dy ∘ x̂, gradients[bias] += Σ_rows dy: gain and bias of `layerNorm`, with its x [R, cols] and stats [R, 2]. */
  layerNormWeightGradient(dy: T, x: T, stats: T, into: WeightGradient<T>): void;
  /** gradients[offset + (row mod period)·cols + c] += dy[row, c]: gradient of broadcast rows (positions). */
  sumRowsInto(dy: T, period: number, gradients: T, offset: number): void;
  /** gradients[offset + index[row]·cols + c] += dy[row, c]: gradient of a table lookup. */
  scatterRowsInto(dy: T, index: Int32Array, gradients: T, offset: number): void;
}

export interface TrainableDevice<T> extends Device<T>, WeightOperations<T> {}
