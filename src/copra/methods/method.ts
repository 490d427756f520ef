/** What a training method is: how likely a group of LoRA pairs is active at a step, and how much input dropout there is. */
import type { Granularity } from '../gates.ts';
import type { RampSettings } from '../schedule.ts';

/** All settings that any method reads; an arm of a study carries all of them. */
export interface MethodSettings extends RampSettings {
  readonly granularity: Granularity;
  /** layer-drop: activation probability, the same at every step. */
  readonly keepProbability: number;
  /** lora-dropout: share of the inputs of A that is zeroed. */
  readonly inputDropout: number;
}

export interface Method {
  readonly id: string;
  /** Name shown to people. */
  readonly label: string;
  /** One paragraph for someone who meets the method for the first time. */
  readonly description: string;
  /** The settings this method reads; the others have no effect on it. */
  readonly settings: readonly (keyof MethodSettings)[];
  /** Activation probability of every group at the 0-indexed `step`. */
  probability(step: number, totalSteps: number, settings: MethodSettings): number;
  /** Dropout rate on the input of every A during training. */
  inputDropout(settings: MethodSettings): number;
}
