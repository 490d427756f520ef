/** How the time is divided: decisions on numbers alone, so that a scripted clock can test them. */
import { quantile } from '../../core/statistics.ts';
import { GROWTH, type Run } from '../in-flight.ts';
import type { Timing } from './measurement.ts';

/** Seconds for everything. */
export const MEASURING_SECONDS = { least: 2, usual: 40, most: 3600 } as const;

/** The further pieces of a timed run last this long at least, in seconds: browsers round their clocks to as much as a millisecond. */
const LEAST_RUN = 0.03;
/** They also last so many times what an empty round trip takes, which is never twice the same. */
const TRIPS = 5;
/** A piece alone that lasts so many empty round trips needs no others beside it. */
const ALONE = 20;
/** Pieces in one timed run at most: a queue on a card should not grow without end. */
const MOST_PIECES = 256;
/** More would make medians little better. */
const MOST_REPETITIONS = 9;
/** A run that is expected to take more than so many times its share is left out. */
const PATIENCE = 3;
/** What takes less than this share of a contender's whole time is done even when the time is spent. */
const FREE = 0.1;

/** A task that is still to come. */
export interface Pending {
  readonly weight: number;
  /** Seconds of its least piece, as far as known. */
  readonly expected: number | null;
}

/**
 * Seconds of a contender for its next task: by weight, beside what it may still do later. Tasks that it has no time for anyway keep no time back.
 * @param left seconds of this contender @param task the next one @param later those after it
 */
export function allowance(left: number, [task, ...later]: readonly Pending[]): number {
  const possible = later.filter(({ expected }) => expected === null || expected <= left);
  const weights = possible.reduce((sum, { weight }) => sum + weight, task.weight);
  return Math.max(0, (left * task.weight) / weights);
}

/** How long the next piece is expected to take, in seconds. */
export interface Expected {
  /** Seconds of a piece at the contender's rate when warm; null where nothing is known of it yet. */
  readonly warm: number | null;
  /** At the rate of its last run, which may have compiled. */
  readonly cold: number | null;
}

/** Whether a single piece would take too long. @param allowed seconds for the task @param whole all seconds of the contender */
export function isTooLong({ warm, cold }: Expected, allowed: number, whole: number): boolean {
  if (warm !== null && warm <= PATIENCE * allowed) return false;
  return cold !== null && cold > Math.max(FREE * whole, PATIENCE * allowed);
}

/**
 * Whether a second run may follow a first one of so many seconds. It may take more than its share: the first one compiles, and tells little of the second.
 * @param left seconds of this contender @param whole all its seconds
 */
export const mayRepeat = (seconds: number, left: number, whole: number): boolean =>
  seconds < Math.max((FREE / 2) * whole, left / 2);

/**
 * Pieces of the next try; null where this run tells what a piece takes: alone, or by what the further ones add to one.
 * @param trip seconds of an empty round trip: what of a lone piece may be no work
 */
export function nextPieces({ pieces, lone, all }: Run, trip: number): number | null {
  const needed = Math.max(LEAST_RUN, TRIPS * trip);
  const seen = pieces > 1 ? all - lone : lone - trip;
  const isEnough = pieces > 1 ? seen >= needed : lone >= Math.max(LEAST_RUN, ALONE * trip);
  if (isEnough || pieces >= MOST_PIECES) return null;
  if (seen <= trip) return Math.min(MOST_PIECES, GROWTH * pieces);
  const each = seen / Math.max(1, pieces - 1);
  return Math.min(MOST_PIECES, Math.max(pieces, Math.ceil(needed / each)) + 1);
}

/** Runs like this that are made. @param left of the allowance */
export function repetitionsOf({ pieces, lone, all }: Run, left: number): number {
  const seconds = pieces > 1 ? lone + all : lone;
  return Math.max(1, Math.min(MOST_REPETITIONS, Math.floor(left / Math.max(seconds, Number.MIN_VALUE))));
}

/** Whether a contender with `own` repetitions has its turn in a round, so that fewer are spread evenly over `most` rounds. */
export const hasTurn = (round: number, own: number, most: number): boolean =>
  Math.floor(((round + 1) * own) / most) > Math.floor((round * own) / most);

/**
 * Seconds of the whole task from those of single pieces.
 * @param samples at least one. @param perTask pieces of the task. @param pieces in one run
 */
export function timingOfPieces(samples: readonly number[], perTask: number, pieces: number, warm: boolean): Timing {
  const at = (probability: number): number => perTask * quantile(samples, probability);
  return {
    median: at(0.5),
    low: at(0.25),
    high: at(0.75),
    repetitions: samples.length,
    part: pieces / perTask,
    warm,
  };
}
