/**
 * How the activation probability p rises during training (CoTo, ICML 2025, its README; the first three ramps are those its
 * authors compare). After the ramp every layer is active and training is plain LoRA. "constant" is a control of ours: as many
 * layers are off and the same steps of plain LoRA follow, but nothing rises in between.
 */

export const RAMPS = ['linear', 'sine', 'exponential', 'constant'] as const;
export type Ramp = (typeof RAMPS)[number];

/** Shape of a ramp: 0 at x = 0, 1 at x = 1, x clamped to that range. */
export function rampShape(ramp: Ramp, x: number): number {
  if (x <= 0) return 0;
  if (x >= 1) return 1;
  switch (ramp) {
    case 'linear':
      return x;
    case 'sine':
      return Math.sin((Math.PI / 2) * x);
    case 'exponential':
      return Math.expm1(x) / Math.expm1(1);
    case 'constant':
      return 0;
  }
}

/**
 * The first step with p = 1: E = ⌈fraction · T⌉, at least 1. Products such as 0.07 · 100 exceed their integer by rounding; the small
 * tolerance corrects this.
 */
export function rampSteps(rampFraction: number, totalSteps: number): number {
  return Math.max(1, Math.ceil(rampFraction * totalSteps - 1e-9));
}

/** How the activation probability rises over training. */
export interface RampSettings {
  readonly schedule: Ramp;
  /** Activation probability at step 0, in [0, 1]. The papers' figures start at 0, their code at 0.1. */
  readonly p0: number;
  /** Share of the steps over which p rises to 1, in (0, 1]. */
  readonly rampFraction: number;
}

/**
 * Share of the steps after which the ramp of a layer ends, at most 1: fraction · (1 + slope · (2 depth − 1)). With a positive slope deep layers are switched off for
 * longer; layers near the output earn most of the Shapley values, so that is dropping by value.
 * @param slope in [−1, 1] @param depth l / L for the l-th of L layers
 */
export const rampFractionAt = (fraction: number, slope: number, depth: number): number =>
  Math.min(1, fraction * (1 + slope * (2 * depth - 1)));

/** p(k) = min(1, p0 + (1 − p0) · f(k / E)) at the 0-indexed step k. */
export function rampProbability(step: number, totalSteps: number, settings: RampSettings): number {
  const { schedule, p0, rampFraction } = settings;
  const x = step / rampSteps(rampFraction, totalSteps);
  return x >= 1 ? 1 : Math.min(1, p0 + (1 - p0) * rampShape(schedule, x));
}
