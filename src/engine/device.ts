/**
 * The arithmetic the passes are written in: a closed set of fused forward and backward operations.
 *
 * There is no tape. The explicit passes in `engine/passes/` call these operations; a Device computes them. The tfjs device composes
 * them from stock ops (any tfjs backend), the wasm device runs own SIMD kernels on threads.
 *
 * `Device` is the sum of the operation sets below and of those in optional-operations.ts, which only some devices have. A device is composed the
 * same way: one file and one object for each set. What operations take besides tensors is in operands.ts.
 *
 * Weights are frozen: what it takes to train all of them is in `scripts/pretrain/all-weights/`.
 *
 * Conventions. Every tensor is a row-major float32 matrix [rows, cols], but for what WebGPU keeps as halves (optional-operations.ts). Rows are `groups × rowsPerGroup`: a group is one run of a
 * population or one variant of an evaluation, and owns a contiguous range of rows. Operations never alias an output with an input
 * unless they say so. Handles are freed explicitly with `free`; an operation never frees its inputs unless it says "consumes".
 * Devices may defer work until `read`; they must then execute in call order.
 */
import type { Activation, LinearWeights } from '../model/backbone.ts';
import type { AdamWOptions, EngineInfo } from './engine.ts';
import type {
  AttentionShape,
  DeviceLinear,
  DoraUse,
  Groups,
  LoraFactors,
  LoraUse,
  OptimizerSegment,
} from './operands.ts';
import type { Precision } from './precision.ts';
import type { OptionalOperations } from './optional-operations.ts';

/** Tensors: made, written, read and freed. Host arrays are copied, in either direction: both sides may change theirs afterwards. */
export interface StorageOperations<T> {
  /** Copies host values to a new tensor. @throws Error when there are not rows · cols of them */
  upload(values: Float32Array, rows: number, cols: number): T;
  zeros(rows: number, cols: number): T;
  /** Overwrites all values of an existing tensor. Operations that were called before still read the old ones. @throws Error when there are not as many */
  write(tensor: T, values: Float32Array): void;
  fillZero(tensor: T): void;
  /** The values after all operations called so far. The tensor may be freed, and further operations called, while it is on its way. */
  read(tensor: T): Promise<Float32Array>;
  /** Reads several tensors with one synchronisation. */
  readAll(tensors: readonly T[]): Promise<Float32Array[]>;
  /** Null is passed over. Operations that were called before still find the values. @throws Error for one that was freed before, on all devices but tfjs */
  free(...tensors: (T | null)[]): void;
  shape(tensor: T): { rows: number; cols: number };
  memoryBytes(): number;
}

/** Frozen linear maps, with LoRA. W is [out, in]. */
export interface LinearOperations<T, L extends DeviceLinear = DeviceLinear> {
  /**
   * Prepares a frozen map (packs it, keeps a transposed copy where that helps the backward). f16 only where `info.halves` is true; absent: f32. A device may keep for the
   * backward as halves what comes out of such a map and its activation (FusedOperations.applyLinearActivated).
   * @throws RangeError when a weight is too large for a half
   */
  linear(weights: LinearWeights, precision?: Precision): L;
  freeLinear(linear: L): void;
  /** y [R, out] = x [R, in] Wᵀ + b (+ LoRA) (+ residual [R, out]). */
  applyLinear(x: T, w: L, groups: Groups, lora: LoraUse<T> | null, residual: T | null): T;
  /** dx [R, in] = dy [R, out] W_eff, W_eff including active LoRA; added to `accumulate` (consumed) when given. */
  linearInputGradient(dy: T, w: L, groups: Groups, lora: LoraUse<T> | null, accumulate: T | null): T;
  /**
   * Accumulates dA and dB of the active groups into row slotOfGroup[g] of `gradients` [slots, size]:
   * dB += scale · dyᵀ(drop(x)Aᵀ), dA += scale · (dy B)ᵀ drop(x). With dropout, linearInputGradient must be called with the same
   * `lora`, which applies the same mask to the LoRA part of dx.
   */
  loraGradient(dy: T, x: T, groups: Groups, lora: LoraUse<T>, gradients: T): void;
}

/** DoRA behind a linear map. */
export interface DoraOperations<T, L extends DeviceLinear = DeviceLinear> {
  /** [slots, 2 · out] = c, then 1/n, of every slot; `offset` is where δ [out] lies. Called once per step; W + scale · B A is never stored. */
  doraScales(w: L, factors: LoraFactors<T>, offset: number): T;
  /** y [R, out] = z + (c − 1) ∘ (z − b) (+ residual [R, out]); b is the bias of w. */
  applyDora(z: T, w: L, groups: Groups, dora: DoraUse<T>, residual: T | null): T;
  /** dz [R, out] = c ∘ dy, and gradients[slotOfGroup[g], offset + o] += Σ_rows dy ∘ (z − b) / n of the active groups. */
  doraGradient(dy: T, z: T, w: L, groups: Groups, dora: DoraUse<T>, gradients: T): T;
}

/** Operations on each row, or each value, by itself. */
export interface RowwiseOperations<T> {
  /** stats [R, 2] = (mean, 1/σ), kept for the backward. gain and bias are [1, cols]. */
  layerNorm(x: T, gain: T, bias: T, epsilon: number, groups: Groups): { y: T; stats: T };
  /** dx of layerNorm, plus `add` [R, cols] when given (the residual path). */
  layerNormGradient(dy: T, x: T, stats: T, gain: T, add: T | null, groups: Groups): T;
  /** f(x) of every value. */
  activation(x: T, kind: Activation, groups: Groups): T;
  /** dx = dy ∘ f′(x), x being the input of the activation. */
  activationGradient(dy: T, x: T, kind: Activation, groups: Groups): T;
}

/** D = heads · headDim in all of them. */
export interface AttentionOperations<T> {
  /**
   * softmax(q kᵀ / √headDim) v per head. q [sequences·queries, D], k and v [sequences·tokens, D] → out [sequences·queries, D].
   * `keep` also returns what the device's backward reads of the softmax: its probabilities [sequences·heads·queries, tokens], or the
   * logarithm of the sum of exponentials of each row [sequences·heads·queries, 1]. Otherwise softmax is null.
   */
  attention(q: T, k: T, v: T, shape: AttentionShape, keep: boolean): { out: T; softmax: T | null };
  /**
   * Gradients of q, k and v, in their shapes, from that of `out`.
   * @param softmax what `attention` returned with `keep`, on the same device
   */
  attentionGradient(dOut: T, q: T, k: T, v: T, softmax: T, shape: AttentionShape): { dq: T; dk: T; dv: T };
}

/** Gathering, scattering and assembling rows. */
export interface GatherOperations<T> {
  /** out[i] = x[index[i]]. */
  gatherRows(x: T, index: Int32Array): T;
  /** out [rows, cols] of zeros with out[index[i]] += x[i]. Indices may repeat. */
  scatterRows(x: T, index: Int32Array, rows: number): T;
  /** out group g = x group index[g]: [index.length · rowsPerGroup, cols]. */
  gatherGroups(x: T, index: Int32Array, rowsPerGroup: number): T;
  /** Token sequences of images: out[s] = (class token, patches of s …) + positions. patches [S·n, D], classToken [1, D], positions [1+n, D]. */
  assembleTokens(patches: T, classToken: T, positions: T): T;
  /** out[i] = table[ids[i]] + positions[i mod tokens], tokens being the rows of `positions`. */
  embedTokens(ids: Int32Array, table: T, positions: T): T;
  /** Copies columns [offset, offset + rows·cols) of row slot[g] of `params` to out group g: [slots.length · rows, cols]. */
  sliceSlots(params: T, offset: number, rows: number, cols: number, slots: Int32Array): T;
  /** gradients[slot[g], offset …] += x group g, reshaped: the inverse of sliceSlots. Slots must be distinct. */
  addToSlots(x: T, gradients: T, offset: number, slots: Int32Array): void;
}

/** Scores of classes, and their cross-entropy. */
export interface ObjectiveOperations<T> {
  /** y = x / ‖x‖ per row; norms [R, 1]. ‖x‖ is √(Σx² + 1e-24). */
  normalizeRows(x: T): { y: T; norms: T };
  /** dx = (dy − y (dy · y)) / ‖x‖ per row, from what normalizeRows returned. */
  normalizeRowsGradient(dy: T, y: T, norms: T): T;
  /**
   * Per-group scores: out [G·m, C] = factor · x_g [m, K] w_gᵀ [K, C] (+ bias_g). w is [G·C, K], or [C, K] shared by all groups
   * (wGroups = 1); bias [G or 1, C] or null.
   */
  groupScores(x: T, w: T, bias: T | null, factor: number, groups: number, wGroups: number): T;
  /** dx [G·m, K] = factor · dScores_g w_g. */
  groupScoresInputGradient(dScores: T, w: T, factor: number, groups: number, wGroups: number): T;
  /** dw [wGroups·C, K] = factor · dScores_gᵀ x_g, summed over groups when wGroups = 1. */
  groupScoresWeightGradient(dScores: T, x: T, factor: number, groups: number, wGroups: number): T;
  /**
   * Cross-entropy per row against labels; loss [R, 1], predicted [R, 1] (argmax, first on ties). With `gradientScale` also
   * dScores = gradientScale · (softmax − onehot).
   */
  crossEntropy(
    scores: T,
    labels: Int32Array,
    gradientScale: number | null,
  ): { loss: T; predicted: T; dScores: T | null };
}

/** On flat vectors, [slots, size]. */
export interface OptimizerOperations<T> {
  /** out [slots, 1] = L2 norm of each row. */
  rowNorms(x: T): T;
  /** x [slots, size]: values of segment s of a slot are multiplied by factors[slot, s], in place; others stay. */
  scaleSegments(x: T, segments: readonly OptimizerSegment[], factors: Float32Array): void;
  /**
   * AdamW (decoupled decay) in place on params, m, v [slots, size]. coefficients [slots, segments, 4] holds for each segment of each
   * slot (active, learningRate, 1/(1−β1ⁿ), 1/(1−β2ⁿ)); active = 0 leaves parameters and moments bit-identical. decay [segments]
   * multiplies weightDecay.
   */
  adamw(
    params: T,
    gradients: T,
    m: T,
    v: T,
    segments: readonly OptimizerSegment[],
    coefficients: Float32Array,
    options: AdamWOptions & { readonly decay: Float32Array },
  ): void;
}

/** @typeParam T tensors @typeParam L linear maps */
export interface Device<T, L extends DeviceLinear = DeviceLinear>
  extends
    StorageOperations<T>,
    LinearOperations<T, L>,
    DoraOperations<T, L>,
    RowwiseOperations<T>,
    AttentionOperations<T>,
    GatherOperations<T>,
    ObjectiveOperations<T>,
    OptimizerOperations<T>,
    OptionalOperations<T, L> {
  readonly info: EngineInfo;
  /** Ends the device: neither it nor its tensors and maps may be used any more. */
  dispose(): void;
}
