/** What was found about the kernels of this device, as the browser keeps it: brought from a file, forgotten, or found by a study. */
import { createStore, type StoreApi } from 'zustand/vanilla';
import { errorText } from '../../core/error-text.ts';
import type { Said } from '../../core/language/catalogue.ts';
import { measuredAt, type TuningRecord } from '../../engine/kernel-tuning.ts';
import { newestOnly } from '../../platform/newest-only.ts';
import type { BrowserShelf } from '../../study/kernels/kernel-shelf-idb.ts';
import { readTuningFile } from '../../study/kernels/tuning-record.ts';

/** How what the reader did last ended. */
export type Outcome =
  | { readonly kind: 'opened'; readonly device: string }
  | { readonly kind: 'forgotten' }
  /** The file holds nothing about kernels. */
  | { readonly kind: 'foreign' }
  /** The file cannot be read, or the browser keeps no data. */
  | { readonly kind: 'failed'; readonly why: Said };

export interface KernelRecordsState {
  /** The latest of all devices; null: there is none. */
  readonly record: TuningRecord | null;
  readonly outcome: Outcome | null;
}

export interface KernelRecords extends StoreApi<KernelRecordsState> {
  /** Reads again what is kept. */
  readonly refresh: () => Promise<void>;
  /** Keeps what a file of another device of this kind holds, as the latest. */
  readonly open: (file: Blob) => Promise<void>;
  readonly forget: (record: TuningRecord) => Promise<void>;
}

/** @param now milliseconds since 1970 */
export function createKernelRecords(
  shelf: Pick<BrowserShelf, 'all' | 'save' | 'remove'>,
  now: () => number = Date.now,
): KernelRecords {
  const store = createStore<KernelRecordsState>(() => ({ record: null, outcome: null }));
  const begin = newestOnly();
  const refresh = async (): Promise<void> => {
    const isNewest = begin();
    try {
      const [latest] = await shelf.all();
      if (isNewest()) store.setState({ record: latest ?? null });
    } catch {
      // A browser that keeps nothing has nothing to show.
    }
  };
  const act = async (work: () => Promise<Outcome>): Promise<void> => {
    store.setState({ outcome: null });
    try {
      store.setState({ outcome: await work() });
    } catch (error) {
      store.setState({ outcome: { kind: 'failed', why: () => errorText(error) } });
    }
    await refresh();
  };
  return {
    ...store,
    refresh,
    open: (file) =>
      act(async () => {
        const opened = await readTuningFile(file);
        if (!opened) return { kind: 'foreign' };
        await shelf.save(measuredAt(opened, now()));
        return { kind: 'opened', device: opened.device };
      }),
    forget: ({ key }) =>
      act(async () => {
        await shelf.remove(key);
        return { kind: 'forgotten' };
      }),
  };
}
