/** What a search has tried, as points: their measures, how far above the references they are, and who went on. */
import { frontier } from '../../copra/frontier.ts';
import {
  evidenceReading,
  roundMessage,
  roundReading,
  testMessage,
  testReading,
  type ReadRound,
  type ReadTest,
  type ReferenceMeasures,
} from './readings/readings.ts';
import { SCHEDULE_READINGS } from './readings/messages.ts';
import { mean } from '../../core/statistics.ts';
import {
  JUDGED,
  type Judged,
  type ReferenceDifference,
  type Rung,
  type ScheduleSearch,
  type SearchedCandidate,
  type Taken,
  type Tried,
} from '../../study/schedules/schedule-search.ts';
import { fateOf, isReference, isWinner, marginOf, ranked, type Fate } from '../../study/schedules/standing.ts';
import { measuresOf, offeringTest, verdictOf } from '../../study/schedules/verdict.ts';

/** A round: a rung of the search on validation images, or the test of its winner. */
export interface Round {
  /** Place of the rung; that behind the last for the test. */
  readonly place: number;
  readonly rung: Rung;
  readonly isTest: boolean;
}

export const roundsOf = ({ rungs, confirmed }: ScheduleSearch): Round[] => [
  ...rungs.map((rung, place) => ({ place, rung, isTest: false })),
  ...(confirmed ? [{ place: rungs.length, rung: confirmed, isTest: true }] : []),
];

export interface SearchPoint {
  readonly tried: Tried;
  readonly candidate: SearchedCandidate;
  readonly name: string;
  /** Means over seeds or pairs of seeds, in shares; null where none is known. */
  readonly values: Readonly<Record<Judged, number | null>>;
  /** In shares; −Infinity where a measure is not known. */
  readonly margin: number;
  readonly fate: Fate;
  /** It wins the search, after this round or a later one. */
  readonly isWinner: boolean;
  /** No other beats it in all three. */
  readonly isUnbeaten: boolean;
}

export const candidateOf = ({ candidates }: ScheduleSearch, id: string): SearchedCandidate | null =>
  candidates.find((candidate) => candidate.id === id) ?? null;

/** The name of a candidate, as it was taken. */
export function takenName(search: ScheduleSearch, { candidate, take }: Taken): string {
  const name = SCHEDULE_READINGS.called(candidateOf(search, candidate)?.name ?? candidate);
  return take === 'average' ? SCHEDULE_READINGS.averaged(name) : name;
}

const meansOf = (tried: Tried): SearchPoint['values'] => {
  const meanOf = (judged: Judged): number | null => (tried[judged].length > 0 ? mean(tried[judged]) : null);
  return { accuracy: meanOf('accuracy'), kept: meanOf('kept'), midpoint: meanOf('midpoint') };
};

/** Everything of a round, best first. */
export function pointsOf(search: ScheduleSearch, { place, rung }: Round): SearchPoint[] {
  const all = ranked(rung, search.references).flatMap((tried) => {
    const candidate = candidateOf(search, tried.candidate);
    if (!candidate) return [];
    return [
      {
        tried,
        candidate,
        name: takenName(search, tried),
        values: meansOf(tried),
        margin: marginOf(rung, tried, search.references),
        fate: fateOf(search, place, tried),
        isWinner: isWinner(search, tried),
      },
    ];
  });
  const unbeaten = new Set(frontier(all.map(({ values }) => JUDGED.map((judged) => values[judged] ?? NaN))));
  return all.map((point, i) => ({ ...point, isUnbeaten: unbeaten.has(i) }));
}

/** Those that no other beats in two measures, from the largest of the first on. */
export function unbeatenIn(points: readonly SearchPoint[], x: Judged, y: Judged): SearchPoint[] {
  const value = ({ values }: SearchPoint, judged: Judged): number => values[judged] ?? NaN;
  return frontier(points.map((point) => [value(point, x), value(point, y)]))
    .map((place) => points[place])
    .toSorted((a, b) => value(b, x) - value(a, x));
}

const readRound = (search: ScheduleSearch, round: Round, points: readonly SearchPoint[]): ReadRound => ({
  candidates: points.filter(({ tried }) => !isReference(tried, search.references)),
  unbeaten: points.filter(({ isUnbeaten }) => isUnbeaten).length,
  all: points.length,
  seeds: round.rung.seeds.length,
  images: round.rung.images,
  isTest: round.isTest,
});

function byReference(search: ScheduleSearch, differences: readonly ReferenceDifference[]): ReferenceMeasures[] {
  return search.references.flatMap((id) => {
    const measures = measuresOf(differences, id);
    return measures.length > 0 ? [{ reference: takenName(search, { candidate: id, take: 'last' }), measures }] : [];
  });
}

function readTest(search: ScheduleSearch): ReadTest {
  const { kind, below, above } = verdictOf(search);
  return {
    kind,
    winner: search.confirmed ? takenName(search, search.confirmed.winner) : '',
    below: byReference(search, below),
    above: byReference(search, above),
    notAbove: search.references
      .filter((id) => measuresOf(above, id).length === 0)
      .map((id) => takenName(search, { candidate: id, take: 'last' })),
    budget: search.budget,
  };
}

/** What a round says: in one sentence, that of the test where there is one, and in numbers. */
export function roundText(search: ScheduleSearch, round: Round, points: readonly SearchPoint[]) {
  const read = readRound(search, round, points);
  const [tested, own] = [testMessage(readTest(search)), roundMessage(read)];
  return { message: tested ?? own, reading: [tested === null ? '' : own, roundReading(read)].join(' ').trim() };
}

/** What the test of the winner decides, in sentences. */
export const verdictText = (search: ScheduleSearch): string => testReading(readTest(search));

/** Why the winner is offered as a method, in one sentence; null where it is not. */
export function evidenceText(search: ScheduleSearch): string | null {
  const test = offeringTest(search);
  return test && evidenceReading(byReference(search, verdictOf(search).above), test.seeds.length, test.images);
}
