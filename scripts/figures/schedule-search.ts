/**
 * The search for a schedule with LoRA's accuracy and CopRA's connectivity and pruning. Candidates are trained for longer and longer, and only the best go on
 * (successive halving). They are judged on validation images, with seeds of no saved study; what is left is then tested once, on test images, with
 * fresh seeds. `npm run schedule-search` runs it and writes everything that was tried, from which docs/results.md tells.
 */
import type { ScopedInterval } from '../../src/core/crossed-interval.ts';
import type { Regime } from '../../src/study/schedules/regimes.ts';
import { armIdOf } from '../../src/study/schedules/candidate-study.ts';
import {
  JUDGED,
  TAKES,
  type Judged,
  type ReferenceDifference,
  type Rung,
  type Taken,
  type Tried,
} from '../../src/study/schedules/schedule-search.ts';
import { isReference, ranked } from '../../src/study/schedules/standing.ts';
import type { ArmConfig, StudyConfig } from '../../src/study/config/config.ts';
import { TEST_ACCURACY } from '../../src/study/result/measures/accuracy.ts';
import { armDifference } from '../../src/study/result/measures/arm-difference.ts';
import type { Measure } from '../../src/study/result/measures/measure.ts';
import { midpointMeasure } from '../../src/study/result/measures/paths.ts';
import { EVERY_OTHER_KEPT } from '../../src/study/result/measures/pruning.ts';
import type { StudyResult } from '../../src/study/result/result.ts';

const MEASURES: Readonly<Record<Judged, Measure>> = {
  accuracy: TEST_ACCURACY,
  kept: EVERY_OTHER_KEPT,
  midpoint: midpointMeasure('factor'),
};

/** A way of training, and what it changes in an arm of the regime. */
export interface Candidate {
  readonly id: string;
  readonly name: string;
  readonly method: ArmConfig['method'];
  readonly change: Partial<ArmConfig>;
}

/** Ids of candidates that go on whatever they do: what the others are held against. */
export const REFERENCES: readonly string[] = ['lora', 'lora-fast', 'copra', 'copra-fast'];

/** Everything that is tried, in a regime with this learning rate. */
export function candidatesOf({ config }: Regime): Candidate[] {
  const fast = { learningRate: Number(((10 / 3) * config.arms[0].learningRate).toPrecision(1)) };
  const copra = (id: string, name: string, change: Partial<ArmConfig>): Candidate => ({
    id,
    name,
    method: 'copra',
    change,
  });
  const [gentle, slower] = [{ p0: 0.3 }, { p0: 0.5 }];
  return [
    { id: 'lora', name: 'LoRA', method: 'lora', change: {} },
    { id: 'lora-fast', name: 'LoRA, higher rate', method: 'lora', change: fast },
    copra('copra', 'CopRA', {}),
    copra('copra-fast', 'CopRA, higher rate', fast),
    copra('ramp-25', 'ramp over a quarter', { rampFraction: 0.25 }),
    copra('ramp-50', 'ramp over half', { rampFraction: 0.5 }),
    copra('ramp-100', 'ramp to the end', { rampFraction: 1 }),
    copra('p3', 'p₀ = 0.3', gentle),
    copra('p5', 'p₀ = 0.5', slower),
    copra('p3-ramp-50', 'p₀ = 0.3, ramp over half', { ...gentle, rampFraction: 0.5 }),
    copra('p3-ramp-100', 'p₀ = 0.3, ramp to the end', { ...gentle, rampFraction: 1 }),
    copra('p5-ramp-100', 'p₀ = 0.5, ramp to the end', { ...slower, rampFraction: 1 }),
    copra('p3-fast', 'p₀ = 0.3, higher rate', { ...gentle, ...fast }),
    copra('p5-fast', 'p₀ = 0.5, higher rate', { ...slower, ...fast }),
    copra('p3-ramp-50-fast', 'p₀ = 0.3, ramp over half, higher rate', { ...gentle, rampFraction: 0.5, ...fast }),
    copra('p3-ramp-100-fast', 'p₀ = 0.3, ramp to the end, higher rate', { ...gentle, rampFraction: 1, ...fast }),
    copra('by-activity', 'rate divided by activity', { rateByActivity: true }),
    copra('p3-by-activity', 'p₀ = 0.3, rate divided by activity', { ...gentle, rateByActivity: true }),
    copra('deep-later', 'deep layers’ ramps end later', { rampSlope: 0.5 }),
    copra('deep-sooner', 'deep layers’ ramps end sooner', { rampSlope: -0.5 }),
    copra('p3-deep-later', 'p₀ = 0.3, deep layers’ ramps end later', { ...gentle, rampSlope: 0.5 }),
    copra('p3-deep-sooner', 'p₀ = 0.3, deep layers’ ramps end sooner', { ...gentle, rampSlope: -0.5 }),
    copra('p3-rescaled', 'p₀ = 0.3, divided by p', { ...gentle, rescale: true }),
    copra('p3-sine', 'p₀ = 0.3, sine ramp', { ...gentle, schedule: 'sine' }),
    copra('constant-p5', 'no ramp, p = 0.5', { ...slower, schedule: 'constant' }),
    ...[
      copra('constant-p3-fast', 'no ramp, p = 0.3, higher rate', gentle),
      copra('constant-p5-fast', 'no ramp, p = 0.5, higher rate', slower),
      copra('constant-p7-fast', 'no ramp, p = 0.7, higher rate', { p0: 0.7 }),
      copra('constant-50-fast', 'no ramp, p = 0.5, until 50 %, higher rate', { ...slower, rampFraction: 0.5 }),
      copra('constant-90-fast', 'no ramp, p = 0.5, until 90 %, higher rate', { ...slower, rampFraction: 0.9 }),
    ].map((candidate) => ({ ...candidate, change: { ...candidate.change, schedule: 'constant' as const, ...fast } })),
    { id: 'layer-drop-75', name: 'layer drop, p = 0.75', method: 'layer-drop', change: { keepProbability: 0.75 } },
    { id: 'depth-50', name: 'stochastic depth, p = 0.5', method: 'stochastic-depth', change: { keepProbability: 0.5 } },
  ];
}

/** A stage of the halving: how long, with which seeds, and how many candidates besides the references it leaves over. */
interface RungPlan {
  readonly steps: number;
  readonly seeds: readonly number[];
  /** On which it is judged; null: all. */
  readonly images: number | null;
  readonly leaves: number;
}

/** Seeds of no saved study. */
export const RUNGS: readonly RungPlan[] = [
  { steps: 500, seeds: [20, 21], images: 400, leaves: 6 },
  { steps: 1000, seeds: [20, 21, 22], images: 400, leaves: 3 },
  { steps: 2000, seeds: [20, 21, 22, 23], images: null, leaves: 1 },
];
/** The test of the winner. */
export const CONFIRMATION = { steps: 2000, seeds: [30, 31, 32, 33, 34, 35], images: null };

/** A study of some candidates, each taken in both ways: what both take of one training is trained once. */
export function rungStudy(
  { config }: Regime,
  candidates: readonly Candidate[],
  { steps, seeds, images }: Pick<RungPlan, 'steps' | 'seeds' | 'images'>,
): StudyConfig {
  const base = config.arms[1];
  const { landscape, shapley, pruning } = config.analyses;
  return {
    ...config,
    seeds: [...seeds],
    arms: candidates.flatMap(({ id, name, method, change }) =>
      TAKES.map((take) => ({
        ...base,
        method,
        ...change,
        id: armIdOf({ candidate: id, take }),
        name: take === 'last' ? name : `${name}, mean of last`,
        ...(take === 'average' && { take }),
      })),
    ),
    training: { ...config.training, steps, validateEvery: steps },
    analyses: {
      testImages: images,
      landscape: { ...landscape, enabled: true, points: 3, paths: ['factor'] },
      shapley: { ...shapley, enabled: false },
      pruning: { ...pruning, enabled: true, sparsities: [], scopes: [], randomMasks: 0 },
    },
  };
}

/** What a rung keeps of a study of some of its candidates. */
export const triedIn = (result: StudyResult, candidates: readonly Candidate[]): Tried[] =>
  candidates.flatMap(({ id }) =>
    TAKES.map((take): Tried => {
      const valuesOf = (judged: Judged): number[] =>
        MEASURES[judged].values(result, armIdOf({ candidate: id, take })).map(({ value }) => value);
      return {
        candidate: id,
        take,
        accuracy: valuesOf('accuracy'),
        kept: valuesOf('kept'),
        midpoint: valuesOf('midpoint'),
      };
    }),
  );

/** The best of a rung that is no reference. */
export const winnerOf = (rung: Rung): Taken | null => {
  const best = ranked(rung, REFERENCES).find((tried) => !isReference(tried, REFERENCES));
  return best ? { candidate: best.candidate, take: best.take } : null;
};

/** The references, and the candidates that do best however they are taken. */
export function survivors(rung: Rung, candidates: readonly Candidate[], leaves: number): Candidate[] {
  const best = [...new Set(ranked(rung, REFERENCES).map(({ candidate }) => candidate))].filter(
    (id) => !REFERENCES.includes(id),
  );
  const staying = new Set([...REFERENCES, ...best.slice(0, leaves)]);
  return candidates.filter(({ id }) => staying.has(id));
}

/** The winner − every reference on test images, with 95 % intervals over seeds and images. */
export function confirmedDifferences(result: StudyResult, winner: Taken): ReferenceDifference[] {
  const bound = (interval: ScopedInterval, value: number): number | null => (interval.scope === null ? null : value);
  return REFERENCES.flatMap((reference) =>
    JUDGED.flatMap((measure) => {
      const difference = armDifference(result, MEASURES[measure], reference, armIdOf(winner));
      if (!difference) return [];
      const { mean: middle, low, high } = difference;
      return [{ measure, reference, mean: middle, low: bound(difference, low), high: bound(difference, high) }];
    }),
  );
}
