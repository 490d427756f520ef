/**
 * Remembers that a graphics card is being tried, over the end of the page: some drivers take the browser or the whole device down with them, and a page that tries again
 * at every visit would do so at every visit.
 */
import type { UseStore } from '../platform/indexed-db.ts';
import { DeviceLostError } from './errors.ts';
import { isWithinDays } from './measured-lately.ts';

/** How long a tab waits for the try of another. */
const TURN_MS = 60_000;
/** Days for which a try that did not come back is held against a card, for each time in a row. */
const HELD_DAYS = 30;

/** What is written down of a card while it is tried. */
interface Mark {
  readonly key: string;
  /** The browser, which tells its version and not that of the driver. */
  readonly browser: string;
  /** ISO 8601 */
  readonly date: string;
  /** Tries in a row that have not come back, if this one does not. */
  readonly times: number;
}

/**
 * Whether a card is left alone: for a month after one try that did not come back, for two after two, and as long as the browser is the same. With a newer one come other
 * workarounds, and by then maybe another driver. A mark of an earlier release, which wrote its key alone, does not hold.
 */
const isHeld = ({ browser, date = '', times = 1 }: Partial<Mark>, browserNow: string, now: number): boolean =>
  browser === browserNow || isWithinDays(date, times * HELD_DAYS, now);

/** Is told of a failure that the work goes on after. */
export type NoteFailure = (error: unknown) => void;

export interface Trials {
  /**
   * Tries a card, while no other tab does. What it is called is written down before, and taken away when the work has come back, well or not, unless the card was lost: a
   * driver that takes the browser's GPU process down leaves the page alive.
   */
  of<T>(card: string, work: (note: NoteFailure) => Promise<T>): Promise<T>;
  /** As `of`. @returns null where the card's last try has not come back, and that is still held against it */
  ifItCameBack<T>(card: string, work: (note: NoteFailure) => Promise<T>): Promise<{ readonly result: T } | null>;
}

/**
 * Where the browser keeps no data, every try is the first.
 * @param use the store of cards that are being tried @param browser with its version @param now milliseconds since 1970
 */
export function browserTrials(
  use: UseStore,
  locks: Pick<LockManager, 'request'> | undefined,
  browser: string,
  now: () => number = Date.now,
): Trials {
  /** Undefined where nothing can be kept. */
  const kept = async <T>(operation: Promise<T>): Promise<T | undefined> => operation.catch(() => undefined);
  const markOf = async (card: string): Promise<Partial<Mark> | undefined> =>
    (await kept(use<unknown>('readonly', (store) => store.get(card)))) as Partial<Mark> | undefined;

  const tried = async <T>(card: string, work: (note: NoteFailure) => Promise<T>): Promise<T> => {
    const { times = 0 } = (await markOf(card)) ?? {};
    const mark: Mark = { key: card, browser, date: new Date(now()).toISOString(), times: times + 1 };
    await kept(use('readwrite', (store) => store.put(mark)));
    let isLost = false;
    const note = (error: unknown): void => void (isLost ||= error instanceof DeviceLostError);
    try {
      return await work(note);
    } catch (error) {
      note(error);
      throw error;
    } finally {
      if (!isLost) await kept(use('readwrite', (store) => store.delete(card)));
    }
  };

  /** A card that another tab is trying has not failed to come back. */
  const inTurn = <T>(attempt: () => Promise<T>): Promise<T> => {
    if (!locks) return attempt();
    let hasBegun = false;
    const turn = (): Promise<T> => {
      hasBegun = true;
      return attempt();
    };
    return locks.request('copra-gpu-trial', { signal: AbortSignal.timeout(TURN_MS) }, turn).catch((error: unknown) => {
      // Browsers refuse locks where they keep no data, and another tab may have fallen asleep in its try.
      if (hasBegun) throw error;
      return attempt();
    });
  };

  return {
    of: (card, work) => inTurn(() => tried(card, work)),
    ifItCameBack: (card, work) =>
      inTurn(async () => {
        const mark = await markOf(card);
        return mark && isHeld(mark, browser, now()) ? null : { result: await tried(card, work) };
      }),
  };
}
