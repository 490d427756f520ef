/** Published adapters: those on this device, the one being fetched, and what must be decided before they can be opened. */
import { createStore, type StoreApi } from 'zustand/vanilla';
import { errorText } from '../../core/error-text.ts';
import type { Said } from '../../core/language/catalogue.ts';
import type { AdapterManifest, UnfinishedAdapter } from '../../model/hub/adapters/adapter-manifest.ts';
import { adapterNames } from '../../model/hub/adapters/adapter-ref.ts';
import { runAdaptersJob } from '../../model/hub/adapters/adapters-client.ts';
import type { TransferProgress } from '../../model/hub/progress.ts';
import { folderOf, type ModelShelf } from '../../model/hub/storage.ts';
import type { OpenedFile } from '../../share/adapter/find.ts';
import { NO_NEWS, sharedView, type TabNews } from '../../platform/tab-news.ts';
import { createBaseQuestion, type AskedState, type BaseDecisions, type StudyBackbone } from './base-question.ts';

export interface HubAdaptersState extends AskedState {
  /** Null until storage has been read. */
  readonly stored: readonly AdapterManifest[] | null;
  /** What interrupted downloads left. Opening their names again completes them. */
  readonly unfinished: readonly UnfinishedAdapter[];
  readonly transfer: { readonly name: string; readonly progress: TransferProgress | null } | null;
}

export interface HubAdaptersStore extends StoreApi<HubAdaptersState>, BaseDecisions {
  refresh(): Promise<void>;
  /** Fetches every adapter that the names stand for, opens what came, and says which names failed. Names are separated by spaces, commas or lines. */
  open(text: string): Promise<void>;
  /** Opens adapters that are on this device, and asks first of those that were trained for another backbone: one backbone after the other. */
  openStored(adapters: readonly AdapterManifest[]): Promise<void>;
  cancel(): void;
  remove(id: string): Promise<void>;
}

interface Surroundings extends StudyBackbone {
  readonly hub: () => string;
  readonly openFiles: (files: readonly OpenedFile[]) => Promise<void>;
  /** Another one than the files of this page, whose code comes when they are first read. */
  readonly storage?: ModelShelf;
  readonly run?: typeof runAdaptersJob;
  /** Of the adapters on this device, between its tabs. */
  readonly news?: TabNews;
}

/**
 * Fetches what names stand for, one after the other; ends where the signal is aborted.
 * @returns what came, and what failed of the names
 */
async function fetchNamed(
  names: readonly string[],
  fetchOne: (name: string) => Promise<readonly AdapterManifest[]>,
  signal: AbortSignal,
): Promise<{ readonly fetched: readonly AdapterManifest[]; readonly failed: readonly Said[] }> {
  const fetched: AdapterManifest[] = [];
  const failed: Said[] = [];
  for (const name of names) {
    try {
      fetched.push(...(await fetchOne(name)));
    } catch (error) {
      if (signal.aborted) break;
      failed.push(() => (names.length === 1 ? errorText(error) : `${name}: ${errorText(error)}`));
    }
  }
  return { fetched, failed };
}

export function createHubAdaptersStore(surroundings: Surroundings): HubAdaptersStore {
  const { storage, run = runAdaptersJob, news = NO_NEWS } = surroundings;
  const store = createStore<HubAdaptersState>(() => ({
    stored: null,
    unfinished: [],
    transfer: null,
    otherBase: null,
    errors: [],
  }));
  let job: AbortController | null = null;
  const shelved = async (): Promise<ModelShelf> =>
    storage ?? (await import('../../model/hub/opfs.ts')).opfsShelf('adapters');
  const fail = (error: unknown): void => store.setState({ errors: [() => errorText(error)] });

  const { refresh, changed } = sharedView(news, async () => {
    try {
      const [shelf, { listAdapters }] = await Promise.all([
        shelved(),
        import('../../model/hub/adapters/adapter-manifest.ts'),
      ]);
      store.setState(await listAdapters(shelf));
    } catch (error) {
      store.setState({ stored: [], unfinished: [] });
      fail(error);
    }
  });

  const openFiles = async (adapters: readonly AdapterManifest[]): Promise<void> => {
    const [shelf, { storedAdapterFiles }] = await Promise.all([
      shelved(),
      import('../../share/adapter/stored-adapters.ts'),
    ]);
    const files = await Promise.all(adapters.map((adapter) => storedAdapterFiles(shelf, adapter)));
    await surroundings.openFiles(files.flat());
  };

  const question = createBaseQuestion(store, surroundings, openFiles);

  const openStored = async (adapters: readonly AdapterManifest[]): Promise<void> => {
    store.setState({ errors: [], otherBase: null });
    await question.openOrAsk(adapters);
  };

  return {
    ...store,
    refresh,
    openStored,
    async open(text) {
      const names = adapterNames(text);
      if (job || names.length === 0) return;
      const mine = new AbortController();
      job = mine;
      store.setState({ errors: [], otherBase: null });
      const fetchOne = (name: string) => {
        const onProgress = (progress: TransferProgress | null): void =>
          store.setState({ transfer: { name, progress } });
        onProgress(null);
        return run({ text: name, hub: surroundings.hub() }, onProgress, mine.signal);
      };
      const { fetched, failed } = await fetchNamed(names, fetchOne, mine.signal);
      job = null;
      store.setState({ transfer: null });
      await changed();
      if (mine.signal.aborted) return;
      await openStored(fetched);
      store.setState(({ errors }) => ({ errors: [...errors, ...failed] }));
    },
    settle: question.settle,
    dismiss: question.dismiss,
    cancel: () => job?.abort(new Error('cancelled')),
    async remove(id) {
      try {
        await (await shelved()).remove(folderOf(id));
        store.setState({ errors: [] });
      } catch (error) {
        fail(error);
      }
      await changed();
    },
  };
}
