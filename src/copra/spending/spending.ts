/** What a run has spent after every step. Gates are a function of settings, seed and step, so this is known of every run, without a record. */
import type { AdapterLayout } from '../../core/adapter-layout.ts';
import { createGateSampler } from '../gate-sampler.ts';
import type { MethodSettings } from '../methods/method.ts';
import { stepWork, type TowersWork } from './step-work.ts';

/** [steps + 1]: nothing at first, then the sum over the steps so far. */
export interface Spending {
  /** Steps that were trained. */
  readonly steps: Float64Array;
  /** Shares of the adapted projections that were active, and so learned: a step with everything on counts 1. */
  readonly updates: Float64Array;
  /** Multiplications and additions. */
  readonly work: Float64Array;
}

/**
 * @param layout with the sizes of the towers' maps
 * @param passes forward and backward of a step
 * @param end steps after which the run is taken, and spends no more
 */
export function spendingOf(
  arm: MethodSettings & { readonly method: string },
  layout: AdapterLayout,
  towers: TowersWork,
  steps: number,
  seed: number,
  { passes, end }: { readonly passes: number; readonly end: number },
): Spending {
  const sample = createGateSampler(arm, layout, steps, seed);
  const pairs = layout.pairs.length;
  const updates = new Float64Array(steps + 1);
  const work = new Float64Array(steps + 1);
  const known = new Map<string, number>();
  for (let step = 0; step < end; step++) {
    const gates = sample(step).pairs;
    const active = gates.reduce((sum, gate) => sum + gate, 0);
    updates[step + 1] = updates[step] + active / pairs;
    const key = gates.join('');
    let cost = known.get(key);
    if (cost === undefined) known.set(key, (cost = passes * stepWork(towers, layout, gates)));
    work[step + 1] = work[step] + cost;
  }
  updates.fill(updates[end], end);
  work.fill(work[end], end);
  return { steps: Float64Array.from(updates, (_, step) => Math.min(step, end)), updates, work };
}

/** Mean over runs. */
export function meanSpending(runs: readonly Spending[]): Spending {
  const mean = (pick: (run: Spending) => Float64Array): Float64Array =>
    Float64Array.from(pick(runs[0]), (_, step) => runs.reduce((sum, run) => sum + pick(run)[step], 0) / runs.length);
  return { steps: mean((run) => run.steps), updates: mean((run) => run.updates), work: mean((run) => run.work) };
}

/** What was spent after so many steps, not always whole. Undoes `stepAt`. */
export function spentAt(spent: Float64Array, step: number): number {
  const below = Math.floor(step);
  return below === step ? spent[below] : spent[below] + (step - below) * (spent[below + 1] - spent[below]);
}

/**
 * The number of steps after which so much was spent, between whole steps on the straight line.
 * @param spent rises from 0 to what is spent in all, after which it stays
 */
export function stepAt(spent: Float64Array, budget: number): number {
  const most = spent[spent.length - 1];
  const above = spent.findIndex((value) => value >= Math.min(budget, most));
  if (budget >= most) return above;
  if (above <= 0) return 0;
  return above - 1 + (budget - spent[above - 1]) / (spent[above] - spent[above - 1]);
}
