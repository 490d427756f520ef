/**
 * The arithmetic the passes are written in: a closed set of fused forward and backward operations.
 *
 * There is no tape. The explicit passes in `engine/passes/` call these operations; a Device computes them. The tfjs device composes
 * them from stock ops (any tfjs backend), the wasm device runs own SIMD kernels on threads.
 *
 * `Device` is the sum of the operation sets below. A device is composed the same way: one file and one object for each set.
 *
 * Weights are frozen: what it takes to train all of them is in `scripts/pretrain/all-weights/`.
 *
 * Conventions. Every tensor is a row-major float32 matrix [rows, cols]. Rows are `groups × rowsPerGroup`: a group is one run of a
 * population or one variant of an evaluation, and owns a contiguous range of rows. Operations never alias an output with an input
 * unless they say so. Handles are freed explicitly with `free`; an operation never frees its inputs unless it says "consumes".
 * Devices may defer work until `read`; they must then execute in call order.
 */
import type { Activation, LinearWeights } from '../model/backbone.ts';
import type { AdamWOptions, EngineInfo, TrainingPixels } from './engine.ts';
import type { GpuInspector } from './gpu-inspector.ts';

/** How rows belong to groups, and which groups matter. */
export interface Groups {
  readonly count: number;
  readonly rowsPerGroup: number;
  /** [count], 0 = the rows of this group are not needed: a device may leave them unwritten. Absent = all are needed. */
  readonly live?: Uint8Array;
}

/**
 * LoRA on one linear map: y_g += scale · (drop(x_g) Aᵀ) Bᵀ for every group g with slotOfGroup[g] ≥ 0, where A [rank, in] and
 * B [out, rank] lie at aOffset and bOffset of row slotOfGroup[g] of `params`.
 */
export interface LoraUse<T> {
  /** [slots, size]: flat adapters. */
  readonly params: T;
  readonly aOffset: number;
  readonly bOffset: number;
  readonly rank: number;
  readonly scale: number;
  /** [groups]; −1 = inactive: the group computes the frozen map only. */
  readonly slotOfGroup: Int32Array;
  /**
   * Inverted dropout on the input of A: element (row r of the group, column c) is kept iff
   * dropoutUniform(key_g, r·in + c) ≥ rate_g (core/hash.ts), and then divided by 1 − rate_g. Null = none.
   */
  readonly dropout: { readonly rates: Float32Array; readonly keys: Uint32Array } | null;
}

/** Where the factors of one map lie. */
export type LoraFactors<T> = Pick<LoraUse<T>, 'params' | 'aOffset' | 'bOffset' | 'rank' | 'scale'>;

/**
 * DoRA (Liu et al. 2024, arXiv 2402.09353) behind a linear map with LoRA. It turns the output of the map,
 * z = x Wᵀ + b + scale · (drop(x) Aᵀ) Bᵀ, into y = c ∘ (z − b) + b with c = m / n [out]: n_o = ‖row o of W + scale · B A‖ and m_o = ‖row o of W‖ + δ_o, so that zeros are the frozen
 * map. A norm is √(Σx² + 1e-24). In the backward n is a constant (section 4.3 of the paper, and PEFT). Dropout acts on the input of A only,
 * not on the frozen part of z and not on n. (PEFT, when it drops, also drops the input of the part (c − 1) ∘ x Wᵀ.)
 */
export interface DoraUse<T> {
  /** [slots, 2 · out]: what `Device.doraScales` gives. */
  readonly scales: T;
  /** Where δ [out] lies in each flat adapter. */
  readonly offset: number;
  /** [groups]; −1 = inactive: y = z. */
  readonly slotOfGroup: Int32Array;
}

export interface AttentionShape {
  /** Sequences over all groups (groups × batch). */
  readonly sequences: number;
  /** Query rows per sequence: `tokens`, or 1 when only the pooled token is needed. */
  readonly queries: number;
  readonly tokens: number;
  readonly heads: number;
  /** Query i sees keys ≤ i. Requires queries = tokens. */
  readonly causal: boolean;
  readonly groups: Groups;
}

/** One tensor within flat vectors, [slots, size]: where it lies in each of them. */
export interface OptimizerSegment {
  readonly offset: number;
  readonly length: number;
}

/**
 * Prepared linear map; opaque to the passes, which hand a map back to the device that made it and to no other. A device names its own type of
 * map as `L`; a `Device<T, L>` is a `Device<T>` to the passes.
 */
export interface DeviceLinear {
  readonly inFeatures: number;
  readonly outFeatures: number;
}

/** One of several maps that read the same input. */
export interface LinearTerm<T, L extends DeviceLinear = DeviceLinear> {
  readonly map: L;
  readonly lora: LoraUse<T> | null;
}

export interface BackwardTerm<T, L extends DeviceLinear = DeviceLinear> extends LinearTerm<T, L> {
  /** [R, out of the map] */
  readonly dy: T;
}

/** The results wanted of the backward of maps of one input. */
export interface LinearsBackward<T> {
  /** [R, in]: the input, or null when no term has an active LoRA. */
  readonly x: T | null;
  /** [slots, size]: dA and dB of the active groups are added here. */
  readonly gradients: T;
  /** Null when no dx is wanted. */
  readonly input: {
    /** Added to dx and consumed. */
    readonly accumulate: T | null;
    /** The input is f(hidden): dx is multiplied by f′(hidden), which gives dHidden. */
    readonly activation: { readonly hidden: T; readonly kind: Activation } | null;
  } | null;
}

/**
 * Several operations of `Device` as one, for devices that are faster that way. Each equals its composition in `passes/linears.ts`, which other
 * devices use.
 */
export interface FusedOperations<T, L extends DeviceLinear = DeviceLinear> {
  /** y_i = x W_iᵀ + b_i (+ LoRA_i) for maps of one input. */
  applyLinears(x: T, terms: readonly LinearTerm<T, L>[], groups: Groups): T[];
  /** hidden = x Wᵀ + b (+ LoRA), returned only with `keep`; activated = f(hidden). */
  applyLinearActivated(
    x: T,
    term: LinearTerm<T, L>,
    kind: Activation,
    groups: Groups,
    keep: boolean,
  ): { hidden: T | null; activated: T };
  /** dx = Σ dy_i W_eff,i of maps of one input, and the gradients of their LoRA: see LinearsBackward. */
  linearsBackward(terms: readonly BackwardTerm<T, L>[], groups: Groups, wanted: LinearsBackward<T>): T | null;
}

/** Training images on a device; opaque to the passes. */
export interface DeviceImages {
  readonly count: number;
}

/** Making batches of training images on the device. */
export interface ImageOperations<T, I extends DeviceImages = DeviceImages> {
  /** Null when the images would take too much of the device's memory. */
  hold(pixels: TrainingPixels, patchSize: number): I | null;
  /** Patches [n·patches, 3·patchSize²] of the images index [n], augmented and resized as `DrawnImages` and `TrainingPixels` say. */
  patches(images: I, index: Int32Array, augmentation: Float32Array | null): T;
  free(images: I): void;
}

/** A small host array among the arguments of an operation. */
export type HostArray = Int32Array | Float32Array;

/** Replays the operations of an earlier step. */
export interface Repeater<T> {
  /**
   * Calls `record`, or replays the operations of an earlier call with the same key; returns the tensors that `record` returns. Equal keys mean
   * equal operations on the same tensors: only the contents of `inputs` (always the same arrays) may differ. `record` must free every tensor it
   * makes except those it returns.
   */
  run(key: string, inputs: readonly HostArray[], record: () => T[]): T[];
}

export interface StorageOperations<T> {
  /** Copies host values to a new tensor. */
  upload(values: Float32Array, rows: number, cols: number): T;
  zeros(rows: number, cols: number): T;
  /** Overwrites all values of an existing tensor. */
  write(tensor: T, values: Float32Array): void;
  fillZero(tensor: T): void;
  read(tensor: T): Promise<Float32Array>;
  /** Reads several tensors with one synchronisation. */
  readAll(tensors: readonly T[]): Promise<Float32Array[]>;
  free(...tensors: (T | null)[]): void;
  shape(tensor: T): { rows: number; cols: number };
  memoryBytes(): number;
}

export interface LinearOperations<T, L extends DeviceLinear = DeviceLinear> {
  /** Prepares a frozen map (packs it, keeps a transposed copy where that helps the backward). */
  linear(weights: LinearWeights): L;
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

export interface RowwiseOperations<T> {
  /** stats [R, 2] = (mean, 1/σ), kept for the backward. gain and bias are [1, cols]. */
  layerNorm(x: T, gain: T, bias: T, epsilon: number, groups: Groups): { y: T; stats: T };
  /** dx of layerNorm, plus `add` [R, cols] when given (the residual path). */
  layerNormGradient(dy: T, x: T, stats: T, gain: T, add: T | null, groups: Groups): T;
  activation(x: T, kind: Activation, groups: Groups): T;
  /** dx = dy ∘ f′(x), x being the input of the activation. */
  activationGradient(dy: T, x: T, kind: Activation, groups: Groups): T;
}

export interface AttentionOperations<T> {
  /**
   * softmax(q kᵀ / √headDim) v per head. q [sequences·queries, D], k and v [sequences·tokens, D] → out [sequences·queries, D].
   * `keep` also returns what the device's backward reads of the softmax: its probabilities [sequences·heads·queries, tokens], or the
   * logarithm of the sum of exponentials of each row [sequences·heads·queries, 1]. Otherwise softmax is null.
   */
  attention(q: T, k: T, v: T, shape: AttentionShape, keep: boolean): { out: T; softmax: T | null };
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

export interface ObjectiveOperations<T> {
  /** y = x / ‖x‖ per row; norms [R, 1]. ‖x‖ is √(Σx² + 1e-24). */
  normalizeRows(x: T): { y: T; norms: T };
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

/** What only the WebGPU device has. The engine computes the same without it. */
interface OptionalOperations<T, L extends DeviceLinear> {
  readonly inspector?: GpuInspector;
  /** Absent: operations are composed as in `passes/linears.ts`. */
  readonly fused?: FusedOperations<T, L>;
  /** Absent: the host makes the patches of every step (`passes/training-images.ts`). */
  readonly images?: ImageOperations<T>;
  /** Absent: every step records its operations one by one. */
  createRepeater?(): Repeater<T>;
  /** Out-of-memory failures so far. After one, discard results not yet read back. */
  readonly failures?: number;
  /** Compiles, without blocking, what `record` would run. Nothing of it is executed, and what it reads means nothing. */
  warmUp?(record: () => void, onProgress: (done: number, total: number) => void): Promise<void>;
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
  dispose(): void;
}
