/** Parts one after the other within a fixed time. Pure but for the clock and the parts it is given, so that a scripted clock can test it. */
import { errorText } from '../../src/core/error-text.ts';

/** @typeParam I ids of parts */
export interface Part<I extends string> {
  readonly id: I;
  /** Its share of the time, in seconds, beside those of the other parts. */
  readonly seconds: number;
  /** With fewer seconds it is not begun. */
  readonly least: number;
}

/** stopped: its time was up; what it had found by then counts. */
export type PartState = 'done' | 'stopped' | 'failed' | 'skipped';

/** How a part ended. @typeParam R what parts find */
export interface Ended<R> {
  readonly state: 'done' | 'stopped' | 'failed';
  /** Null where it found nothing. */
  readonly found: R | null;
  /** Why it did not get to its end; null where it did. */
  readonly why: string | null;
}

export interface Outcome<I extends string, R> {
  readonly id: I;
  readonly state: PartState;
  /** Seconds it was allowed, and took. */
  readonly allowed: number;
  readonly took: number;
  readonly why: string | null;
  readonly found: R | null;
}

export interface Schedule<I extends string, R> {
  /** Seconds for all parts together. */
  readonly total: number;
  /** Seconds, rising. */
  readonly now: () => number;
  /** Runs a part; ends it when its seconds are over. `tell` takes what it has found so far. */
  readonly run: (id: I, seconds: number, tell: (found: R) => void) => Promise<Ended<R>>;
  readonly onPart?: (id: I, seconds: number) => void;
  /** Whenever more is found: how all parts would have ended if this were the end. */
  readonly onFound?: (outcomes: readonly Outcome<I, R>[]) => void;
  /** Why no further part is begun; null while parts are. */
  readonly ended?: () => string | null;
}

/**
 * Every part is allowed its share of what is left, beside the parts behind it: what a short one leaves over goes to the others, and what a long one is
 * allowed is never taken from them. A part that fails takes nothing with it.
 */
export async function runInTime<I extends string, R>(
  parts: readonly Part<I>[],
  { total, now, run, onPart, onFound, ended }: Schedule<I, R>,
): Promise<Outcome<I, R>[]> {
  const end = now() + total;
  const outcomes: Outcome<I, R>[] = [];
  const skipped = (id: I, allowed: number, why: string): Outcome<I, R> => ({
    id,
    state: 'skipped',
    allowed,
    took: 0,
    why,
    found: null,
  });
  for (const [place, { id, seconds, least }] of parts.entries()) {
    const left = Math.max(0, end - now());
    const shares = parts.slice(place).reduce((sum, part) => sum + part.seconds, 0);
    const allowed = (left * seconds) / shares;
    const reason =
      ended?.() ??
      (allowed < least ? `needs ${Math.round(least)} s, and ${Math.round(allowed)} were left for it` : null);
    if (reason !== null) {
      outcomes.push(skipped(id, allowed, reason));
      continue;
    }
    onPart?.(id, allowed);
    const from = now();
    const behind = parts.slice(place + 1).map((part) => skipped(part.id, 0, 'was not reached'));
    const tell = (found: R): void =>
      onFound?.([
        ...outcomes,
        { id, state: 'stopped', allowed, took: now() - from, why: 'was under way', found },
        ...behind,
      ]);
    const one = await run(id, allowed, tell).catch((error: unknown): Ended<R> => ({
      state: 'failed',
      found: null,
      why: errorText(error),
    }));
    outcomes.push({ id, allowed, took: now() - from, ...one });
    onFound?.([...outcomes, ...behind]);
  }
  return outcomes;
}
