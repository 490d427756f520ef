/** What only some devices have. Without it, the engine composes the same of the operations that all devices have. */
import type { Activation } from '../model/backbone.ts';
import type { KernelTuner, TrainingPixels, TuningWork, WorkPace } from './engine.ts';
import type { GpuInspector } from './gpu-inspector.ts';
import type { FormWatch, ProvenChoice, TuningRecord } from './kernel-tuning.ts';
import type { DeviceLinear, Groups, LoraUse } from './operands.ts';

/** One of several maps that read the same input. */
export interface LinearTerm<T, L extends DeviceLinear = DeviceLinear> {
  readonly map: L;
  readonly lora: LoraUse<T> | null;
}

/** A map whose input's gradient is formed, with the gradient of its output. */
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
    /** The input is f(hidden): dx is multiplied by f′(hidden), which gives dHidden. `hidden` is what applyLinearActivated returned as such. */
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
  /**
   * hidden = x Wᵀ + b (+ LoRA); activated = f(hidden). With `keep`, `hidden` is what linearsBackward reads of it: the values, or f′ of them as
   * the device prefers. Where the map is in half precision, a device may round both to halves and keep them so: its other operations then read them.
   */
  applyLinearActivated(
    x: T,
    term: LinearTerm<T, L>,
    kind: Activation,
    groups: Groups,
    keep: boolean,
  ): { hidden: T | null; activated: T };
  /**
   * applyLinearActivated, without LoRA, of the layer norm of x, whose statistics [R, 2] are returned too. Absent: the norm is an operation of its own, as it
   * is where anything else reads what it gives.
   */
  applyNormedActivated?(
    x: T,
    norm: { readonly gain: T; readonly bias: T; readonly epsilon: number },
    map: L,
    kind: Activation,
    groups: Groups,
    keep: boolean,
  ): { stats: T; hidden: T | null; activated: T };
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

/** Values that are read together with later ones: the host hears of several steps at once. */
export interface LaterReading<T> {
  /** As `readAll`, but the values come with those of the next reading, whichever it is, or when they are brought. */
  readLater(tensors: readonly T[]): Promise<Float32Array[]>;
  bring(): void;
}

/** Work that throws where memory ends or a tensor is larger than the device binds, in the middle of operations whose tensors nobody else knows. */
export interface Attempts<T> {
  /** The result of `work`. If it throws, the tensors that it made, and those that it consumes, are freed unless they are already. */
  attempt<R>(work: () => R, consumed: readonly T[]): R;
  /** What `work` makes is kept beyond the attempt that it belongs to. */
  lasting<R>(work: () => R): R;
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

/** Training steps that count for nothing. */
export interface ThrowAwaySteps {
  /** Training steps of a run. */
  readonly count: number;
  /** Records them before it waits; resolves when they are done, with their losses and gradient norms. */
  run(): Promise<readonly Float32Array[]>;
  dispose(): void;
}

/** As KernelTuner, for steps that somebody else makes. */
export interface DeviceTuner extends Pick<KernelTuner, 'key' | 'choose' | 'chosen' | 'bySize'> {
  /** @param record what is compared: nothing of it is executed */
  prove(record: () => void, watch: FormWatch): Promise<ProvenChoice>;
  /** @param halves the same steps in half precision, if they are to be tried, and what their shapes are called */
  tune(
    steps: ThrowAwaySteps,
    known: TuningRecord | null,
    keep: (record: TuningRecord) => Promise<void>,
    halves?: { readonly name: string; readonly steps: ThrowAwaySteps } | null,
  ): TuningWork;
}

/** What only some devices have: WebGPU all of it, WASM `fused` and `attempts`. The engine computes the same without it. */
export interface OptionalOperations<T, L extends DeviceLinear> {
  readonly inspector?: GpuInspector;
  /** Absent: nothing resets the device, however long its work lasts. */
  readonly pace?: WorkPace;
  /** Absent: kernels have one form each. */
  readonly tuner?: DeviceTuner;
  /** Absent: operations are composed as in `passes/linears.ts`. */
  readonly fused?: FusedOperations<T, L>;
  /** Absent: the host makes the patches of every step (`passes/training-images.ts`). */
  readonly images?: ImageOperations<T>;
  /** Absent: no operation refuses a tensor for its size. */
  readonly attempts?: Attempts<T>;
  /** Absent: every reading comes by itself. */
  readonly later?: LaterReading<T>;
  /** Absent: every step records its operations one by one. */
  createRepeater?(): Repeater<T>;
  /** Out-of-memory failures so far. After one, discard results not yet read back. */
  readonly failures?: number;
  /** Gives back the memory that is kept for what comes next. Absent: a device keeps none, or cannot give it back. */
  release?(): void;
  /** Compiles, without blocking, what `record` would run. Nothing of it is executed, and what it reads means nothing. */
  warmUp?(record: () => void, onProgress: (done: number, total: number) => void): Promise<void>;
}
