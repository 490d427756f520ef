/**
 * Remembers that a graphics card is being tried, over the end of the page: some drivers take the browser or the whole device down with them, and a page that tries again
 * at every visit would do so at every visit.
 */
import type { UseStore } from '../platform/indexed-db.ts';

/** How long a tab waits for the try of another. */
const TURN_MS = 60_000;

export interface Trials {
  /** Tries a card, while no other tab does. What it is called is written down before, and taken away when the work has come back, well or not. */
  of<T>(card: string, work: () => Promise<T>): Promise<T>;
  /** As `of`. @returns null where the card's last try has not come back: it is not tried again */
  ifItCameBack<T>(card: string, work: () => Promise<T>): Promise<{ readonly result: T } | null>;
}

/**
 * Where the browser keeps no data, every try is the first.
 * @param use the store of cards that are being tried
 */
export function browserTrials(use: UseStore, locks: Pick<LockManager, 'request'> | undefined): Trials {
  /** Undefined where nothing can be kept. */
  const kept = async <T>(operation: Promise<T>): Promise<T | undefined> => operation.catch(() => undefined);
  const wasLost = async (card: string): Promise<boolean> =>
    (await kept(use<unknown>('readonly', (store) => store.get(card)))) !== undefined;

  const tried = async <T>(card: string, work: () => Promise<T>): Promise<T> => {
    await kept(use('readwrite', (store) => store.put({ key: card })));
    try {
      return await work();
    } finally {
      await kept(use('readwrite', (store) => store.delete(card)));
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
      inTurn(async () => ((await wasLost(card)) ? null : { result: await tried(card, work) })),
  };
}
