/**
 * Long work in pieces. Systems reset a card that does not answer for about two seconds: some count a dispatch (Windows), some a submission (amdgpu,
 * Metal). The page's picture stands still while a dispatch lasts, because most cards cannot interrupt one.
 */

/** A dispatch is estimated to take no longer. Far below what resets a card: estimates of attention are too low by a factor of a few. */
const LONGEST_MS = 100;
/** A submission is estimated to take no longer, unless it is one dispatch. */
const LONGEST_SUBMISSION_MS = 300;
/** Most work of a submission while the pace is unknown: a second on a slow card. */
const MOST_FLOPS = 1e11;
/** Most pieces of a dispatch: a pace that is much too low must not make thousands. */
const MOST_PIECES = 64;
/** Less work than this says how long the way to the GPU and back is, and not how fast it computes. */
const LEAST_FLOPS = 1e9;

/** How fast the GPU computes, learned from the work it has done. */
export class Pace {
  private rate: number | null = null;

  /** Multiplications and additions per millisecond, the most that was seen; null: nothing yet. */
  get perMillisecond(): number | null {
    return this.rate;
  }

  /** @param milliseconds from sending the work to having its results: never less than the work took */
  observe(flops: number, milliseconds: number): void {
    if (flops < LEAST_FLOPS) return;
    this.rate = Math.max(this.rate ?? 0, flops / Math.max(1, milliseconds));
  }

  /** Milliseconds for as many multiplications and additions; 0 as long as nothing is known. */
  estimate(flops: number): number {
    return this.rate === null ? 0 : flops / this.rate;
  }
}

/** Whether a submission of so much work takes too long. */
export const isLong = (flops: number, pace: Pace): boolean =>
  pace.perMillisecond === null ? flops > MOST_FLOPS : pace.estimate(flops) > LONGEST_SUBMISSION_MS;

/** Whether pieces that were cut at one pace are far too short at a later one: the first submissions also compile. */
export const areTooShort = (cutAt: number | null, now: number | null): boolean =>
  cutAt !== null && now !== null && now > 1.5 * cutAt;

export interface Piece {
  readonly first: number;
  readonly count: number;
}

/** Cuts `count` workgroups that together take `milliseconds` into nearly equal pieces of at most LONGEST_MS, as far as MOST_PIECES allow. */
export function piecesOf(count: number, milliseconds: number): Piece[] {
  const wanted = Math.min(Math.ceil(milliseconds / LONGEST_MS), MOST_PIECES, count);
  const size = Math.ceil(count / Math.max(1, wanted));
  const pieces: Piece[] = [{ first: 0, count: Math.min(size, count) }];
  for (let first = size; first < count; first += size) pieces.push({ first, count: Math.min(size, count - first) });
  return pieces;
}
