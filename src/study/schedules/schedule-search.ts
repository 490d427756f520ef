/**
 * ScheduleSearch: what a search for a schedule has tried and found, as a file. Candidates are trained for longer and longer, and only the best go on (successive
 * halving). Scores of one candidate are of one training; each is also taken as the mean of its last adapters.
 */
import * as v from 'valibot';
import { METHOD_IDS } from '../../copra/methods/registry.ts';
import { count, finite, labelText, share, shares } from '../result/measured.ts';
import { SCHEDULE_CHECKS } from './messages.ts';

/** The regimes in which schedules are searched (regimes.ts). */
export const REGIME_IDS = ['plenty', 'few'] as const;
export type RegimeId = (typeof REGIME_IDS)[number];

/** What a candidate is judged by: test accuracy, gain kept with every other layer on, accuracy half-way between two seeds on the factor path. */
export const JUDGED = ['accuracy', 'kept', 'midpoint'] as const;
export type Judged = (typeof JUDGED)[number];

/** Each is also taken as the mean of its last adapters, which costs no training. */
export const TAKES = ['last', 'average'] as const;
export type Take = (typeof TAKES)[number];

/** A search tries dozens of candidates. Files of more are made to harm: every one is a point of a chart. */
const MOST = { candidates: 1000, rungs: 50, seeds: 100 } as const;

const idText = v.pipe(v.string(), v.regex(/^[a-z0-9-]{1,19}$/));
/** A list that is no longer than a search has it. */
const few = <Item extends v.GenericSchema>(item: Item, most: number) => v.pipe(v.array(item), v.maxLength(most));
const ofSeeds = v.pipe(shares, v.maxLength(MOST.seeds));
const ofPairs = v.pipe(shares, v.maxLength((MOST.seeds * (MOST.seeds - 1)) / 2));

const takenEntries = { candidate: idText, take: v.picklist(TAKES) };

/** Adapters of one candidate after one rung, taken in one way. */
const TriedSchema = v.object({
  ...takenEntries,
  /** One per seed. */
  accuracy: ofSeeds,
  /** Gain kept with every other layer on, one per seed; seeds that gained too little to say are left out. */
  kept: few(finite, MOST.seeds),
  /** Accuracy half-way between two seeds on the factor path, one per pair. */
  midpoint: ofPairs,
});
export type Tried = v.InferOutput<typeof TriedSchema>;
export type Taken = Pick<Tried, 'candidate' | 'take'>;

const RungSchema = v.object({
  steps: count,
  seeds: few(count, MOST.seeds),
  /** On which each is judged. */
  images: count,
  /** Accuracy of the backbone alone. */
  frozen: share,
  tried: few(TriedSchema, MOST.candidates * TAKES.length),
});
export type Rung = v.InferOutput<typeof RungSchema>;

const DifferenceSchema = v.object({
  measure: v.picklist(JUDGED),
  reference: idText,
  mean: finite,
  /** Of the 95 % interval over seeds and images; null where there are too few seeds. */
  low: v.nullable(finite),
  high: v.nullable(finite),
});
export type ReferenceDifference = v.InferOutput<typeof DifferenceSchema>;

const CandidateSchema = v.object({
  /** Ids of its arms begin with it. */
  id: idText,
  name: v.pipe(labelText, v.nonEmpty()),
  method: v.picklist(METHOD_IDS),
  /** What it changes in the second arm of the regime. */
  change: v.record(labelText, v.unknown()),
});
export type SearchedCandidate = v.InferOutput<typeof CandidateSchema>;

const entries = {
  version: v.literal(1),
  regime: labelText,
  /** Share of the steps of the real search. */
  budget: v.pipe(v.number(), v.gtValue(0), v.maxValue(1)),
  candidates: few(CandidateSchema, MOST.candidates),
  references: few(idText, MOST.candidates),
  rungs: few(RungSchema, MOST.rungs),
  /** On test images, with fresh seeds: the winner against the references. Absent until it is done. */
  confirmed: v.optional(
    v.object({
      ...RungSchema.entries,
      /** How many motifs the test images show. Absent in tests of earlier versions: each image counts as its own. */
      motifs: v.optional(count),
      winner: v.object(takenEntries),
      differences: few(DifferenceSchema, MOST.candidates * JUDGED.length),
    }),
  ),
};
const AnySearchSchema = v.object(entries);
export type ScheduleSearch = v.InferOutput<typeof AnySearchSchema>;
export type Confirmed = NonNullable<ScheduleSearch['confirmed']>;

export const sameTaken = (a: Taken, b: Taken): boolean => a.candidate === b.candidate && a.take === b.take;

const rungsOf = ({ rungs, confirmed }: ScheduleSearch): Rung[] => [...rungs, ...(confirmed ? [confirmed] : [])];

/** The first candidate that is named somewhere and is not one of the search's; null if there is none. */
function stranger(search: ScheduleSearch): string | null {
  const known = new Set(search.candidates.map(({ id }) => id));
  const named = [
    ...search.references,
    ...rungsOf(search).flatMap(({ tried }) => tried.map(({ candidate }) => candidate)),
    ...(search.confirmed ? [search.confirmed.winner.candidate] : []),
    ...(search.confirmed?.differences.map(({ reference }) => reference) ?? []),
  ];
  return named.find((id) => !known.has(id)) ?? null;
}

/** The first candidate that is there twice; null if none is. */
function twice({ candidates, ...search }: ScheduleSearch): string | null {
  const repeated = <T>(all: readonly T[], same: (a: T, b: T) => boolean): T | undefined =>
    all.find((one, i) => all.findIndex((other) => same(one, other)) < i);
  const inRungs = rungsOf({ candidates, ...search }).map(({ tried }) => repeated(tried, sameTaken)?.candidate);
  return repeated(candidates, (a, b) => a.id === b.id)?.id ?? inRungs.find((id) => id !== undefined) ?? null;
}

/** Values of one rung are of no more seeds, and pairs of them, than it has. */
const hasItsSeeds = ({ seeds, tried }: Rung): boolean =>
  tried.every(
    ({ accuracy, kept, midpoint }) =>
      Math.max(accuracy.length, kept.length) <= seeds.length &&
      midpoint.length <= (seeds.length * (seeds.length - 1)) / 2,
  );

export const ScheduleSearchSchema = v.pipe(
  AnySearchSchema,
  v.check(
    (search) => stranger(search) === null,
    ({ input }) => SCHEDULE_CHECKS.noCandidate(stranger(input) ?? ''),
  ),
  v.check(
    (search) => twice(search) === null,
    ({ input }) => SCHEDULE_CHECKS.candidateTwice(twice(input) ?? ''),
  ),
  v.check(
    (search) => rungsOf(search).every(hasItsSeeds),
    () => SCHEDULE_CHECKS.moreThanSeeds,
  ),
);
