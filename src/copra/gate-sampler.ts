/** The gates of a run, step by step. */
import type { AdapterLayout } from '../core/adapter-layout.ts';
import { stream } from '../core/rng.ts';
import { mean } from '../core/statistics.ts';
import { activationProbabilities, drawGates, gateGroups, playerGates } from './gates.ts';
import { methodOf } from './methods/registry.ts';
import type { MethodSettings } from './methods/method.ts';

/** The gates of one run at one step, 1 where a pair is active. */
export interface StepGates {
  /** [pairs]: gates for the engine. */
  readonly pairs: Uint8Array;
  /** [players]: a layer is 1 if any of its pairs is active; for the activation tape. */
  readonly players: Uint8Array;
  /**
   * [pairs]: factor on an active branch, 1 / P(active), so that its mean over the gates is the whole branch; null = 1, as in the papers.
   */
  readonly factors: Float32Array | null;
  /** Share of the groups that is active in such a step on average. */
  readonly activity: number;
}

/** A group that is never active in such a step needs none: zero gates times an infinite factor would be no number. */
const factorOf = (active: number): number => (active > 0 ? 1 / active : 1);

/**
 * Gates as a function of the step alone: every step has its own random sub-stream, so a resumed run draws the same masks.
 * @param arm method id and its settings, e.g. an arm of a study
 * @throws RangeError when the method is not registered.
 */
export function createGateSampler(
  arm: MethodSettings & { readonly method: string },
  layout: AdapterLayout,
  totalSteps: number,
  seed: number,
): (step: number) => StepGates {
  const method = methodOf(arm.method);
  const { groupOfPair, depths } = gateGroups(layout, arm.granularity);
  const rescales = arm.rescale === true && (method.settings as readonly string[]).includes('rescale');
  return (step) => {
    const probabilities = depths.map((depth) => method.probability(step, totalSteps, arm, depth));
    const gates = drawGates(probabilities, stream(seed, 'gates', step));
    const pairs = Uint8Array.from(groupOfPair, (group) => gates[group]);
    const active = activationProbabilities(probabilities);
    const factors = rescales ? Float32Array.from(groupOfPair, (group) => factorOf(active[group])) : null;
    return { pairs, players: playerGates(layout, pairs), factors, activity: mean(active) };
  };
}

/** Activation probability at a step, averaged over `layers` layers: one curve for methods whose layers have different probabilities. */
export function meanProbability(
  arm: MethodSettings & { readonly method: string },
  step: number,
  totalSteps: number,
  layers: number,
): number {
  const method = methodOf(arm.method);
  const all = Array.from({ length: layers }, (_, l) => method.probability(step, totalSteps, arm, (l + 1) / layers));
  return mean(all);
}
