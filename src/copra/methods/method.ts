/** Interface of a training method: the activation probability of a group of LoRA pairs at a step, and the input dropout rate. */
import type { Granularity } from '../gates.ts';
import type { RampSettings } from '../schedule.ts';

/** The settings of all methods together; an arm of a study has all of them, except those with a default. */
export interface MethodSettings extends RampSettings {
  readonly granularity: Granularity;
  /** layer-drop: activation probability, the same at every step. stochastic-depth: activation probability of the last layer. */
  readonly keepProbability: number;
  /** lora-dropout: share of the inputs of A that is zeroed. progressive-dropout: that share after the ramp. */
  readonly inputDropout: number;
  /** progressive-dropout: share of the inputs of A that is zeroed at step 0; absent: DEFAULT_INITIAL_DROPOUT. */
  readonly initialDropout?: number | undefined;
  /** copra: how much later the ramp of a deeper layer ends, in [−1, 1]; negative: earlier. Absent: 0, all at once. */
  readonly rampSlope?: number | undefined;
  /** For methods that drop layers: divide an active branch by its activation probability in training. Default: false. */
  readonly rescale?: boolean | undefined;
}

/** Keeps one input in ten, as CoTo's p0 = 0.1 leaves one layer in ten. */
export const DEFAULT_INITIAL_DROPOUT = 0.9;

/** A way of training: which pairs are active at which step, and how much of their input is dropped. */
export interface Method {
  readonly id: string;
  /** Name shown to people. */
  readonly label: string;
  /** One paragraph for someone who meets the method for the first time. */
  readonly description: string;
  /** The settings this method reads; the others have no effect on it. */
  readonly settings: readonly (keyof MethodSettings)[];
  /**
   * Activation probability at the 0-indexed `step` of a group of pairs at relative `depth`: l / L for the l-th of the L adapted layers of its
   * tower, in (0, 1].
   */
  probability(step: number, totalSteps: number, settings: MethodSettings, depth: number): number;
  /** Dropout rate on the input of every A at the 0-indexed `step`, in [0, 1). */
  inputDropout(step: number, totalSteps: number, settings: MethodSettings): number;
}
