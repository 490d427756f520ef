/** Runs of a contender against the clock: of next to nothing, of one piece alone, and of as many as tell what one takes. */
import { quantile } from '../../core/statistics.ts';
import type { Run } from '../in-flight.ts';
import type { Contender, Work } from './contender.ts';
import { nextPieces } from './plan.ts';

/** Empty round trips that are timed. */
const TIMED_TRIPS = 5;

/** A clock that can be stopped. */
export interface Stopwatch {
  /** Seconds that only rise. */
  readonly now: () => number;
  readonly signal: AbortSignal;
  /** Ends the task of the event loop between runs, so that a cancellation arrives. */
  readonly between: () => Promise<void>;
}

/** Seconds that `act` takes of a contender. @throws the signal's reason when cancelled, and what `act` throws */
export async function timed(
  { now, signal, between }: Stopwatch,
  contender: Contender,
  act: () => Promise<unknown>,
): Promise<number> {
  await between();
  signal.throwIfAborted();
  await contender.select();
  const from = now();
  await act();
  return now() - from;
}

/** Seconds of an empty round trip, as a rule. */
export async function timedTrip(watch: Stopwatch, contender: Contender): Promise<number> {
  const seconds: number[] = [];
  for (let i = 0; i <= TIMED_TRIPS; i++) seconds.push(await timed(watch, contender, () => contender.roundTrip()));
  return quantile(seconds.slice(1), 0.5); // the first one compiles
}

/** Warm runs of one task, of which each knows those before. */
export interface TimedRuns {
  /** One piece alone, and then, where there are several, all of them together. */
  of(pieces: number): Promise<Run>;
  /** Tries more and more pieces until a run tells what one takes, or it is late. @param trip seconds of an empty round trip */
  untilTold(trip: number, isLate: () => boolean): Promise<Run>;
}

/** @param work set up on the device of `contender` */
export function createTimedRuns(watch: Stopwatch, contender: Contender, work: Work): TimedRuns {
  const lone: number[] = [];
  const secondsOf = (pieces: number): Promise<number> => timed(watch, contender, () => work.run(pieces));
  const of = async (pieces: number): Promise<Run> => {
    const alone = await secondsOf(1);
    lone.push(alone);
    // One that was disturbed would make the others look fast.
    const usual = quantile(lone, 0.5);
    return { pieces, lone: usual, all: pieces === 1 ? alone : await secondsOf(pieces) };
  };
  return {
    of,
    async untilTold(trip, isLate) {
      let run = await of(1);
      for (;;) {
        const pieces = nextPieces(run, trip);
        if (pieces === null || isLate()) return run;
        run = { pieces, lone: run.lone, all: await secondsOf(pieces) };
      }
    },
  };
}
