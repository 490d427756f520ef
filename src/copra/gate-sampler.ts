/** The gates of a run, step by step. */
import type { AdapterLayout } from '../core/adapter-layout.ts';
import { stream } from '../core/rng.ts';
import { drawGates, gateGroups, playerGates } from './gates.ts';
import { methodOf } from './methods/registry.ts';
import type { MethodSettings } from './methods/method.ts';

export interface StepGates {
  /** [pairs]: what the engine takes. */
  readonly pairs: Uint8Array;
  /** [players]: a layer is 1 if any of its pairs is active; for the activation tape. */
  readonly players: Uint8Array;
  /** Activation probability of the step. */
  readonly probability: number;
}

/**
 * Gates as a function of the step alone: every step has its own random sub-stream, so a resumed run draws the same masks.
 * @param arm method id and its settings (an arm of a study fits)
 * @throws RangeError when the method is not registered.
 */
export function createGateSampler(
  arm: MethodSettings & { readonly method: string },
  layout: AdapterLayout,
  totalSteps: number,
  seed: number,
): (step: number) => StepGates {
  const method = methodOf(arm.method);
  const groups = gateGroups(layout, arm.granularity);
  return (step) => {
    const probability = method.probability(step, totalSteps, arm);
    const gates = drawGates(probability, groups.count, stream(seed, 'gates', step));
    const pairs = Uint8Array.from(groups.groupOfPair, (group) => gates[group]);
    return { pairs, players: playerGates(layout, pairs), probability };
  };
}
