/** The sentence under the figure along training. Empty while there is nothing to read. */
import {
  keptSteps,
  timelineDifference,
  timelineInterval,
  timelineValues,
  type TimelineFigure,
} from '../../../study/result/measures/timeline.ts';
import { testSample } from '../../../study/result/measures/sample.ts';
import type { StudyResult } from '../../../study/result/result.ts';
import { timelineSteps } from '../../../study/run/training/snapshots.ts';
import { joined } from '../../results/left-out.ts';
import { toldOfPair, type Told } from '../../results/told-of.ts';
import { readArms } from '../../results/read-arms.ts';
import type { ScopedInterval } from '../../../core/crossed-interval.ts';
import { listed } from '../../../core/listed.ts';
import { integer } from '../../../core/number-format.ts';
import { clearSide } from '../../../copra/seed-differences.ts';
import { READING_WORDS } from '../../../study/readings/messages.ts';
import { AS_SHARES, points } from '../../../study/readings/numbers.ts';
import { countedEach, intervalRemark, scopeText, sentence, testImages } from '../../../study/readings/words.ts';
import type { Sample } from '../../../core/clusters.ts';
import { TIMELINE_WORDS } from './messages.ts';

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
  step === first ? TIMELINE_WORDS.caption.everyStep : TIMELINE_WORDS.caption.fromStep(step);

const gapText = ({ mean }: ScopedInterval): string => TIMELINE_WORDS.caption.gap(points(mean), mean < 0);

function endsReading({ name, aboveEnds }: TimelineArm): string {
  const known = aboveEnds.filter(({ interval }) => interval !== null);
  const last = known.at(-1);
  if (!last?.interval) return '';
  const { mean } = last.interval;
  const remark = intervalRemark(last.interval, mean);
  const words = TIMELINE_WORDS.caption;
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
  const words = TIMELINE_WORDS.caption;
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
  const words = TIMELINE_WORDS.caption;
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

/** Says that some of the steps are missing. */
function missingSteps({ timeline, config }: StudyResult): string {
  const asked = timelineSteps(config, config.analyses.timeline?.steps ?? 0).length + 1;
  const whole = (timeline?.runs ?? []).filter(({ steps }) => steps.at(-1) === config.training.steps);
  const known = Math.min(...whole.map(({ steps }) => steps.length));
  return known >= asked ? '' : TIMELINE_WORDS.missingSteps(asked, known);
}

/** How the midpoints of two arms differ at the end. */
export const timelineTold = (result: StudyResult): Told =>
  toldOfPair(result, TIMELINE_WORDS.comparison, { lowerIsBetter: false }, AS_SHARES, (first, second) => {
    const [one, other] = [first, second].map((arm) => ({ arm, step: keptSteps(result, arm).at(-1) ?? 0 }));
    return {
      values: [
        timelineValues(result, first, 'midpoint', one.step),
        timelineValues(result, second, 'midpoint', other.step),
      ],
      difference: timelineDifference(result, 'midpoint', one, other),
    };
  });

export function timelineCaption(result: StudyResult): string {
  const { timeline } = result;
  if (!timeline || timeline.runs.length === 0) return '';
  const reading = readArms(result, timeline.runs, (arms) => {
    const [baseline] = arms;
    return timelineReading(
      arms
        .filter(({ results }) => results.length > 0)
        .map(({ id, name, results }): TimelineArm => {
          const steps = keptSteps(result, id);
          const against = (figure: TimelineFigure): AtStep[] =>
            id === baseline.id
              ? []
              : steps.map((step) => ({
                  step,
                  interval: timelineDifference(result, figure, { arm: baseline.id, step }, { arm: id, step }),
                }));
          const pairs = timeline.pairs.filter(({ arm }) => arm === id);
          return {
            name,
            aboveEnds:
              pairs.length > 0
                ? steps.map((step) => ({ step, interval: timelineInterval(result, id, 'above ends', step) }))
                : [],
            midpoint: against('midpoint'),
            everyOther: against('every other'),
            seeds: results.length,
            pairs: pairs.length,
          };
        }),
      testSample(result),
    );
  });
  return joined(reading, missingSteps(result));
}
