/**
 * Remembers that a graphics card is being tried, over the end of the page: some drivers take the browser or the whole device down with them, and a page that tries again
 * at every visit would do so at every visit.
 */
import { objectStore } from '../platform/indexed-db.ts';

export interface Trials {
  /**
   * Tries a card, while no other tab does. What it is called is written down before, and taken away when the work has come back, well or not.
   * @param again whether a card is tried whose last try has not come back
   * @returns null where it is not tried
   */
  of<T>(card: string, again: boolean, work: () => Promise<T>): Promise<{ readonly result: T } | null>;
}

/** Where the browser keeps no data, every try is the first. */
export function browserTrials(factory: IDBFactory, locks: Pick<LockManager, 'request'> | undefined): Trials {
  const use = objectStore(factory, 'copra-gpu-trials', 'trials');
  /** Undefined where nothing can be kept. */
  const kept = async <T>(operation: Promise<T>): Promise<T | undefined> => operation.catch(() => undefined);
  return {
    of(card, again, work) {
      const attempt = async () => {
        if (!again && (await kept(use<unknown>('readonly', (store) => store.get(card)))) !== undefined) return null;
        await kept(use('readwrite', (store) => store.put({ key: card })));
        try {
          return { result: await work() };
        } finally {
          await kept(use('readwrite', (store) => store.delete(card)));
        }
      };
      // A card that another tab is trying has not failed to come back.
      return locks ? locks.request('copra-gpu-trial', attempt) : attempt();
    },
  };
}
