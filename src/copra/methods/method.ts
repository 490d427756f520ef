/** What a training method is: how likely a group of LoRA pairs is active at a step, and how much input dropout there is. */
import type { Granularity } from '../gates.ts';
import type { RampSettings } from '../schedule.ts';

/** All settings that any method reads; an arm of a study carries all of them, but for those that have a default. */
export interface MethodSettings extends RampSettings {
  readonly granularity: Granularity;
  /** layer-drop: activation probability, the same at every step. stochastic-depth: that of the last layer. */
  readonly keepProbability: number;
  /** lora-dropout: share of the inputs of A that is zeroed. progressive-dropout: that share after the ramp. */
  readonly inputDropout: number;
  /** progressive-dropout: share of the inputs of A that is zeroed at step 0; absent: DEFAULT_INITIAL_DROPOUT. */
  readonly initialDropout?: number | undefined;
  /** Methods that drop layers: an active branch is divided by its activation probability in training; absent: no. */
  readonly rescale?: boolean | undefined;
}

/** Leaves one input in ten, as CoTo's p0 = 0.1 leaves one layer in ten. */
export const DEFAULT_INITIAL_DROPOUT = 0.9;

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
