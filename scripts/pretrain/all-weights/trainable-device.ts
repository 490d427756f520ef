/** What training all weights asks of a device beyond `Device`, which knows frozen maps and adapters: for pretraining alone. */
import type { Device, DeviceLinear } from '../../../src/engine/device.ts';

/** Where weight gradients of a trained linear map or norm are accumulated: offsets into row 0 of `gradients` [1, size]. */
export interface WeightGradient<T> {
  readonly gradients: T;
  readonly weightOffset: number;
  /** −1 = no bias. */
  readonly biasOffset: number;
}

export interface WeightOperations<T, L extends DeviceLinear = DeviceLinear> {
  /** A map with the weight [out, in] and bias [out] (biasOffset −1: none) that lie in row 0 of `params` now; `freeLinear` frees it. */
  linearView(params: T, weightOffset: number, biasOffset: number, inFeatures: number, outFeatures: number): L;
  /** Reads the weights of a linearView again, after an optimizer step. */
  refreshLinear(view: L): void;
  /** gradients[weight] += dyᵀ x, gradients[bias] += Σ_rows dy; dy [R, out], x [R, in]. */
  linearWeightGradient(dy: T, x: T, into: WeightGradient<T>): void;
  /** gradients[weight] += Σ_rows dy ∘ x̂ and gradients[bias] += Σ_rows dy: those of gain and bias of `layerNorm`, whose x [R, cols] and stats [R, 2] these are. */
  layerNormWeightGradient(dy: T, x: T, stats: T, into: WeightGradient<T>): void;
  /** gradients[offset + (row mod period)·cols + c] += dy[row, c]: gradient of broadcast rows (positions). */
  sumRowsInto(dy: T, period: number, gradients: T, offset: number): void;
  /** gradients[offset + index[row]·cols + c] += dy[row, c]: gradient of a table lookup. */
  scatterRowsInto(dy: T, index: Int32Array, gradients: T, offset: number): void;
}

export interface TrainableDevice<T> extends Device<T>, WeightOperations<T> {}
