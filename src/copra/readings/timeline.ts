/** Readings of measures along training: how early two seeds can be merged, and what is left of a comparison at equal budgets. */
import { counted } from '../../core/counted.ts';
import type { ScopedInterval } from '../../core/crossed-interval.ts';
import { integer } from '../../core/number-format.ts';
import { clearSide } from '../seed-differences.ts';
import { countedEach, differenceRemark, intervalRemark, NOTHING_YET, points, sentence } from './words.ts';

/** An interval at a step, or null where there is none. */
export interface AtStep {
  readonly step: number;
  readonly interval: ScopedInterval | null;
}

/** What is known of one arm, step by step. */
export interface TimelineArm {
  readonly name: string;
  /** The midpoint between two seeds less the mean of both. */
  readonly aboveEnds: readonly AtStep[];
  /** Against the first arm at equal steps: the midpoint, and the gain kept with every other layer on. Empty for the first arm. */
  readonly midpoint: readonly AtStep[];
  readonly everyOther: readonly AtStep[];
  readonly seeds: number;
  readonly pairs: number;
}

/** The first step from which on, at all later ones, something holds; null if it does not hold at the last. */
export function sinceStep(at: readonly AtStep[], holds: (interval: ScopedInterval) => boolean): number | null {
  let since: number | null = null;
  for (const { step, interval } of at) {
    if (!interval || !holds(interval)) since = null;
    else since ??= step;
  }
  return since;
}

const isClear =
  (side: 1 | -1) =>
  (interval: ScopedInterval): boolean =>
    clearSide(interval) === side;

/** "from step 125 on", or "at every tested step". */
const since = (step: number, first: number): string =>
  step === first ? 'at every tested step' : `from step ${integer(step)} on`;

function endsReading({ name, aboveEnds }: TimelineArm): string {
  const known = aboveEnds.filter(({ interval }) => interval !== null);
  const last = known.at(-1);
  if (!last?.interval) return '';
  const { mean } = last.interval;
  const remark = intervalRemark(last.interval, mean);
  const gap = `${points(mean)} points ${mean < 0 ? 'below' : 'above'}`;
  if (clearSide(last.interval) === null) return `${name} has too few seeds to say (${gap} at the last step)`;
  const from = sinceStep(known, (interval) => clearSide(interval) !== -1);
  if (from === null) return `${name} is clearly worse than its ends at the last step, ${gap}${remark}`;
  const until =
    from === known[0].step
      ? 'at no tested step clearly worse than its ends'
      : `no longer clearly worse than its ends from step ${integer(from)} on`;
  return `${name} is ${until}, ${gap} at the last${remark}`;
}

/** Where an arm is clearly ahead of or behind the first. */
function differenceReading(what: string, at: readonly AtStep[]): string {
  const known = at.filter(({ interval }) => interval !== null);
  if (known.length === 0 || known.every(({ interval }) => interval && clearSide(interval) === null)) return '';
  for (const side of [1, -1] as const) {
    const from = sinceStep(known, isClear(side));
    if (from !== null) return `${what} is clearly ${side > 0 ? 'ahead' : 'behind'} ${since(from, known[0].step)}`;
  }
  const passing = known
    .filter(({ interval }) => interval && clearSide(interval) === 1)
    .map(({ step }) => integer(step));
  return passing.length > 0
    ? `${what} is clearly ahead at ${passing.length === 1 ? 'step' : 'steps'} ${passing.join(', ')}, but not in the end`
    : `${what} is not clearly ahead in the end`;
}

/** @param images test images */
export function timelineReading(arms: readonly TimelineArm[], images: number): string {
  const known = arms.filter(({ aboveEnds, seeds }) => aboveEnds.length > 0 || seeds > 0);
  if (known.length === 0) return NOTHING_YET;
  const [first, ...others] = known;
  const ends = known.map(endsReading).filter(Boolean);
  const steps = Math.max(...known.map(({ aboveEnds }) => aboveEnds.length));
  const apart = others.flatMap((arm) => {
    const parts = [
      differenceReading('its midpoint', arm.midpoint),
      differenceReading('its gain kept with every other layer on', arm.everyOther),
    ].filter(Boolean);
    return parts.length > 0 ? [`${arm.name} against ${first.name} after equal steps: ${parts.join(', ')}`] : [];
  });
  const seeds = countedEach(
    known.map((arm) => arm.seeds),
    'seed',
  );
  const pairs = Math.max(...known.map((arm) => arm.pairs));
  return sentence([
    ends.length > 0
      ? `How early is mergeability visible? Half-way between two seeds on the factor path ${ends.join('; ')}`
      : 'Two seeds of an arm are needed to see when they can be merged',
    ...apart,
    `${seeds}${pairs > 0 ? `, ${counted(pairs, 'pair')}` : ''}, ${steps > 0 ? `${counted(steps, 'step')}, ` : ''}${counted(images, 'test image')}`,
  ]);
}

/** What is compared at an equal budget. */
export interface BudgetReading {
  /** "adapter updates" */
  readonly budget: string;
  readonly baseline: string;
  readonly other: string;
  /** Of the baseline's spending, what the other spends in all. */
  readonly share: number;
  /** After how many steps each is read; not always whole. */
  readonly steps: readonly [baseline: number, other: number];
  /** Other − baseline; null: nothing was measured there. */
  readonly accuracy: ScopedInterval | null;
  /** Which accuracy that is. */
  readonly measured: 'accuracy with everything on' | 'validation accuracy';
}

const stepText = (step: number): string => `step ${integer(step)}`;

/** "CopRA spends 63 % of the adapter updates of LoRA; where both have spent the same, LoRA at step 1,256 and CopRA at step 2,000, …" */
export function budgetReading({ budget, baseline, other, share, steps, accuracy, measured }: BudgetReading): string {
  const [at, otherAt] = steps.map(stepText);
  const spends = `${other} spends ${(100 * share).toFixed(0)}\u00a0% of the ${budget} of ${baseline}`;
  const where = `where both have spent the same, ${baseline} at ${at} and ${other} at ${otherAt}`;
  if (!accuracy) return sentence([spends, `${where}, nothing was tested`]);
  const { mean } = accuracy;
  const difference =
    points(mean) === '0.0'
      ? `they do not differ in ${measured}`
      : `${other} is ${points(mean)} points ${mean > 0 ? 'ahead' : 'behind'} in ${measured}`;
  return sentence([spends, `${where}, ${difference}${differenceRemark(accuracy, mean)}`]);
}
