/**
 * Which adapter of a training stands for its run: the last, the mean of some of the last, or an earlier one that matches another run in adapter updates or in
 * training loss. Steps count from 1: step t is what the first t updates left.
 */
import { mean } from '../core/statistics.ts';

/** Most adapters of a run that are averaged. */
const AVERAGED = 20;
/** Most steps at which a run's loss is held against that of another. */
export const CANDIDATES = 32;
/** Share of the steps over which a training loss is averaged before losses are compared. */
const LOSS_SPAN = 1 / 20;

/** `count` steps at most, equally spaced, the last of them `total`; each once. */
function spaced(from: number, total: number, count: number): number[] {
  const span = Math.max(1, total - from);
  const points = Math.min(span, count);
  return Array.from({ length: points }, (_, i) => total - Math.floor(((points - 1 - i) * span) / points));
}

/**
 * The steps whose adapters are averaged: of the last `share` of all steps every one, or 20 of them at equal distances. A uniform mean of the last
 * weights, as in stochastic weight averaging (Izmailov et al. 2018, arXiv 1803.05407) and LAWA (Kaddour 2022, arXiv 2209.14981).
 * @param share in (0, 1]
 */
export const averagedSteps = (total: number, share: number): number[] =>
  spaced(total - Math.max(1, Math.round(share * total)), total, AVERAGED);

/** Steps at which a run may be taken for its loss, the last one included. */
export const candidateSteps = (total: number, count: number = CANDIDATES): number[] => spaced(0, total, count);

/** Moves a mean of `count` vectors towards a further one, in place, without an allocation. @throws RangeError when lengths differ */
export function addToMean(average: Float32Array, count: number, next: Float32Array): void {
  if (average.length !== next.length)
    throw new RangeError(`A mean of ${average.length} values cannot take in ${next.length}.`);
  for (let i = 0; i < average.length; i++) average[i] += (next[i] - average[i]) / (count + 1);
}

/**
 * The first step by which a run has had as many adapter updates as another one in all of its training; the last step if it never has.
 * @param updatesIn how many pairs of factors are updated in the 0-indexed step
 * @param wanted updates of the other run
 */
export function stepOfUpdates(updatesIn: (step: number) => number, wanted: number, total: number): number {
  let updates = 0;
  for (let step = 0; step < total; step++) {
    updates += updatesIn(step);
    if (updates >= wanted) return step + 1;
  }
  return total;
}

/** A training loss as runs record it: means over windows of steps, each with its last step. */
export interface LossCurve {
  /** [windows]: the last step of each, ascending. */
  readonly steps: readonly number[];
  /** [windows], nats. */
  readonly losses: readonly number[];
}

/** Mean of the windows that end in the last twentieth of all steps before `step`, at least of one window; NaN before the first. */
export function lossAround({ steps, losses }: LossCurve, step: number, total: number): number {
  const span = Math.ceil(total * LOSS_SPAN);
  const known = losses.filter((_, i) => steps[i] <= step);
  const within = losses.filter((_, i) => steps[i] <= step && steps[i] > step - span);
  return within.length > 0 ? mean(within) : (known.at(-1) ?? NaN);
}

/** The first of the steps at which the loss around it is at or below the wanted one; null if there is none. */
export const stepOfLoss = (steps: readonly number[], lossAt: (step: number) => number, wanted: number): number | null =>
  steps.find((step) => lossAt(step) <= wanted) ?? null;
