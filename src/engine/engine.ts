/**
 * The Engine: arithmetic on a device. Studies are written against this interface only; every implementation must match
 * the golden vectors. This file does not know React, workers or studies.
 */
import type { AdapterLayout, TowerName } from '../core/adapter-layout.ts';
import type { Backbone } from '../model/backbone.ts';
import type { Preprocessing } from '../model/preprocessing.ts';
import type { BackendId } from './backends.ts';
import type { BackboneShapes } from './memory/shapes.ts';
import type { GpuDescription, GpuInspector } from './gpu-inspector.ts';
import type { FormWatch, KernelChoice, ProvenChoice, TuningRecord } from './kernel-tuning.ts';
import type { Precision } from './precision.ts';

export interface EngineInfo {
  readonly backend: BackendId;
  /** For people: "WebAssembly SIMD, 2 threads" ("plain SIMD" without relaxed SIMD), or the GPU adapter's name. */
  readonly device: string;
  readonly threads: number;
  /** True when a GPU interface is emulated in software (SwiftShader, lavapipe). */
  readonly software: boolean;
  /** Whether it can keep the weights of frozen maps in half precision; absent: it cannot. */
  readonly halves?: boolean;
  /** Self-description of the graphics adapter. */
  readonly gpu?: GpuDescription;
  /** All that it can address, where that is known. */
  readonly addressableBytes?: number;
}

/** What is known when a training's memory is planned. */
export interface MemoryCircumstances {
  /** The reader's bound; absent: that of the device. */
  readonly chosenBytes?: number;
  /** What the device turned out to have for a step; absent: a training found what it asked for. */
  readonly foundBytes?: number;
  /** Bytes in use beside the training. */
  readonly otherBytes?: number;
  /** Bytes of training images, if the device holds them. */
  readonly imageBytes?: number;
  /** Those of another backbone than the loaded one. */
  readonly shapes?: BackboneShapes;
  /** Absent: that of the engine. */
  readonly precision?: Precision;
  /** For every run, which source of images it sees; absent: all see the same. */
  readonly sourceOfRun?: readonly number[];
  /** Whether branches have factors; absent: none has. */
  readonly hasBranchFactors?: boolean;
}

/** What the model is asked to do with an image. */
export type Objective =
  /** Cross-entropy of exp(logitScale)·cos(image, class prompt); tokens is [classes, context], row-major. */
  | { readonly kind: 'clip'; readonly classes: number; readonly tokens: Int32Array }
  /** The same with fixed class features, unit rows [classes, projection]: the text tower is frozen and need not be loaded. */
  | { readonly kind: 'features'; readonly classes: number; readonly features: Float32Array }
  /** Cross-entropy of a trained linear head on the class token; the head lies in the adapter (layout.head). */
  | { readonly kind: 'linear'; readonly classes: number };

/** AdamW's constants (Loshchilov and Hutter, 2019, arXiv:1711.05101). */
export interface AdamWOptions {
  readonly beta1: number;
  readonly beta2: number;
  readonly epsilon: number;
  /** Decoupled: a step takes learning rate · weightDecay · parameter off besides; magnitudes have no decay. */
  readonly weightDecay: number;
}

/** As AdamW has them everywhere. */
export const ADAMW: Omit<AdamWOptions, 'weightDecay'> = { beta1: 0.9, beta2: 0.999, epsilon: 1e-8 };

/**
 * How a step is cut so that it fits the memory. Whatever the plan, a step has one draw of gates and of dropout masks, one gradient and one update.
 * Blocks computed again and runs taken in turns leave every bit as it is; images taken in turns change the order in which gradients are summed, so
 * results agree up to rounding.
 */
export interface StepPlan {
  /** Runs that pass through the towers together. */
  readonly runs: number;
  /** Images of a run that pass through the towers together. */
  readonly images: number;
  /** Layers of a tower below this one keep only the input of their block, which is computed again for its backward; 0: none do. */
  readonly recomputeBelow: Readonly<Record<TowerName, number>>;
}

/** Bytes of a training step. */
export interface StepMemory {
  /** Weights as they are, and as a device lays them out for its products. */
  readonly weights: number;
  /** Adapters, their gradients and moments, and class features. */
  readonly optimizer: number;
  /** What the forward keeps for the backward. */
  readonly activations: number;
  /** What operations need on the way, and what lies in reserve for them. */
  readonly temporary: number;
  /** The most at a time. */
  readonly total: number;
  readonly largestTensor: number;
}

/** What a device may be asked for. */
export interface MemoryLimit {
  readonly bytes: number;
  /** Of one tensor. */
  readonly tensorBytes: number;
  /** What a device can address; a guess from the memory of the machine; what the reader chose; or what was left where the device had no more. */
  readonly kind: 'addressable' | 'guessed' | 'chosen' | 'found';
}

/** How a step is cut, and what it needs. */
export interface MemoryPlan {
  readonly plan: StepPlan;
  /** What it needs by this plan. */
  readonly memory: StepMemory;
  /** Bytes in use beside the step: of images, and of other populations. */
  readonly otherBytes: number;
  /** What the step would need all at once. */
  readonly uncut: StepMemory;
  /** What it needs by the plan that its spec has already; uncut if there is none. */
  readonly given: StepMemory;
  readonly limit: MemoryLimit;
  /** False: even the plan, which needs the least, exceeds the limit. */
  readonly fits: boolean;
  /** Its time over that of an uncut step, estimated. 1: the plan cuts nothing. */
  readonly cost: number;
  /** Blocks of both towers that are computed again. */
  readonly recomputed: number;
}

/** How a population is trained: runs share backbone, layout, objective and batch size; everything else is per run. */
export interface TrainerSpec {
  readonly objective: Objective;
  readonly layout: AdapterLayout;
  /** α/r or α/√r. */
  readonly scale: number;
  readonly optimizer: AdamWOptions;
  /** Initial adapters, one flat vector per run. */
  readonly initial: readonly Float32Array[];
  /** Dropout rate on the input of every A, one per run; a batch may override it. */
  readonly inputDropout: readonly number[];
  /** Seeds of the dropout masks, one per run. */
  readonly dropoutSeeds: readonly number[];
  /** Learning rate of every B over that of every A, one per run (LoRA+); absent: 1. */
  readonly rateRatios?: readonly number[];
  /** Radius ρ of sharpness-aware minimisation, one per run (`passes/perturbation.ts`); absent, or 0 for all: a step has one pass, else two. */
  readonly radii?: readonly number[];
  /** True: A of every pair is frozen; only B, magnitudes and a head are trained, as in FFA-LoRA. Absent: A is trained too. */
  readonly frozenA?: boolean;
  /** Absent: all runs and images at once, and everything that a backward reads is kept. */
  readonly plan?: StepPlan;
}

/** Decoded training images and their preprocessing. An engine may keep the arrays, to bring them to another device: they are not to be changed. */
export interface TrainingPixels {
  /** uint8 RGB, [count, size, size, 3] */
  readonly pixels: Uint8Array;
  readonly count: number;
  readonly size: number;
  /** uint8 RGB, [count, 3]: the colour that augmentation fills in beyond the edges of an image. */
  readonly borders: Uint8Array;
  /** The whole image is resized to imageSize, and then normalised. */
  readonly preprocessing: Pick<Preprocessing, 'imageSize' | 'filter' | 'rescale' | 'mean' | 'std'>;
}

/** Training images kept on the device for a whole training. */
export interface TrainingImages {
  readonly count: number;
  dispose(): void;
}

/** Values per image of `DrawnImages.augmentation`. */
export const AUGMENTATION_VALUES = 8;

/** A batch drawn from images on the device: their indices and their augmentation instead of pixels. */
export interface DrawnImages {
  readonly images: TrainingImages;
  /** [sources, batch] */
  readonly index: Int32Array;
  /**
   * [sources, batch, AUGMENTATION_VALUES]; null = none. Pixel (x, y) of the result is the bilinear sample at M (x − c − shiftX,
   * y − c − shiftY) + c, with c = (size − 1) / 2 and M = [[cos, sin], [−sin, cos]]; then the channels are multiplied by their gains,
   * made grey (0.299, 0.587, 0.114) if the last value is 1, and rounded to 0 … 255. Order: cos, sin, shiftX, shiftY, red, green, blue, grey.
   */
  readonly augmentation: Float32Array | null;
}

/** A step's images, and what differs from step to step. A trainer may keep the arrays, to repeat the step: they are not to be changed afterwards. */
export interface TrainBatch {
  /**
   * Patchified, normalised images, [sources, batch, patches, channels·patch·patch], or a draw from images on the device. Runs that
   * see the same images (equal seeds) name the same source, which is then embedded once.
   */
  readonly patches: Float32Array | DrawnImages;
  /** [sources, batch] */
  readonly labels: Int32Array;
  /** For every run, which source it trains on. */
  readonly sourceOfRun: readonly number[];
  /** [runs, pairs], 0/1: which adapted projections are active in this step. */
  readonly gates: Uint8Array;
  /** [runs]: learning rates of A, magnitudes and head. B has `rateRatios` times these. */
  readonly learningRates: Float32Array;
  /** [runs]: dropout rates of this step; absent: those of the spec. */
  readonly inputDropout?: Float32Array;
  /** [runs, pairs]: factors on `scale` in this step; the gradients include them. Absent: 1. */
  readonly branchFactors?: Float32Array;
}

/** The settings that, with the gates, decide which operations a step takes. */
export type StepExample = Pick<TrainBatch, 'inputDropout' | 'branchFactors'>;

/** Of one step, before its update. */
export interface StepResult {
  /** [runs]: mean cross-entropy of the batch; not finite where a run diverged. A diverged run changes no other run. */
  readonly loss: Float32Array;
  /** [runs]: L2 norm over the gradients of all active factors. */
  readonly gradientNorm: Float32Array;
  /** [runs]: share of the batch classified correctly. */
  readonly accuracy: Float32Array;
}

/** Everything needed to continue a population bit for bit. */
export interface TrainerState {
  /** Steps taken. */
  readonly step: number;
  /** [runs], each [layout.size]; moments of AdamW lie as what they are of. */
  readonly adapters: Float32Array[];
  readonly firstMoments: Float32Array[];
  readonly secondMoments: Float32Array[];
  /** Per run, the optimizer steps of every pair and, last, of the head. A skipped step is not counted. */
  readonly counts: Int32Array[];
}

/** A population in training. Promises reject with DeviceLostError or OutOfMemoryError where the engine finds no way on. */
export interface Trainer {
  readonly runs: number;
  /**
   * One optimizer step of every run. Steps may be started before earlier ones are done; they are executed in order.
   * @param readsLater the result may come together with that of a later step that does not say so, or when `Engine.bringResults` is called
   * @throws RangeError, as a rejection, when the batch does not fit the population or the backbone; the step then counts for nothing
   */
  step(batch: TrainBatch, readsLater?: boolean): Promise<StepResult>;
  /** Copies of the adapters after the steps started so far. */
  adapters(): Promise<Float32Array[]>;
  /** A copy of the state after the steps started so far. */
  save(): Promise<TrainerState>;
  /** Goes on from a state, while no step is under way. It may be kept: it is not to be changed. */
  restore(state: TrainerState): void;
  dispose(): void;
}

/** An (adapter, gates) pair to evaluate; gates are over pairs. The zero adapter or closed gates give the backbone. Variants of one adapter hold the same array: work is shared by it, not by equal values. */
export interface Variant {
  /** [layout.size] */
  readonly adapter: Float32Array;
  /** [pairs], 0/1 */
  readonly gates: Uint8Array;
}

/** Images kept on the device for many evaluations. */
export interface ImageSet {
  readonly count: number;
  dispose(): void;
}

/** Of all variants on all images. */
export interface Evaluation {
  /** [variants, images]: cross-entropy in nats. */
  readonly loss: Float32Array;
  /** [variants, images]: class with the largest logit. */
  readonly predicted: Int32Array;
  /** [variants, images, classes], when asked for. */
  readonly logits: Float32Array | null;
}

/** What an evaluation returns besides scores, and how it can be followed. */
export interface EvaluateOptions {
  /** Also return the logits. */
  readonly logits?: boolean;
  /** Called after each chunk with the share done, in [0, 1]. */
  readonly onProgress?: (share: number) => void;
  /** Awaited between chunks: a place to pause. */
  readonly between?: () => Promise<void>;
  /** Stops between chunks; the promise then rejects with the signal's reason. */
  readonly signal?: AbortSignal;
}

/** What variants of adapters are evaluated for. */
export interface EvaluatorSpec {
  readonly objective: Objective;
  readonly layout: AdapterLayout;
  /** α/r or α/√r, of all adapters that are evaluated. */
  readonly scale: number;
}

/** Of the adapters whose attention is asked for. */
export type AttentionSpec = Pick<EvaluatorSpec, 'layout' | 'scale'>;

/** Scores variants of adapters on images. */
export interface Evaluator {
  /**
   * Embeds images, once for all evaluations.
   * @param patches [images, patches, channels·patch·patch], kept and not to be changed until the set is disposed of
   * @param labels [images], the same
   * @throws RangeError when they do not fit the backbone, one another or the classes
   */
  imageSet(patches: Float32Array, labels: Int32Array): ImageSet;
  /**
   * Evaluates all variants on all images. Work that variants share is done once: the embedding, the layers below the
   * first difference, a text tower with equal gates, the common prefixes of coalitions.
   * @throws RangeError when a variant does not fit the layout; Error when the images were disposed of, or are of another evaluator;
   *   OutOfMemoryError when not even one variant of one image finds room; the signal's reason when it is aborted
   */
  evaluate(variants: readonly Variant[], images: ImageSet, options?: EvaluateOptions): Promise<Evaluation>;
  /** Evaluations of one vision block on one image since creation: the unit in which prefix sharing is counted. */
  readonly blockEvaluations: number;
  /** Its image sets stay until they are disposed of themselves. */
  dispose(): void;
}

/** The training steps that kernels are tuned for. */
export interface TunedSteps {
  readonly spec: TrainerSpec;
  readonly batchSize: number;
  readonly example: StepExample;
  /** What a source draws from images on the device; absent: its patches are made up. */
  readonly images?: DrawnImages;
  /** Names the shapes of the steps if half precision is to be tried at them; absent: it is not. */
  readonly halves?: string;
}

/** Steps of a training. */
export interface StepsToTake {
  /** Milliseconds that one takes; 0: not known. */
  readonly milliseconds: number;
  readonly count: number;
}

/** Training steps of one kind. */
export interface KindOfSteps {
  readonly spec: TrainerSpec;
  readonly batchSize: number;
  /** Of what the steps will be told: those with and without dropout and branch factors, where there will be both. */
  readonly examples: readonly StepExample[];
}

/** Trying other forms, in slices between the steps of a study. */
export interface TuningWork {
  /**
   * Works for about so many milliseconds, at least one measurement; true when there is nothing left to do. The kernels in use stay as they are.
   * Never rejects: what goes wrong ends the tuning.
   * @param own of the study's own steps: what could come to no end in its time is not begun, and long trainings give it more
   */
  slice(milliseconds: number, own: StepsToTake): Promise<boolean>;
  /** Whether it waits for kernels that are compiled in the background. Until they are, a slice does nothing. */
  readonly isWaiting: boolean;
  /** Frees what the work holds; what was found is kept. */
  end(): void;
}

/** Of an engine whose kernels have several forms. */
export interface KernelTuner {
  /** The key of its records; null where nothing is tuned: an emulated adapter, or one that does not say what it is. */
  readonly key: string | null;
  /** The forms from now on. Before trainers and evaluators are made: steps that are repeated keep the forms they were recorded with. */
  choose(choice: KernelChoice): void;
  /** What is chosen. */
  readonly chosen: KernelChoice;
  /**
   * Compares the chosen forms with the usual ones, on made-up inputs, at the shapes that these steps have. The choice stays as it is.
   * @param watch hears of each before it runs
   * @returns what of it is right there
   */
  prove(steps: readonly KindOfSteps[], watch: FormWatch): Promise<ProvenChoice>;
  /** Usual forms that depend on how much there is to compute: between them, these choices have all of them. None where it does not matter. */
  readonly bySize: readonly KernelChoice[];
  /**
   * @param known what was found before
   * @param keep called with what is known, before a form runs for the first time and when something was found
   */
  tune(steps: TunedSteps, known: TuningRecord | null, keep: (record: TuningRecord) => Promise<void>): TuningWork;
}

/** What is known of how fast a device computes. */
export interface LearnedPace {
  /** Multiplications and additions, the most that was seen; null: nothing yet. */
  readonly perMillisecond: number | null;
  /** Devices that were lost before this one. */
  readonly losses: number;
}

/** How fast a device computes, by which work is cut for it. */
export interface WorkPace {
  readonly learned: LearnedPace;
  /** Begins with what was learned of the device that was lost, and gets less at once than that one. */
  beginAfterLoss(lost: LearnedPace): void;
  /** Gets as much at once as if it had been lost once less. */
  forgive(): void;
}

/** One backbone on one device. */
export interface Engine {
  readonly info: EngineInfo;
  /** Null unless this is our WebGPU backend. */
  readonly inspector: GpuInspector | null;
  /** Null unless its kernels have several forms. */
  readonly tuner: KernelTuner | null;
  /** Null unless work is cut for it. */
  readonly pace: WorkPace | null;
  /** How the frozen weights are stored. */
  readonly precision: Precision;
  /** The precision of backbones that are loaded from now on; f32 at first. @throws RangeError where the device has no halves */
  choosePrecision(precision: Precision): void;
  /**
   * Uploads the frozen weights, which may be kept and are not to be changed; replaces a backbone loaded before, whose trainers and evaluators are
   * not to be used any more.
   * @throws RangeError when a weight is too large for half precision
   */
  load(backbone: Backbone): void;
  /**
   * Unit feature vectors of prompts under the frozen text tower, [prompts, projection].
   * @param tokens [prompts, context], row-major. @throws RangeError when the backbone has no text tower or the tokens do not fit it.
   */
  textFeatures(tokens: Int32Array, prompts: number): Promise<Float32Array>;
  /**
   * Prepares the device for training steps like these, without blocking: a GPU compiles its kernels. May be left out: the first step
   * then waits for it.
   */
  warmUp(steps: KindOfSteps, onProgress: (done: number, total: number) => void): Promise<void>;
  /**
   * Brings training images onto the device, which then makes batches of them by itself. Null where a device does not do that, or has
   * no room for so many: batches then bring their patches along. @throws RangeError when there are not the pixels promised
   */
  trainingImages(pixels: TrainingPixels): TrainingImages | null;
  /** How a step of these runs is cut so that it fits the memory. Pure arithmetic: nothing is allocated. */
  planMemory(spec: TrainerSpec, batchSize: number, circumstances?: MemoryCircumstances): MemoryPlan;
  /** @throws Error when no backbone is loaded; RangeError when the spec does not fit it or itself; OutOfMemoryError */
  createTrainer(spec: TrainerSpec): Trainer;
  /** @throws Error when no backbone is loaded; RangeError when the objective does not fit it or the layout */
  createEvaluator(spec: EvaluatorSpec): Evaluator;
  /**
   * What every layer of the vision tower attends to on one image, averaged over heads: [layers, tokens, tokens], rows adding up to 1. Token 0 is
   * the class token, behind it come blank patches and patches. Needs megabytes and a fraction of a second: for single images only.
   * @param patches [patches, channels·patch·patch] @throws RangeError when they, or the variant, do not fit
   */
  attention(spec: AttentionSpec, variant: Variant, patches: Float32Array): Promise<Float32Array<ArrayBuffer>>;
  /** Brings the results of steps that may come later. */
  bringResults(): void;
  /**
   * Whoever uses the engine from here on waits for a lost device until the signal is aborted, and then hears of the loss. Null: as long as one may come. Absent
   * where no lost device is waited for.
   */
  waitUntil?(signal: AbortSignal | null): void;
  /** Gives back the memory that is kept for what comes next: a study has ended. */
  release(): void;
  /** Bytes currently allocated on the device: must be flat over a study. */
  memoryBytes(): number;
  /** Ends the engine and its device. */
  dispose(): void;
}
