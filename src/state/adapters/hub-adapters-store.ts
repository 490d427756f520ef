/** Published adapters: those on this device, the one being fetched, and what must be decided before they can be opened. */
import { createStore, type StoreApi } from 'zustand/vanilla';
import { errorText } from '../../core/error-text.ts';
import {
  listStoredAdapters,
  publishedBaseOf,
  type AdapterManifest,
  type PublishedBase,
} from '../../model/hub/adapters/adapter-manifest.ts';
import { adapterNames } from '../../model/hub/adapters/adapter-ref.ts';
import { runAdaptersJob } from '../../model/hub/adapters/adapters-client.ts';
import { isCommit, splitModelId } from '../../model/hub/model-id.ts';
import { opfsShelf } from '../../model/hub/opfs.ts';
import type { TransferProgress } from '../../model/hub/progress.ts';
import { folderOf, type ModelShelf } from '../../model/hub/storage.ts';
import type { OpenedFile } from '../../share/adapter/find.ts';
import { ADAPTER_STATE_WORDS } from './messages.ts';

/** Adapters that were trained for another backbone than the study's. */
export interface OtherBase extends PublishedBase {
  readonly adapters: readonly AdapterManifest[];
}

export interface HubAdaptersState {
  /** Null until storage has been read. */
  readonly stored: readonly AdapterManifest[] | null;
  readonly transfer: { readonly name: string; readonly progress: TransferProgress | null } | null;
  readonly otherBase: OtherBase | null;
  /** What could not be opened, and what to do. */
  readonly error: string | null;
}

export interface HubAdaptersStore extends StoreApi<HubAdaptersState> {
  refresh(): Promise<void>;
  /** Fetches every adapter that the names stand for, and opens them. Names are separated by spaces, commas or lines. */
  open(text: string): Promise<void>;
  /** Opens adapters that are on this device, or asks first where they were trained for another backbone. */
  openStored(adapters: readonly AdapterManifest[]): Promise<void>;
  /** Opens the adapters of `otherBase`, with the backbone they were trained for or with the study's. */
  settle(backbone: 'theirs' | 'chosen'): Promise<void>;
  dismiss(): void;
  cancel(): void;
  remove(id: string): Promise<void>;
}

interface Surroundings {
  readonly hub: () => string;
  /** StudyConfig.backbone */
  readonly backbone: () => string;
  readonly useBackbone: (id: string) => void;
  /** Fetches a backbone by owner/name or owner/name@revision; null if that failed, which is reported where models are. */
  readonly fetchBackbone: (request: string) => Promise<{ readonly id: string } | null>;
  readonly openFiles: (files: readonly OpenedFile[]) => Promise<void>;
  readonly storage?: ModelShelf;
  readonly run?: typeof runAdaptersJob;
}

/** The backbone an adapter was trained for, where it names a published one that is not the study's. */
function otherBaseOf(adapter: AdapterManifest, backbone: string): PublishedBase | null {
  const base = publishedBaseOf(adapter);
  if (!base) return null;
  const { baseModel, baseRevision } = base;
  const { name, revision } = splitModelId(backbone) ?? { name: backbone, revision: null };
  // Which commit a branch or tag was is not known here.
  const isOtherCommit = baseRevision !== null && isCommit(baseRevision) && baseRevision !== revision;
  return name === baseModel && !isOtherCommit ? null : base;
}

export function createHubAdaptersStore(surroundings: Surroundings): HubAdaptersStore {
  const { storage = opfsShelf('adapters'), run = runAdaptersJob } = surroundings;
  const store = createStore<HubAdaptersState>(() => ({ stored: null, transfer: null, otherBase: null, error: null }));
  let job: AbortController | null = null;
  const fail = (error: unknown): void => store.setState({ error: errorText(error) });

  const refresh = async (): Promise<void> => {
    try {
      store.setState({ stored: await listStoredAdapters(storage) });
    } catch (error) {
      store.setState({ stored: [] });
      fail(error);
    }
  };

  const openNow = async (adapters: readonly AdapterManifest[]): Promise<void> => {
    try {
      const { storedAdapterFiles } = await import('../../share/adapter/stored-adapters.ts');
      const files = await Promise.all(adapters.map((adapter) => storedAdapterFiles(storage, adapter)));
      await surroundings.openFiles(files.flat());
    } catch (error) {
      fail(error);
    }
  };

  const openStored = async (adapters: readonly AdapterManifest[]): Promise<void> => {
    store.setState({ error: null, otherBase: null });
    const others = adapters.map((adapter) => otherBaseOf(adapter, surroundings.backbone()));
    const other = others.find((base) => base !== null) ?? null;
    if (other !== null) store.setState({ otherBase: { adapters, ...other } });
    else await openNow(adapters);
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
      store.setState({ error: null, otherBase: null });
      const fetched: AdapterManifest[] = [];
      try {
        for (const name of names) {
          store.setState({ transfer: { name, progress: null } });
          const onProgress = (progress: TransferProgress): void => store.setState({ transfer: { name, progress } });
          fetched.push(...(await run({ text: name, hub: surroundings.hub() }, onProgress, mine.signal)));
        }
      } catch (error) {
        if (!mine.signal.aborted) fail(error);
        return;
      } finally {
        job = null;
        store.setState({ transfer: null });
        await refresh();
      }
      await openStored(fetched);
    },
    async settle(backbone) {
      const { otherBase } = store.getState();
      if (!otherBase) return;
      store.setState({ otherBase: null });
      if (backbone === 'theirs') {
        const { requestOf } = await import('../models/curated-backbones.ts');
        const fetched = await surroundings.fetchBackbone(requestOf(otherBase));
        if (!fetched) {
          store.setState({ otherBase });
          fail(ADAPTER_STATE_WORDS.backboneFailed(otherBase.baseModel));
          return;
        }
        surroundings.useBackbone(fetched.id);
      }
      await openNow(otherBase.adapters);
    },
    dismiss: () => store.setState({ otherBase: null, error: null }),
    cancel: () => job?.abort(new Error('cancelled')),
    async remove(id) {
      try {
        await storage.remove(folderOf(id));
        store.setState({ error: null });
      } catch (error) {
        fail(error);
      }
      await refresh();
    },
  };
}
