/** One store of values in the browser's IndexedDB. */

const settled = <T>(request: IDBRequest<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error('The database of the browser failed.'));
  });

function open(factory: IDBFactory, database: string, store: string, keyPath: string): Promise<IDBDatabase> {
  const request = factory.open(database, 1);
  request.onupgradeneeded = () => request.result.createObjectStore(store, { keyPath });
  return settled(request);
}

/** Does one thing with a store; rejects where the browser keeps no data. */
export type UseStore = <T>(mode: IDBTransactionMode, work: (store: IDBObjectStore) => IDBRequest<T>) => Promise<T>;

/** @param keyPath the property of its values that names them */
export function objectStore(factory: IDBFactory, database: string, store: string, keyPath: string): UseStore {
  return async (mode, work) => {
    const opened = await open(factory, database, store, keyPath);
    try {
      return await settled(work(opened.transaction(store, mode).objectStore(store)));
    } finally {
      opened.close();
    }
  };
}
