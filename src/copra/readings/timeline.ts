/** Readings of measures along training: how early two seeds can be merged, and what is left of a comparison at equal budgets. */
import type { Sample } from '../../core/clusters.ts';
import type { ScopedInterval } from '../../core/crossed-interval.ts';
import { listed } from '../../core/listed.ts';
import { integer } from '../../core/number-format.ts';
import { clearSide } from '../seed-differences.ts';
import { CAPTION_WORDS } from './captions/messages.ts';
import { READING_WORDS } from './messages.ts';
import {
  countedEach,
  intervalRemark,
  isShownAsZero,
  percent,
  points,
  scopeText,
  sentence,
  sizeRemark,
  testImages,
} from './words.ts';

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
  step === first ? CAPTION_WORDS.timeline.everyStep : CAPTION_WORDS.timeline.fromStep(step);

const gapText = ({ mean }: ScopedInterval): string => CAPTION_WORDS.timeline.gap(points(mean), mean < 0);

function endsReading({ name, aboveEnds }: TimelineArm): string {
  const known = aboveEnds.filter(({ interval }) => interval !== null);
  const last = known.at(-1);
  if (!last?.interval) return '';
  const { mean } = last.interval;
  const remark = intervalRemark(last.interval, mean);
  const words = CAPTION_WORDS.timeline;
  const gap = gapText(last.interval);
  if (clearSide(last.interval) === null) return words.tooFew(name, gap);
  const from = sinceStep(known, (interval) => clearSide(interval) !== -1);
  if (from === null) return `${words.worse(name, gap)}${remark}`;
  if (from === known[0].step) return `${words.neverWorse(name, gap)}${remark}`;
  // A difference stops being clear where it shrinks, and where its interval widens: only the numbers at both steps tell which.
  const there = from === last.step ? [] : known.filter(({ step }) => step === from);
  const gaps = [
    ...there.flatMap(({ interval }) =>
      interval ? [`${words.gapThere(gapText(interval))}${intervalRemark(interval, interval.mean)}`] : [],
    ),
    `${words.gapLast(gap)}${remark}`,
  ];
  const isTold = clearSide(last.interval) === 1;
  return (isTold ? words.noLongerWorse : words.untoldFrom)(name, from, listed(gaps));
}

/** Where an arm is clearly ahead of or behind the first. */
function differenceReading(what: string, at: readonly AtStep[]): string {
  const known = at.filter(({ interval }) => interval !== null);
  if (known.length === 0 || known.every(({ interval }) => interval && clearSide(interval) === null)) return '';
  const words = CAPTION_WORDS.timeline;
  for (const side of [1, -1] as const) {
    const from = sinceStep(known, isClear(side));
    if (from !== null) return words.since(what, side > 0, since(from, known[0].step));
  }
  const passing = known
    .filter(({ interval }) => interval && clearSide(interval) === 1)
    .map(({ step }) => integer(step));
  return passing.length > 0 ? words.passing(what, passing) : words.notAhead(what);
}

/** What the intervals against the first arm are over. */
const scopesOf = ({ midpoint, everyOther }: TimelineArm): string =>
  listed([
    ...new Set([...midpoint, ...everyOther].flatMap(({ interval }) => (interval?.scope ? scopeText(interval) : []))),
  ]);

/** @param images test images */
export function timelineReading(arms: readonly TimelineArm[], images: Sample): string {
  const known = arms.filter(({ aboveEnds, seeds }) => aboveEnds.length > 0 || seeds > 0);
  if (known.length === 0) return READING_WORDS.nothingYet;
  const words = CAPTION_WORDS.timeline;
  const [first, ...others] = known;
  const ends = known.map(endsReading).filter(Boolean);
  const steps = Math.max(...known.map(({ aboveEnds }) => aboveEnds.length));
  const apart = others.flatMap((arm) => {
    const parts = [
      differenceReading(words.measures.midpoint, arm.midpoint),
      differenceReading(words.measures.everyOther, arm.everyOther),
    ].filter(Boolean);
    return parts.length > 0 ? [words.against(arm.name, first.name, scopesOf(arm), parts.join(', '))] : [];
  });
  const seeds = countedEach(
    known.map((arm) => arm.seeds),
    'seed',
  );
  const pairs = Math.max(...known.map((arm) => arm.pairs));
  return sentence([
    ends.length > 0 ? words.visible(ends.join('; ')) : words.needsTwo,
    ...apart,
    [
      seeds,
      ...(pairs > 0 ? [words.pairs(pairs)] : []),
      ...(steps > 0 ? [words.steps(steps)] : []),
      testImages(images),
    ].join(', '),
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
  readonly measured: keyof typeof CAPTION_WORDS.budget.measured;
}

/** "CopRA spends 63 % of the adapter updates of LoRA; where both have spent the same, LoRA at step 1,256 and CopRA at step 2,000, …" */
export function budgetReading({ budget, baseline, other, share, steps, accuracy, measured }: BudgetReading): string {
  const words = CAPTION_WORDS.budget;
  const spends = words.spends(other, baseline, percent(share), budget);
  const where = words.where(baseline, integer(steps[0]), other, integer(steps[1]));
  if (!accuracy) return sentence([spends, `${where}, ${words.nothingTested}`]);
  const { mean } = accuracy;
  const difference = isShownAsZero(mean)
    ? words.same(words.measured[measured])
    : words.apart(other, points(mean), mean > 0, words.measured[measured]);
  return sentence([spends, `${where}, ${difference}${sizeRemark(accuracy, mean)}`]);
}
