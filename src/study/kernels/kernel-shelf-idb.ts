/** Keeps what was found about kernels in the browser. */
import type { TuningRecord } from '../../engine/kernel-tuning.ts';
import { objectStore } from '../../platform/indexed-db.ts';
import type { KernelShelf } from './kernel-shelf.ts';
import { readTuningRecord } from './tuning-record.ts';

export interface BrowserShelf extends KernelShelf {
  /** Of every device, the latest first. */
  all(): Promise<TuningRecord[]>;
  /** Forgets a device. */
  remove(key: string): Promise<void>;
}

/** Every operation rejects where the browser keeps no data. */
export function browserShelf(factory: IDBFactory): BrowserShelf {
  const use = objectStore(factory, 'copra-kernels', 'records', 'strict');
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
