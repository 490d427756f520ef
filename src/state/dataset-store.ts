/** The reader's own images: dropped, listed, decoded in a worker, edited, and ready to be a study's task. Nothing leaves the device. */
import { squareGeometry, type ImageGeometry } from '../model/prepare-image.ts';
import { createStore, type StoreApi } from 'zustand/vanilla';
import { buildDataset } from '../data/drop/dataset.ts';
import { openDataset, type OpenedDataset } from '../data/drop/dataset-client.ts';
import { editPlan } from '../data/drop/edit.ts';
import { givenSides } from '../data/drop/plan.ts';
import { error as problemOf, hasError, type Problem } from '../data/drop/problem.ts';
import { DEFAULT_SHARES, type DropShares } from '../data/drop/split.ts';
import type { DroppedFile } from '../data/drop/walk.ts';
import type { DroppedDataset } from '../data/dropped.ts';
import { promptOf } from '../data/tasks.ts';

export interface DatasetState {
  readonly phase: 'empty' | 'listing' | 'decoding' | 'ready' | 'failed';
  readonly name: string;
  /** Classes as found, with the name the reader gave each (null: left out) and how many images it has. */
  readonly classes: readonly { readonly found: string; readonly name: string | null; readonly count: number }[];
  /** Shares of every class that are held out, where the folders do not say. */
  readonly shares: DropShares;
  /** The folders themselves name training and test images; shares then only fill what they leave open. */
  readonly splitGiven: boolean;
  readonly progress: { readonly done: number; readonly total: number } | null;
  readonly dataset: DroppedDataset | null;
  readonly problems: readonly Problem[];
}

export interface DatasetStore extends StoreApi<DatasetState> {
  /** Takes what was dropped or chosen; `files` may still be walking folders. */
  open(files: Promise<readonly DroppedFile[]> | readonly DroppedFile[], geometry: ImageGeometry): Promise<void>;
  /** Renames a class, merges it with another of the same name, or leaves it out (null). */
  rename(index: number, name: string | null): void;
  hold(shares: DropShares): void;
  clear(): void;
}

const EMPTY: DatasetState = {
  phase: 'empty',
  name: '',
  classes: [],
  shares: DEFAULT_SHARES,
  splitGiven: false,
  progress: null,
  dataset: null,
  problems: [],
};

type Prepare = OpenedDataset['prepare'];

/** Decoding is the slow part: edits that keep the same images reuse its last result. */
function rememberLast(prepare: Prepare): Prepare {
  let last: { key: string; images: Awaited<ReturnType<Prepare>> } | null = null;
  return async (records, imageSize, unique, options) => {
    const key = [JSON.stringify(options?.geometry), imageSize, unique, ...records].join();
    if (last?.key !== key) last = { key, images: await prepare(records, imageSize, unique, options) };
    return last.images;
  };
}

/** Edits arrive while the reader types; decoding again waits until the typing stops. */
const REBUILD_DELAY_MS = 700;
const SPLIT_SEED = 0;

const failure = (error: unknown): Problem => problemOf(null, error instanceof Error ? error.message : String(error));

export function createDatasetStore(): DatasetStore {
  const store = createStore<DatasetState>(() => EMPTY);
  let opened: OpenedDataset | null = null;
  let geometry = squareGeometry(32);
  let prepare: Prepare | null = null;
  let job = new AbortController();
  let timer: ReturnType<typeof setTimeout> | undefined;

  const begin = (): AbortSignal => {
    job.abort();
    clearTimeout(timer);
    job = new AbortController();
    return job.signal;
  };

  const build = async (signal: AbortSignal): Promise<void> => {
    if (!opened || !prepare) return;
    const names = store.getState().classes.map(({ name }) => name);
    store.setState({ phase: 'decoding', progress: { done: 0, total: 0 } });
    try {
      const plan = editPlan(opened.plan, names);
      const { dataset, problems } = await buildDataset({ prepare }, plan, {
        imageSize: geometry.imageSize,
        geometry,
        shares: store.getState().shares,
        seed: SPLIT_SEED,
        promptOf,
        signal,
        onProgress: (done, total) => {
          if (!signal.aborted) store.setState({ progress: { done, total } });
        },
      });
      if (signal.aborted) return;
      store.setState({ phase: dataset ? 'ready' : 'failed', dataset, problems, progress: null });
    } catch (error) {
      if (!signal.aborted)
        store.setState({ phase: 'failed', dataset: null, problems: [failure(error)], progress: null });
    }
  };

  const rebuildSoon = (): void => {
    const signal = begin();
    timer = setTimeout(() => void build(signal), REBUILD_DELAY_MS);
  };

  const open: DatasetStore['open'] = async (files, wanted) => {
    const signal = begin();
    geometry = wanted;
    opened?.close();
    opened = null;
    store.setState({ ...EMPTY, phase: 'listing' });
    let listed: OpenedDataset;
    try {
      listed = await openDataset({ kind: 'files', files: await files }, { signal });
    } catch (error) {
      if (!signal.aborted) store.setState({ phase: 'failed', problems: [failure(error)] });
      return;
    }
    if (signal.aborted) return listed.close();
    opened = listed;
    prepare = rememberLast((...args) => listed.prepare(...args));
    const { plan } = listed;
    const classes = plan.classes.map((found, i) => ({
      found,
      name: found.replaceAll(/[-_]+/g, ' '),
      count: plan.counts[i],
    }));
    store.setState({ name: plan.name, classes, problems: plan.problems, splitGiven: givenSides(plan).has('test') });
    if (hasError(plan.problems)) store.setState({ phase: 'failed' });
    else await build(signal);
  };

  return {
    ...store,
    open,
    rename(index, name) {
      store.setState(({ classes }) => ({
        classes: classes.map((entry, i) => (i === index ? { ...entry, name } : entry)),
      }));
      rebuildSoon();
    },
    hold(shares) {
      store.setState({ shares });
      rebuildSoon();
    },
    clear() {
      begin();
      opened?.close();
      opened = null;
      store.setState(EMPTY, true);
    },
  };
}
