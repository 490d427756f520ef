/** "Data sets on this device": lists, stores, opens, renames and deletes data sets kept between visits. Nothing is sent anywhere. */
import { createStore, type StoreApi } from 'zustand/vanilla';
import { errorText } from '../../core/error-text.ts';
import type { Said } from '../../core/language/catalogue.ts';
import type { DatasetStorage, StoredEntry } from '../../data/stored/storage.ts';
import { inTurn } from '../../platform/in-turn.ts';
import { NothingKept } from '../../platform/origin-files.ts';
import { randomId } from '../../platform/random-id.ts';
import type { ImageGeometry } from '../../model/image-geometry.ts';
import type { DatasetStore } from './dataset-store.ts';

export interface StoredState {
  /** Null until storage has been read. */
  readonly entries: readonly StoredEntry[] | null;
  /** Bytes free for this page; null when unknown. */
  readonly free: number | null;
  readonly busy: boolean;
  /** Why this browser keeps no data sets at all; null where it does. */
  readonly refused: Said | null;
  /** Why the last action on the list failed, and what to do. */
  readonly error: Said | null;
  /** Why the images on the page could not be stored. */
  readonly keepError: Said | null;
}

export interface StoredStore extends StoreApi<StoredState> {
  /** Reads the list. The data set on the page is called as its copy is, and not kept any more where that is gone. */
  refresh(): Promise<void>;
  /** Stores the prepared images with their edits, replacing the copy they were opened from. */
  keep(): Promise<void>;
  /** @returns whether it was opened */
  open(id: string, geometry: ImageGeometry): Promise<boolean>;
  rename(id: string, name: string): Promise<void>;
  remove(id: string): Promise<void>;
}

/** @param given another storage than the files of this page, whose code comes when data sets are first asked for */
export function createStoredStore(dataset: DatasetStore, given?: DatasetStorage): StoredStore {
  let storage: DatasetStorage | null = null;
  const open = async (): Promise<DatasetStorage> => {
    if (storage) return storage;
    storage = given ?? (await import('../../data/stored/opfs.ts')).opfsDatasets();
    storage.follow(() => void refresh());
    return storage;
  };
  const store = createStore<StoredState>(() => ({
    entries: null,
    free: null,
    busy: false,
    refused: null,
    error: null,
    keepError: null,
  }));
  /** The data set on the page follows its copy, which this tab or another may have renamed, deleted, or put another in the place of. */
  const followCopy = (id: string, before: StoredState['entries'], now: readonly StoredEntry[]): void => {
    const copyIn = (entries: StoredState['entries']) => entries?.find((entry) => entry.id === id);
    const [was, is] = [copyIn(before), copyIn(now)];
    if (!is) dataset.kept(null);
    if (!was?.info || !is?.info || is.info.name === was.info.name) return;
    const { keptCurrent } = dataset.getState();
    dataset.call(is.info.name);
    if (keptCurrent) dataset.kept(id);
  };
  const refresh = inTurn(async () => {
    const { keptId } = dataset.getState(); // a copy that is written meanwhile is not in the list
    const { entries: before } = store.getState();
    try {
      const storage = await open();
      const [entries, free] = await Promise.all([storage.list(), storage.free()]);
      store.setState({ entries, free, refused: null });
      if (keptId !== null && keptId === dataset.getState().keptId) followCopy(keptId, before, entries);
    } catch (error) {
      const isRefused = error instanceof Error && error.cause instanceof NothingKept;
      store.setState({ entries: [], [isRefused ? 'refused' : 'error']: () => errorText(error) });
    }
  });

  /** Runs one action at a time and reloads the list after each. */
  const act = async (work: () => Promise<void>, errorIn: 'error' | 'keepError' = 'error'): Promise<boolean> => {
    if (store.getState().busy) return false;
    store.setState({ busy: true, error: null, keepError: null });
    try {
      await work();
      return true;
    } catch (error) {
      store.setState({ [errorIn]: () => errorText(error) });
      return false;
    } finally {
      await refresh();
      store.setState({ busy: false });
    }
  };

  return {
    ...store,
    refresh,
    async keep() {
      const { phase, keptId: old } = dataset.getState();
      if (phase !== 'ready') return;
      await act(async () => {
        // As they are now: what is edited meanwhile comes with the next copy.
        const [kept, storage, { toStored }] = await Promise.all([
          dataset.toKeep(),
          open(),
          import('../../data/stored/stored-dataset.ts'),
        ]);
        if (!kept) return;
        const id = randomId();
        await storage.write(toStored(kept.parts, id, new Date()));
        if (old) await storage.remove(old);
        kept.done(id);
      }, 'keepError');
    },
    open: (id, geometry) => act(async () => dataset.adopt(await (await open()).read(id), geometry)),
    async rename(id, name) {
      const clean = name.trim();
      if (clean === '') return;
      await act(async () => (await open()).rename(id, clean.slice(0, 100)));
    },
    async remove(id) {
      await act(async () => (await open()).remove(id));
    },
  };
}
