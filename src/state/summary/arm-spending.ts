/** What the runs of every arm of a study spend, and where two arms have spent the same. */
import { createAdapterLayout, type AdapterLayout, type TowerName, type TowerShape } from '../../core/adapter-layout.ts';
import { meanSpending, spendingOf, spentAt, stepAt, type Spending } from '../../copra/spending/spending.ts';
import { stepWork, type TowersWork } from '../../copra/spending/step-work.ts';
import { nextTask } from '../../platform/next-task.ts';
import { atSize } from '../../model/model-facts.ts';
import type { TimingResult } from '../../study/analyses/timing/result.ts';
import type { ArmConfig, StudyConfig } from '../../study/config/config.ts';
import { passesOfStep } from '../../study/config/passes.ts';
import { trainingSeconds } from '../../study/result/measures/timing.ts';
import type { BackboneCard } from '../models/backbones.ts';
import type { TakenRun } from './taken-runs.ts';
import { runOf } from '../../study/result/run-names.ts';

/** What training is counted in. */
export type Budget = 'steps' | 'updates' | 'work' | 'time';

export interface ArmSpending {
  readonly arm: string;
  /** Mean over seeds. */
  readonly spent: Spending;
  /** Work of a step of the first arm with everything on, the unit in which work is shown. */
  readonly unit: number;
  /** [steps + 1]: seconds of a run on its own, mean over the timed seeds; null where none was timed. */
  readonly seconds: Float64Array | null;
  /** What is spent after so many steps, in steps of the first arm with everything on; time in seconds. NaN where it is not known. */
  readonly after: (budget: Budget, step: number) => number;
}

/** NaN beyond the last step. */
const spentAfter =
  ({ steps, updates, work }: Spending, unit: number, seconds: Float64Array | null): ArmSpending['after'] =>
  (budget, step) =>
    ({
      steps: steps[step] ?? NaN,
      updates: updates[step] ?? NaN,
      work: (work[step] ?? NaN) / unit,
      time: seconds?.[step] ?? NaN,
    })[budget];

export interface Described {
  readonly config: StudyConfig;
  /** Number of classes. */
  readonly classes: number;
  /** Of the longest prompt; absent in older results, whose prompts count as long as the text tower allows. */
  readonly promptTokens?: number;
  /** Times of steps of runs on their own; absent where none was taken. */
  readonly timed?: readonly TimingResult[];
  /** Runs that are taken before the last step; absent: none. */
  readonly taken?: readonly TakenRun[];
}

/** Steps times runs that are drawn again without a noticeable wait. */
const MOST_STEPS = 400_000;

/** Sizes of both towers, and the sequences that each sees in a step. */
function towersOf({ config, classes, promptTokens }: Described, { facts }: BackboneCard): TowersWork {
  const { vision, text } = config.imageSize === undefined ? facts : atSize(facts, config.imageSize);
  return {
    vision: { ...vision, sequences: config.training.batchSize, lastIsPooled: true, isAlwaysNeeded: true },
    ...(text && {
      text: {
        ...text,
        tokens: promptTokens ?? text.tokens,
        sequences: classes,
        lastIsPooled: false,
        isAlwaysNeeded: false,
      },
    }),
  };
}

/** The layout of an arm, without a head, whose gradient is not counted; null if it adapts nothing of the backbone. */
function layoutOf(arm: ArmConfig, { facts: { vision, text } }: BackboneCard): AdapterLayout | null {
  const shapes: Partial<Record<TowerName, TowerShape>> = { vision, ...(text && { text }) };
  return arm.towers.some((tower) => shapes[tower]) ? createAdapterLayout(shapes, arm) : null;
}

/**
 * Draws the gates of every run again. Ends its task after each, so that the page stays responsive.
 * @returns one entry per arm; null for a study that is too long to be counted on the page, or of arms that adapt nothing
 */
export async function armSpendings(study: Described, backbone: BackboneCard): Promise<readonly ArmSpending[] | null> {
  const { timed = [], taken = [] } = study;
  const { arms, seeds, training } = study.config;
  const layouts = arms.map((arm) => layoutOf(arm, backbone));
  const [first] = layouts;
  if (!first || arms.length * seeds.length * training.steps > MOST_STEPS) return null;
  const towers = towersOf(study, backbone);
  const unit = passesOfStep(arms[0]) * stepWork(towers, first, new Uint8Array(first.pairs.length).fill(1));
  const found: ArmSpending[] = [];
  for (const [i, arm] of arms.entries()) {
    const layout = layouts[i];
    if (!layout) continue;
    const runs: Spending[] = [];
    const passes = passesOfStep(arm);
    for (const seed of seeds) {
      const end = runOf(taken, arm.id, seed)?.takenAt ?? training.steps;
      runs.push(spendingOf(arm, layout, towers, training.steps, seed, { passes, end }));
      await nextTask();
    }
    const spent = meanSpending(runs);
    const whole = trainingSeconds(timed, arm.id, training.steps);
    const seconds = whole && Float64Array.from(spent.steps, (step) => spentAt(whole, step));
    found.push({ arm: arm.id, spent, unit, seconds, after: spentAfter(spent, unit, seconds) });
  }
  return found;
}

export interface EqualBudget {
  /** What both have spent, as `after` gives it. */
  readonly spent: number;
  /** After how many steps, not always whole: that of the arm which spends less in all is its last. */
  readonly steps: readonly [baseline: number, other: number];
}

/** The largest budget that both arms reach; null where it is not known what one of them spends. */
export function equalBudget(baseline: ArmSpending, other: ArmSpending, budget: Budget): EqualBudget | null {
  const last = baseline.spent.steps.length - 1;
  const [a, b] = [baseline, other].map((arm) => (budget === 'time' ? arm.seconds : arm.spent[budget]));
  if (!a || !b) return null;
  const spent = Math.min(a[last], b[last]);
  return {
    spent: budget === 'work' ? spent / baseline.unit : spent,
    steps: [stepAt(a, spent), stepAt(b, spent)],
  };
}
