/** What a run has spent after every step. Gates are a function of settings, seed and step, so this is known of every run, without a record. */
import type { AdapterLayout } from '../../core/adapter-layout.ts';
import { createGateSampler } from '../gate-sampler.ts';
import type { MethodSettings } from '../methods/method.ts';
import { stepWork, type TowersWork } from './step-work.ts';

/** [steps + 1]: nothing at first, then the sum over the steps so far. */
export interface Spending {
  /** Shares of the adapted projections that were active, and so learned: a step with everything on counts 1. */
  readonly updates: Float64Array;
  /** Multiplications and additions. */
  readonly work: Float64Array;
}

/** @param layout with the sizes of the towers' maps */
export function spendingOf(
  arm: MethodSettings & { readonly method: string },
  layout: AdapterLayout,
  towers: TowersWork,
  steps: number,
  seed: number,
): Spending {
  const sample = createGateSampler(arm, layout, steps, seed);
  const pairs = layout.pairs.length;
  const updates = new Float64Array(steps + 1);
  const work = new Float64Array(steps + 1);
  const known = new Map<string, number>();
  for (let step = 0; step < steps; step++) {
    const gates = sample(step).pairs;
    const active = gates.reduce((sum, gate) => sum + gate, 0);
    updates[step + 1] = updates[step] + active / pairs;
    const key = gates.join('');
    let cost = known.get(key);
    if (cost === undefined) known.set(key, (cost = stepWork(towers, layout, gates)));
    work[step + 1] = work[step] + cost;
  }
  return { updates, work };
}

/** Mean over runs. */
export function meanSpending(runs: readonly Spending[]): Spending {
  const mean = (pick: (run: Spending) => Float64Array): Float64Array =>
    Float64Array.from(pick(runs[0]), (_, step) => runs.reduce((sum, run) => sum + pick(run)[step], 0) / runs.length);
  return { updates: mean(({ updates }) => updates), work: mean(({ work }) => work) };
}

/**
 * The number of steps after which so much was spent, between whole steps on the straight line.
 * @param spent rises from 0
 */
export function stepAt(spent: Float64Array, budget: number): number {
  const last = spent.length - 1;
  if (budget >= spent[last]) return last;
  const above = spent.findIndex((value) => value >= budget);
  if (above <= 0) return 0;
  return above - 1 + (budget - spent[above - 1]) / (spent[above] - spent[above - 1]);
}
