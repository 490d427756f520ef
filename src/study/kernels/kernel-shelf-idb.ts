/** Keeps what was found about kernels in the browser. */
import type { TuningRecord } from '../../engine/kernel-tuning.ts';
import type { KernelShelf } from './kernel-shelf.ts';
import { readTuningRecord } from './tuning-record.ts';

const DATABASE = 'copra-kernels';
const STORE = 'records';

const result = <T>(request: IDBRequest<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error('The database of kernels failed.'));
  });

function open(factory: IDBFactory): Promise<IDBDatabase> {
  const request = factory.open(DATABASE, 1);
  request.onupgradeneeded = () => request.result.createObjectStore(STORE, { keyPath: 'key' });
  return result(request);
}

export interface BrowserShelf extends KernelShelf {
  /** Of every device, the latest first. */
  all(): Promise<TuningRecord[]>;
  /** Forgets a device. */
  remove(key: string): Promise<void>;
}

/** Every operation rejects where the browser keeps no data. */
export function browserShelf(factory: IDBFactory): BrowserShelf {
  const use = async <T>(mode: IDBTransactionMode, work: (store: IDBObjectStore) => IDBRequest<T>): Promise<T> => {
    const database = await open(factory);
    try {
      return await result(work(database.transaction(STORE, mode).objectStore(STORE)));
    } finally {
      database.close();
    }
  };
  return {
    load: async (key) => readTuningRecord(await use<unknown>('readonly', (store) => store.get(key))),
    save: async (record) => void (await use('readwrite', (store) => store.put(record))),
    all: async () =>
      (await use<unknown[]>('readonly', (store) => store.getAll()))
        .flatMap((kept) => readTuningRecord(kept) ?? [])
        .sort((a, b) => b.date.localeCompare(a.date)),
    remove: async (key) => void (await use('readwrite', (store) => store.delete(key))),
  };
}
