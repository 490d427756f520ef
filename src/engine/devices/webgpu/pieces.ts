/**
 * Long work in pieces. Systems reset a card that does not answer for about two seconds: some count a dispatch (Windows), some a submission (amdgpu,
 * Metal). The page's picture stands still while a dispatch lasts, because most cards cannot interrupt one.
 */

import type { LearnedPace, WorkPace } from '../../engine.ts';

/** A dispatch is estimated to take no longer. Far below what resets a card: estimates of attention are too low by a factor of a few. */
const LONGEST_MS = 100;
/** A submission is estimated to take no longer, unless it is one dispatch. */
const LONGEST_SUBMISSION_MS = 300;
/** Multiplications and additions per millisecond of a slow card: taken while the pace is unknown. */
const SLOW = 1e10 / LONGEST_SUBMISSION_MS;
/** After more losses, work is cut no smaller. */
const MOST_HALVINGS = 3;
/** Most pieces of a dispatch: a pace that is much too low must not make thousands. */
const MOST_PIECES = 64;
/** Less work than this says how long the way to the GPU and back is, and not how fast it computes. */
const LEAST_FLOPS = 1e9;

/** How fast the GPU computes, learned from the work it has done. */
export class Pace implements WorkPace {
  private rate: number | null = null;
  private losses = 0;

  /** Multiplications and additions per millisecond, the most that was seen. */
  get perMillisecond(): number {
    return this.rate ?? SLOW;
  }

  get learned(): LearnedPace {
    return { perMillisecond: this.rate, losses: this.losses };
  }

  beginAfterLoss({ perMillisecond, losses }: LearnedPace): void {
    this.rate = perMillisecond;
    this.losses = losses + 1;
  }

  forgive(): void {
    this.losses = Math.max(0, this.losses - 1);
  }

  /** Milliseconds that a dispatch may take. */
  get longestMs(): number {
    return LONGEST_MS / this.halved;
  }

  /** Milliseconds that a submission may take, unless it is one dispatch. */
  get longestSubmissionMs(): number {
    return LONGEST_SUBMISSION_MS / this.halved;
  }

  /** What was too long for the card that was lost is not given to its successor again. */
  private get halved(): number {
    return 2 ** Math.min(this.losses, MOST_HALVINGS);
  }

  /** @param milliseconds from sending the work to having its results: never less than the work took */
  observe(flops: number, milliseconds: number): void {
    if (flops < LEAST_FLOPS) return;
    this.rate = Math.max(this.rate ?? 0, flops / Math.max(1, milliseconds));
  }

  /** Milliseconds for as many multiplications and additions. */
  estimate(flops: number): number {
    return flops / this.perMillisecond;
  }
}

/** Whether a submission of so much work takes too long. */
export const isLong = (flops: number, pace: Pace): boolean => pace.estimate(flops) > pace.longestSubmissionMs;

/** Whether pieces that were cut at one pace are far too short at a later one: the first submissions also compile. */
export const areTooShort = (cutAt: number | null, now: number): boolean => cutAt !== null && now > 1.5 * cutAt;

export interface Piece {
  readonly first: number;
  readonly count: number;
}

/** Cuts `count` workgroups that together take `milliseconds` into nearly equal pieces of at most `longest`, as far as MOST_PIECES allow. */
export function piecesOf(count: number, milliseconds: number, longest: number): Piece[] {
  const wanted = Math.min(Math.ceil(milliseconds / longest), MOST_PIECES, count);
  const size = Math.ceil(count / Math.max(1, wanted));
  const pieces: Piece[] = [{ first: 0, count: Math.min(size, count) }];
  for (let first = size; first < count; first += size) pieces.push({ first, count: Math.min(size, count - first) });
  return pieces;
}
