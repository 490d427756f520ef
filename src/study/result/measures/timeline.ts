/** Figures of runs, and of pairs of runs, at steps of their training. */
import { crossedInterval, imageVariance, type ScopedInterval, type SeedValue } from '../../../core/crossed-interval.ts';
import { differencesBySeed, seedDifference } from '../../../copra/seed-differences.ts';
import { clearRetainedGain } from '../../../copra/retained-gain.ts';
import { midpointWeights } from '../../../copra/midpoint.ts';
import type { TimelineResult } from '../../analyses/timeline/result.ts';
import type { StudyResult } from '../result.ts';
import { comparedPairs } from './compared-pairs.ts';
import { answersOf, frozenAnswers, gainValue, oneAccuracy, seedValue, type Answers, type Part } from './measure.ts';
import { drawnImages, testSample } from './sample.ts';
import { runOf } from '../run-names.ts';

/** What is followed along training. */
export type TimelineFigure =
  /** Accuracy with everything on, one value per seed. */
  | 'accuracy'
  /** Retained gain with every other layer on, mean of both halves, one value per seed. */
  | 'every other'
  /** Accuracy half-way between two seeds on the factor path, one value per pair. */
  | 'midpoint'
  /** How far the factor path falls below its chord, one value per pair. */
  | 'barrier'
  /** The midpoint less the mean of its ends, one value per pair. */
  | 'above ends';

type Result = Pick<StudyResult, 'timeline' | 'task' | 'config' | 'runs'>;
type Run = TimelineResult['runs'][number];
type Pair = TimelineResult['pairs'][number];
type Tested = Pick<Run, 'accuracy' | 'correct'>;

const answersAt = (result: Result, tested: Tested, place: number): Answers =>
  answersOf(tested, tested.accuracy[place], tested.correct?.[place], result.task);

/** Where a run or a pair has the adapter of after so many steps; −1 where it was not kept. One that was taken earlier stays as it was taken. */
function placeAt({ steps }: { readonly steps: readonly number[] }, step: number): number {
  const last = steps.length - 1;
  return step > steps[last] ? last : steps.indexOf(step);
}

/** Answers of a run with everything on after so many steps; null where its adapter was not kept. */
function wholeAt(result: Result, arm: string, seed: number, step: number): Answers | null {
  const run = runOf(result.timeline?.runs, arm, seed);
  const place = run ? placeAt(run, step) : -1;
  return run && place >= 0 ? answersAt(result, run, place) : null;
}

function keptGain(result: StudyResult, run: Run, place: number): SeedValue[] {
  const frozen = frozenAnswers(result);
  if (!frozen) return [];
  const whole = answersAt(result, run, place);
  const halves = run.halves.map((half) => answersAt(result, half, place));
  const { effective } = testSample(result);
  const gains = halves.map(({ accuracy }) => clearRetainedGain(accuracy, frozen.accuracy, whole.accuracy, effective));
  return gainValue([run.seed], gains, halves, [frozen], [whole]);
}

/** The path between two seeds at one step, ends included: λ rises from 0 to 1. */
function pathAt(result: Result, pair: Pair, place: number): { lambda: number; answers: Answers }[] | null {
  const { arm, seeds, steps, lambdas } = pair;
  const [first, last] = seeds.map((seed) => wholeAt(result, arm, seed, steps[place]));
  if (!first || !last) return null;
  const inner = lambdas.map((lambda, i) => ({ lambda, answers: answersAt(result, pair, place * lambdas.length + i) }));
  return [{ lambda: 0, answers: first }, ...inner, { lambda: 1, answers: last }];
}

function pairValue(
  path: readonly { readonly lambda: number; readonly answers: Answers }[],
  seeds: readonly number[],
  figure: 'midpoint' | 'barrier' | 'above ends',
): SeedValue {
  const first = path[0].answers;
  const last = path[path.length - 1].answers;
  if (figure === 'barrier') {
    const depth = ({ lambda, answers }: (typeof path)[number]): number =>
      (1 - lambda) * first.accuracy + lambda * last.accuracy - answers.accuracy;
    const deepest = path.reduce((best, point) => (depth(point) > depth(best) ? point : best));
    const { lambda, answers } = deepest;
    return seedValue(seeds, Math.max(0, depth(deepest)), [
      { answers: first, weight: 1 - lambda },
      { answers: last, weight: lambda },
      { answers, weight: -1 },
    ]);
  }
  const middle = midpointWeights(path.map(({ lambda }) => lambda)).map(({ point, weight }): Part => ({
    answers: path[point].answers,
    weight,
  }));
  const ends: Part[] = figure === 'midpoint' ? [] : [first, last].map((answers) => ({ answers, weight: -0.5 }));
  const parts = [...middle, ...ends];
  const value = parts.reduce((sum, { answers, weight }) => sum + weight * answers.accuracy, 0);
  return seedValue(seeds, value, parts);
}

/** Values of an arm after so many steps, one per seed or pair of seeds whose adapters were kept then. */
export function timelineValues(result: StudyResult, arm: string, figure: TimelineFigure, step: number): SeedValue[] {
  const { runs = [], pairs = [] } = result.timeline ?? {};
  const placed = <T extends { readonly arm: string; readonly steps: readonly number[] }>(entries: readonly T[]) =>
    entries.flatMap((entry) => {
      const place = entry.arm === arm ? placeAt(entry, step) : -1;
      return place < 0 ? [] : [{ entry, place }];
    });
  switch (figure) {
    case 'accuracy':
      return placed(runs).map(({ entry, place }) => oneAccuracy([entry.seed], answersAt(result, entry, place)));
    case 'every other':
      return placed(runs).flatMap(({ entry, place }) => keptGain(result, entry, place));
    default:
      return placed(pairs).flatMap(({ entry, place }) => {
        const path = pathAt(result, entry, place);
        return path ? [pairValue(path, entry.seeds, figure)] : [];
      });
  }
}

/** Steps at which adapters of an arm were kept, ascending. The last is the end of all of its runs, which may be taken at other steps for every seed. */
export function keptSteps({ timeline }: Pick<StudyResult, 'timeline'>, arm: string): number[] {
  const runs = (timeline?.runs ?? []).filter((run) => run.arm === arm);
  const passed = runs.flatMap(({ steps }) => steps.slice(0, -1));
  const end = Math.max(...runs.flatMap(({ steps }) => steps.slice(-1)));
  return runs.length > 0 ? [...new Set([...passed, end])].sort((a, b) => a - b) : [];
}

/** weight · second + (1 − weight) · first, seed by seed, for those in both. */
function between(first: readonly SeedValue[], second: readonly SeedValue[], weight: number): SeedValue[] {
  const known = new Map(first.map((entry) => [entry.seeds.join(' '), entry]));
  return second.flatMap((b) => {
    const a = known.get(b.seeds.join(' '));
    if (!a) return [];
    const mixed = (x: number, y: number): number => (1 - weight) * x + weight * y;
    const { byMotif } = b;
    const other = a.byMotif;
    return [
      {
        seeds: b.seeds,
        value: mixed(a.value, b.value),
        sensitivity: (1 - weight) ** 2 * a.sensitivity + weight ** 2 * b.sensitivity,
        ...(byMotif && other && { byMotif: byMotif.map((value, i) => mixed(other[i], value)) }),
      },
    ];
  });
}

/**
 * Values of an arm after any number of steps: on the straight line between the nearest two kept adapters.
 * @param after steps, not always whole
 * @returns no values before the first kept step and behind the end of the training
 */
export function valuesBetween(result: StudyResult, arm: string, figure: TimelineFigure, after: number): SeedValue[] {
  const steps = keptSteps(result, arm);
  const end = steps.at(-1) ?? 0;
  // An arm that is taken before the end of the training stays as it was taken.
  const step = after <= result.config.training.steps ? Math.min(after, end) : after;
  const above = steps.findIndex((kept) => kept >= step - 1e-9);
  if (above < 0) return [];
  const upper = timelineValues(result, arm, figure, steps[above]);
  if (Math.abs(steps[above] - step) < 1e-9) return upper;
  if (above === 0) return [];
  const lower = timelineValues(result, arm, figure, steps[above - 1]);
  return between(lower, upper, (step - steps[above - 1]) / (steps[above] - steps[above - 1]));
}

type Variances = NonNullable<TimelineResult['imageVariances']>;

/** What the images add to the variance of a figure at a step, or of its difference from a baseline; null where it was not stored. */
function storedVariance(
  result: StudyResult,
  figure: TimelineFigure,
  { arm, step }: AtStep,
  baseline?: string,
): number | null {
  const stored = result.timeline?.imageVariances?.find(
    (entry) => entry.figure === figure && entry.arm === arm && entry.baseline === baseline,
  );
  return stored?.variances[keptSteps(result, arm).indexOf(step)] ?? null;
}

/** Mean of an arm after so many steps with its 95 % interval; null if no value is known. */
export function timelineInterval(
  result: StudyResult,
  arm: string,
  figure: TimelineFigure,
  step: number,
): ScopedInterval | null {
  const values = timelineValues(result, arm, figure, step);
  if (values.length === 0) return null;
  const end = keptSteps(result, arm).at(-1) ?? 0;
  const ofImages = imageVariance(values) ?? storedVariance(result, figure, { arm, step: Math.min(step, end) });
  return crossedInterval(values, drawnImages(result), ofImages);
}

/** An arm after a number of steps. */
interface AtStep {
  readonly arm: string;
  readonly step: number;
}

/** What is stored of a difference after equal steps, whichever of both arms is the baseline. An arm that was taken earlier stays as it was taken. */
function storedOfDifference(result: StudyResult, figure: TimelineFigure, one: AtStep, other: AtStep): number | null {
  for (const [baseline, at] of [
    [one, other],
    [other, one],
  ]) {
    const end = keptSteps(result, baseline.arm).at(-1) ?? 0;
    if (Math.min(baseline.step, end) !== Math.min(at.step, end)) continue;
    const stored = storedVariance(result, figure, at, baseline.arm);
    if (stored !== null) return stored;
  }
  return null;
}

/** other − baseline, each after its own number of steps, paired by seed; null if they share no seed. */
export const timelineDifference = (
  result: StudyResult,
  figure: TimelineFigure,
  baseline: AtStep,
  other: AtStep,
): ScopedInterval | null =>
  seedDifference(
    valuesBetween(result, baseline.arm, figure, baseline.step),
    valuesBetween(result, other.arm, figure, other.step),
    drawnImages(result),
    storedOfDifference(result, figure, baseline, other),
  );

/**
 * What the images add to the variances of what the page says at the steps of an arm, for results without answers: how far its midpoints are above their ends,
 * and its differences from other arms. Those that were stored before stay.
 */
export function keptTimelineVariances(result: StudyResult): Variances {
  const kept = (figure: Variances[number]['figure'], arm: string, baseline?: string): Variances => {
    const found = keptSteps(result, arm).map((step) => {
      const values = timelineValues(result, arm, figure, step);
      const compared =
        baseline === undefined ? values : differencesBySeed(valuesBetween(result, baseline, figure, step), values);
      return compared.length > 0 ? { variance: imageVariance(compared) } : null;
    });
    const variances = found.flatMap((at) => (at ? (at.variance ?? []) : 0));
    if (found.every((at) => at === null)) return [];
    return variances.length === found.length
      ? [{ figure, arm, ...(baseline !== undefined && { baseline }), variances }]
      : (result.timeline?.imageVariances ?? []).filter(
          (entry) => entry.figure === figure && entry.arm === arm && entry.baseline === baseline,
        );
  };
  return [
    ...result.config.arms.flatMap(({ id }) => kept('above ends', id)),
    ...comparedPairs(result.config).flatMap(({ baseline, other }) =>
      (['midpoint', 'every other'] as const).flatMap((figure) => kept(figure, other, baseline)),
    ),
  ];
}
