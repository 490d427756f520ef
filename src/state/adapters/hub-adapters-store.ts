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
import type { OtherBase } from './by-backbone.ts';
import { ADAPTER_STATE_WORDS } from './messages.ts';

export interface HubAdaptersState {
  /** Null until storage has been read. */
  readonly stored: readonly AdapterManifest[] | null;
  /** What interrupted downloads left. Opening their names again completes them. */
  readonly unfinished: readonly UnfinishedAdapter[];
  readonly transfer: { readonly name: string; readonly progress: TransferProgress | null } | null;
  readonly otherBase: OtherBase | null;
  /** What could not be opened, and what to do: one for each name and failure. */
  readonly errors: readonly Said[];
}

export interface HubAdaptersStore extends StoreApi<HubAdaptersState> {
  refresh(): Promise<void>;
  /** Fetches every adapter that the names stand for, opens what came, and says which names failed. Names are separated by spaces, commas or lines. */
  open(text: string): Promise<void>;
  /** Opens adapters that are on this device, and asks first of those that were trained for another backbone: one backbone after the other. */
  openStored(adapters: readonly AdapterManifest[]): Promise<void>;
  /** Opens the adapters of `otherBase`, with the backbone they were trained for or with the study's. */
  settle(backbone: 'theirs' | 'chosen'): Promise<void>;
  /** Leaves the adapters of `otherBase`. */
  dismiss(): Promise<void>;
  cancel(): void;
  remove(id: string): Promise<void>;
}

interface Surroundings {
  readonly hub: () => string;
  /** StudyConfig.backbone */
  readonly backbone: () => string;
  /**
   * Fetches a backbone by owner/name or owner/name@revision for the study, which may have got another one meanwhile; null if that failed, which is
   * reported where models are.
   */
  readonly getBackbone: (request: string) => Promise<{ readonly id: string } | 'cancelled' | null>;
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
  /** Below what failed before. */
  const tellToo = (...told: readonly Said[]): void =>
    store.setState(({ errors }) => ({ errors: [...errors, ...told] }));
  const failToo = (error: unknown): void => tellToo(() => errorText(error));

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

  const openNow = (adapters: readonly AdapterManifest[]): Promise<void> => openFiles(adapters).catch(failToo);

  /** Opens what was trained for the study's backbone, and asks of the first other one. */
  const openOrAsk = async (adapters: readonly AdapterManifest[]): Promise<void> => {
    try {
      const { sortedFor } = await import('./by-backbone.ts');
      const { fitting, question } = sortedFor(surroundings.backbone(), adapters);
      if (question) store.setState({ otherBase: question });
      if (fitting.length > 0) await openFiles(fitting);
    } catch (error) {
      failToo(error);
    }
  };

  const openStored = async (adapters: readonly AdapterManifest[]): Promise<void> => {
    store.setState({ errors: [], otherBase: null });
    await openOrAsk(adapters);
  };

  /** Takes the question off, and that its backbone could not be fetched; other errors stay. */
  const takeQuestion = (): OtherBase | null => {
    const { otherBase, errors } = store.getState();
    store.setState({ otherBase: null, errors: errors.filter((told) => told !== otherBase?.unfetched) });
    return otherBase;
  };

  /** The study gets the backbone that adapters were trained for; false: it did not, and the question stays. */
  const takeBackboneOf = async (otherBase: OtherBase): Promise<boolean> => {
    const { requestOf } = await import('../models/curated-backbones.ts');
    const fetched = await surroundings.getBackbone(requestOf(otherBase));
    if (!fetched) {
      const unfetched: Said = () => ADAPTER_STATE_WORDS.backboneFailed(otherBase.baseModel);
      store.setState({ otherBase: { ...otherBase, unfetched } });
      tellToo(unfetched);
      return false;
    }
    const isTheirs = fetched !== 'cancelled' && fetched.id === surroundings.backbone();
    // The reader may decide again: the decision was taken back, or was for another study.
    if (!isTheirs) store.setState({ otherBase });
    return isTheirs;
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
      tellToo(...failed);
    },
    async settle(backbone) {
      const otherBase = takeQuestion();
      if (!otherBase) return;
      if (backbone === 'theirs' && !(await takeBackboneOf(otherBase))) return;
      await openNow(otherBase.adapters);
      await openOrAsk(otherBase.later);
    },
    async dismiss() {
      await openOrAsk(takeQuestion()?.later ?? []);
    },
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
