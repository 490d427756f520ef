/** One store of values in the browser's IndexedDB. */
import { unlessSilent } from './unless-silent.ts';

/** Seconds after which a database counts as one that keeps nothing: with a damaged profile, browsers never answer, and devices open with what is kept there. */
const PATIENCE = 10;

const settled = <T>(request: IDBRequest<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error('The database of the browser failed.'));
  });

const ended = (transaction: IDBTransaction): Promise<void> =>
  new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onabort = () => reject(transaction.error ?? new Error('The database of the browser failed.'));
  });

function open(factory: IDBFactory, database: string, store: string): Promise<IDBDatabase> {
  const request = factory.open(database, 1);
  request.onupgradeneeded = () => request.result.createObjectStore(store, { keyPath: 'key' });
  return settled(request);
}

/** Does one thing with a store; rejects where the browser keeps no data, or does not answer. */
export type UseStore = <T>(mode: IDBTransactionMode, work: (store: IDBObjectStore) => IDBRequest<T>) => Promise<T>;

/**
 * Values are named by their property `key`.
 * @param durability 'strict' for what is written down before something that may take the whole device down
 */
export function objectStore(
  factory: IDBFactory,
  database: string,
  store: string,
  durability: IDBTransactionDurability = 'default',
): UseStore {
  const use: UseStore = async (mode, work) => {
    const opened = await open(factory, database, store);
    try {
      const transaction = opened.transaction(store, mode, { durability });
      const written = ended(transaction);
      written.catch(() => {}); // The request that failed says why.
      const result = await settled(work(transaction.objectStore(store)));
      await written;
      return result;
    } finally {
      opened.close();
    }
  };
  return (mode, work) => unlessSilent(use(mode, work), PATIENCE);
}
