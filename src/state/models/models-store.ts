/** Models on this device: which are stored, which are being fetched, and the free space. Nothing here affects a running study. */
import { createStore, type StoreApi } from 'zustand/vanilla';
import { errorText } from '../../core/error-text.ts';
import type { Said } from '../../core/language/catalogue.ts';
import type { ModelManifest, StoredModel } from '../../model/hub/manifest.ts';
import { runModelsJob, type ModelsJob } from '../../model/hub/models-client.ts';
import { DEFAULT_HUB } from '../../model/hub/model-id.ts';
import { askToKeep } from '../../platform/origin-files.ts';
import { pageMayLoad } from '../../platform/http/page-addresses.ts';
import type { TransferProgress } from '../../model/hub/progress.ts';
import { folderOf, type ModelShelf, type StorageUse } from '../../model/hub/storage.ts';
import type { DroppedModel } from './dropped-model.ts';
import type { Asks } from '../../worker/client.ts';
import { MODEL_WORDS } from './messages.ts';
import { createMemoryPlans, type MemoryPlans, type MemorySurroundings } from './memory-plans.ts';
import { NO_NEWS, sharedView, type TabNews } from '../../platform/tab-news.ts';
import { remember, remembered, rememberingStorage } from '../page/keeper.ts';

export interface ModelTransfer {
  /** Display name of the request. */
  readonly name: string;
  readonly progress: TransferProgress | null;
}

/** The model once it is on the device, 'cancelled' where the reader did that, or null on failure (`error` says why). */
type Transferred = ModelManifest | 'cancelled' | null;

export interface ModelsState {
  /** Null until storage has been read. */
  readonly models: readonly StoredModel[] | null;
  readonly use: StorageUse | null;
  readonly transfer: ModelTransfer | null;
  /** Why the last transfer or deletion failed, and what to do. */
  readonly error: Said | null;
  /** Id of the last model that came, where the page did not choose it. */
  readonly left: string | null;
  readonly hub: string;
  /** Multiply-adds per second in training, once measured. */
  readonly rate: number | null;
}

export interface ModelsStore extends StoreApi<ModelsState> {
  readonly memory: MemoryPlans;
  refresh(): Promise<void>;
  /** One transfer at a time: a second one fails. */
  fetch(text: string): Promise<Transferred>;
  /** The same of files. */
  keep(dropped: DroppedModel): Promise<Transferred>;
  /** Reports why the dropped files are not a model. */
  refuse(reason: Said): void;
  /** Remembers of a model that came that the page did not choose it. */
  leave(id: string): void;
  cancel(): void;
  remove(id: string): Promise<void>;
  /** @returns whether it is an address; otherwise nothing changes */
  setHub(address: string): boolean;
  /** Measures an engine once, for about a second. The caller must ensure that no study runs. @param engine its name */
  measure(engine: string): Promise<void>;
}

const HUB_KEY = 'copra:hub';

interface Surroundings {
  /** Another one than the files of this page, whose code comes when they are first read. */
  readonly storage: ModelShelf;
  readonly run: typeof runModelsJob;
  readonly client: Asks<'probe'> & MemorySurroundings['client'];
  /** Storage for the hub's address, and the bound on memory. */
  readonly settings: MemorySurroundings['settings'];
  /** Of the models on this device, between its tabs. */
  readonly news: TabNews;
}

export function createModelsStore({
  storage,
  run = runModelsJob,
  client,
  settings = rememberingStorage(),
  news = NO_NEWS,
}: Partial<Surroundings> & Pick<Surroundings, 'client'>): ModelsStore {
  const store = createStore<ModelsState>(() => ({
    models: null,
    use: null,
    transfer: null,
    error: null,
    left: null,
    hub: remembered(settings, HUB_KEY) ?? DEFAULT_HUB,
    rate: null,
  }));
  let job: AbortController | null = null;
  /** The engine that was or is being measured. */
  let measured: string | null = null;
  const fail = (error: unknown): void => store.setState({ error: () => errorText(error) });
  const open = async (): Promise<ModelShelf> => storage ?? (await import('../../model/hub/opfs.ts')).opfsShelf();

  const { refresh, changed } = sharedView(news, async () => {
    try {
      const [shelf, { listModels }] = await Promise.all([open(), import('../../model/hub/manifest.ts')]);
      const [models, use] = await Promise.all([listModels(shelf), shelf.use()]);
      store.setState({ models, use });
    } catch (error) {
      store.setState({ models: [] });
      fail(error);
    }
  });

  const perform = async (name: string, task: ModelsJob): Promise<Transferred> => {
    if (job) {
      const { transfer } = store.getState();
      store.setState({ error: () => MODEL_WORDS.busy(name, transfer?.name ?? '') });
      return null;
    }
    const mine = new AbortController();
    job = mine;
    store.setState({ transfer: { name, progress: null }, error: null, left: null });
    try {
      askToKeep();
      return await run(task, (progress) => store.setState({ transfer: { name, progress } }), mine.signal);
    } catch (error) {
      if (mine.signal.aborted) return 'cancelled';
      fail(error);
      return null;
    } finally {
      job = null;
      store.setState({ transfer: null });
      await changed();
    }
  };

  return {
    ...store,
    memory: createMemoryPlans({ client, settings }),
    refresh,
    fetch: (text) => perform(text, { type: 'fetch', text, hub: store.getState().hub }),
    keep: ({ folder, files }) => perform(folder, { type: 'keep', folder, files }),
    refuse: (reason) => store.setState({ error: reason }),
    leave: (id) => store.setState({ left: id }),
    cancel: () => job?.abort(new Error('cancelled')),
    async remove(id) {
      try {
        await (await open()).remove(folderOf(id));
        store.setState({ error: null, left: null });
      } catch (error) {
        fail(error);
      }
      await changed();
    },
    setHub(address) {
      const hub = address.trim().replace(/\/+$/, '');
      if (/\s/.test(hub) || !pageMayLoad(hub)) return false;
      remember(settings, HUB_KEY, hub);
      store.setState({ hub });
      return true;
    },
    async measure(engine) {
      if (measured === engine) return;
      measured = engine;
      store.setState({ rate: null });
      try {
        store.setState({ rate: await client.ask('probe', {}) });
      } catch {
        // Without a measurement, the page shows no step time; engine failures are reported where the engine is opened.
        measured = null;
      }
    },
  };
}
