/** The course of the search for a schedule: which studies run, one after the other, and what is known after each. */
import { frozenScores } from '../../src/study/result/frozen.ts';
import type { StudyConfig } from '../../src/study/config/config.ts';
import { drawnImages } from '../../src/study/result/measures/sample.ts';
import type { StudyResult } from '../../src/study/result/result.ts';
import type { Regime } from '../../src/study/schedules/regimes.ts';
import type { Rung, ScheduleSearch } from '../../src/study/schedules/schedule-search.ts';
import {
  candidatesOf,
  confirmedDifferences,
  CONFIRMATION,
  REFERENCES,
  RUNGS,
  rungStudy,
  survivors,
  triedIn,
  winnerOf,
  type Candidate,
} from './schedule-search.ts';

/** Trainings of a study: what is known is kept after so many. */
const AT_ONCE = 4;

export interface Halving {
  readonly regime: Regime;
  /** Share of all steps. */
  readonly budget: number;
  /** Runs a study. Its name is that of no other of the search. */
  readonly run: (name: string, config: StudyConfig, testedOn: 'test' | 'validation') => Promise<StudyResult>;
  /** Awaited after every study. */
  readonly save: (known: ScheduleSearch) => Promise<void>;
  /** Receives the result of the test. */
  readonly onConfirmed: (result: StudyResult) => Promise<void>;
}

/** A search of which nothing is known. */
export const unknownSearch = (regime: Regime, budget: number): ScheduleSearch => ({
  version: 1,
  regime: regime.id,
  budget,
  candidates: candidatesOf(regime).map(({ id, name, method, change }) => ({ id, name, method, change: { ...change } })),
  references: [...REFERENCES],
  rungs: [],
});

/** Whether both are of the same candidates, regime and budget. */
export function isSameSearch(a: ScheduleSearch, b: ScheduleSearch): boolean {
  const described = ({ regime, budget, candidates, references }: ScheduleSearch): string =>
    JSON.stringify([regime, budget, candidates, references]);
  return described(a) === described(b);
}

const shortened = (steps: number, budget: number): number => Math.max(2, Math.round(steps * budget));

/** A rung or the test, with what a study of it found. */
const found = (
  { steps, seeds }: { readonly steps: number; readonly seeds: readonly number[] },
  result: StudyResult,
): Omit<Rung, 'tried'> => ({
  steps,
  seeds: [...seeds],
  images: Math.min(result.task.test, result.config.analyses.testImages ?? Infinity),
  frozen: frozenScores(result.task)?.accuracy ?? 0,
});

/** Adds to a rung what is missing of the candidates, some at a time. */
async function climb(
  { regime, budget, run, save }: Halving,
  start: ScheduleSearch,
  place: number,
  candidates: readonly Candidate[],
): Promise<ScheduleSearch> {
  const plan = { ...RUNGS[place], steps: shortened(RUNGS[place].steps, budget) };
  let known = start;
  for (;;) {
    const tried = known.rungs.at(place)?.tried ?? [];
    const missing = candidates.filter(({ id }) => !tried.some(({ candidate }) => candidate === id));
    if (missing.length === 0) return known;
    const next = missing.slice(0, AT_ONCE);
    const result = await run(`rung-${place + 1}-${next[0].id}`, rungStudy(regime, next, plan), 'validation');
    const rung: Rung = { ...found(plan, result), tried: [...tried, ...triedIn(result, next)] };
    known = { ...known, rungs: [...known.rungs.slice(0, place), rung] };
    await save(known);
  }
}

/** Tests the winner beside the references, once. */
async function confirm(
  { regime, budget, run, save, onConfirmed }: Halving,
  known: ScheduleSearch,
  candidates: readonly Candidate[],
): Promise<ScheduleSearch> {
  const last = known.rungs.at(-1);
  const winner = last && winnerOf(last);
  if (known.confirmed || !winner) return known;
  const plan = { ...CONFIRMATION, steps: shortened(CONFIRMATION.steps, budget) };
  const tested = candidates.filter(({ id }) => id === winner.candidate || REFERENCES.includes(id));
  const result = await run('confirmation', rungStudy(regime, tested, plan), 'test');
  const tried = triedIn(result, tested);
  const { motifs } = drawnImages(result);
  const confirmed = {
    ...found(plan, result),
    ...(motifs !== null && { motifs }),
    tried,
    winner,
    differences: confirmedDifferences(result, winner),
  };
  await onConfirmed(result);
  await save({ ...known, confirmed });
  return { ...known, confirmed };
}

/** @param start what is known so far @returns everything */
export async function runHalving(halving: Halving, start: ScheduleSearch): Promise<ScheduleSearch> {
  let known = start;
  let candidates = candidatesOf(halving.regime);
  for (const [place, { leaves }] of RUNGS.entries()) {
    known = await climb(halving, known, place, candidates);
    candidates = survivors(known.rungs[place], candidates, leaves);
  }
  return confirm(halving, known, candidates);
}
