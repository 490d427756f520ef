/**
 * The reader's own images: opens, lists, edits and decodes them in a worker, and prepares them as a study's task. Expensive work starts only when
 * the reader asks for it, except for small data sets. Nothing leaves the device.
 */
import { createStore, type StoreApi } from 'zustand/vanilla';
import { errorText } from '../../core/error-text.ts';
import { buildDataset } from '../../data/dataset/dataset.ts';
import { openDataset, type JobOptions, type OpenedDataset } from '../../data/dataset/dataset-client.ts';
import { editPlan } from '../../data/dataset/edit.ts';
import { segmentsOf } from '../../data/files/paths.ts';
import { cleanName, DEFAULT_NAME, type DatasetPlan } from '../../data/dataset/plan.ts';
import type { PreparedImages } from '../../data/dataset/prepare.ts';
import { error as problemOf, hasError, someOf, type Problem } from '../../data/files/problem.ts';
import type { DatasetSource } from '../../data/dataset/source.ts';
import { drawnSides, type DropShares } from '../../data/dataset/split.ts';
import { imageLimit } from '../../data/dataset/subsample.ts';
import type { DroppedFile } from '../../data/files/walk.ts';
import type { ReadingChoice } from '../../data/formats/records.ts';
import type { DroppedDataset } from '../../data/dataset/dropped.ts';
import { restoredDataset } from '../../data/stored/restored-dataset.ts';
import { openStored, type KeptParts, type StoredDataset } from '../../data/stored/stored-dataset.ts';
import { promptOf } from '../../data/bundled/tasks.ts';
import { squareGeometry, type ImageGeometry } from '../../model/prepare-image.ts';
import { EMPTY_DATASET, type DatasetState, type Refusal } from './dataset-state.ts';
import { loadPreviews } from './dataset-previews.ts';

export type { DatasetState };

type Files = Promise<readonly DroppedFile[]> | readonly DroppedFile[];

export interface DatasetStore extends StoreApi<DatasetState> {
  /**
   * Opens what was dropped or chosen (folders may still be being read), or an address.
   * @returns whether it was accepted; otherwise nothing changes and `refused` says why, unless it was cancelled
   */
  open(source: Files | DatasetSource, geometry: ImageGeometry): Promise<boolean>;
  /** Opens a data set stored on this device. */
  adopt(stored: StoredDataset, geometry: ImageGeometry): Promise<void>;
  /** Shows the images of a resumed study. */
  restore(images: DroppedDataset): Promise<void>;
  /** Relabels the classes by another column or reading. */
  relabel(choice: ReadingChoice): Promise<void>;
  /** Renames a class, merges it with another of the same name, or leaves it out (null). */
  rename(index: number, name: string | null): void;
  /** Includes or leaves out all classes. */
  useAll(use: boolean): void;
  /** Renames the data set. */
  call(name: string): void;
  hold(shares: DropShares): void;
  reseed(seed: number): void;
  /** Adapts to another backbone's input geometry. */
  fit(geometry: ImageGeometry): void;
  /** Decodes and splits. */
  prepare(): Promise<void>;
  /** Cancels the current work: cancelled listing changes nothing; cancelled preparation returns to the plan. */
  cancel(): void;
  /** Dismisses the message about a refused import. */
  dismiss(): void;
  clear(): void;
  /** The data needed to store the images; null when none are ready. */
  parts(): KeptParts | null;
  /** Records that the stored copy `id` matches the current state, or (null) that there is none. */
  kept(id: string | null): void;
}

/** Caches the last decoding, the slow part: edits that keep the same images reuse it. */
class LastPrepared {
  #key = '';
  images: PreparedImages | null = null;

  has(records: readonly number[], options: JobOptions | undefined): boolean {
    return this.images !== null && this.#key === keyOf(records, options);
  }
  keep(records: readonly number[], options: JobOptions | undefined, images: PreparedImages): void {
    this.#key = keyOf(records, options);
    this.images = images;
  }
}

const keyOf = (records: readonly number[], options: JobOptions | undefined): string =>
  [JSON.stringify(options?.geometry), ...records].join();

/** Debounce for edits: dependent work waits until typing stops. */
const SETTLE_MS = 700;
/** Up to this many images are decoded without asking, because it takes only a moment. */
const LIGHT = 400;

const failure = (error: unknown): Problem => problemOf(null, errorText(error));
const isSource = (source: Files | DatasetSource): source is DatasetSource => 'kind' in source;

/** No choice on the page would make this a usable data set. */
const isHopeless = ({ problems, columns, readings }: DatasetPlan): boolean =>
  hasError(problems) && columns.length < 2 && !readings;

/** Display name of a source: its top-level files and folders, or the address. */
function calledBy(source: DatasetSource): string {
  if (source.kind !== 'files') return source.kind === 'hub' ? source.id : source.url;
  const tops = source.files.map(({ path }) => segmentsOf(path)[0]).filter((top) => top !== undefined);
  return someOf([...new Set(tops)], 2);
}

/** A data set that is restored when the next one cannot be opened. */
interface Session {
  readonly state: DatasetState;
  readonly opened: OpenedDataset | null;
  readonly plan: DatasetPlan | null;
  readonly geometry: ImageGeometry;
  readonly last: LastPrepared;
  readonly quick: boolean;
}

/** @param start opens a source; tests substitute their own */
export function createDatasetStore(start: typeof openDataset = openDataset): DatasetStore {
  const store = createStore<DatasetState>(() => EMPTY_DATASET);
  let opened: OpenedDataset | null = null;
  /** Plan for the chosen column, before the reader's edits. */
  let plan: DatasetPlan | null = null;
  let geometry = squareGeometry(32);
  let last = new LastPrepared();
  let job = new AbortController();
  let looks = new AbortController();
  let timer: ReturnType<typeof setTimeout> | undefined;
  /** Decoding is quick: there are few images, or they are already stored here at the right size. */
  let quick = false;
  /** The previous data set, held until the one being opened is accepted. */
  let held: Session | null = null;

  /** Whether preparation can start without asking the reader. */
  const goesOn = (): boolean => quick && !store.getState().readings?.inDoubt;

  const begin = (): AbortSignal => {
    job.abort();
    clearTimeout(timer);
    job = new AbortController();
    return job.signal;
  };

  const edited = (of: DatasetPlan): DatasetPlan => {
    const { classes, name } = store.getState();
    return {
      ...editPlan(
        of,
        classes.map((entry) => entry.name),
      ),
      name,
    };
  };

  const prepareOnce: OpenedDataset['prepare'] = async (records, imageSize, unique, options) => {
    if (!opened) throw new Error('No data set is open.');
    if (!last.has(records, options)) {
      const images = await opened.prepare(records, imageSize, unique, options);
      options?.signal?.throwIfAborted();
      last.keep(records, options, images);
    }
    return last.images as PreparedImages;
  };

  const build = async (signal: AbortSignal, final: DatasetPlan): Promise<void> => {
    store.setState({ phase: 'preparing', progress: { done: 0, total: 0, waiting: null } });
    const { shares, seed } = store.getState();
    try {
      const { dataset, problems } = await buildDataset({ prepare: prepareOnce }, final, {
        imageSize: geometry.imageSize,
        geometry,
        shares,
        seed,
        promptOf,
        signal,
        onProgress: (done, total, waiting = null) => {
          if (!signal.aborted) store.setState({ progress: { done, total, waiting } });
        },
      });
      if (signal.aborted) return;
      store.setState({ phase: dataset ? 'ready' : 'failed', dataset, problems, progress: null });
    } catch (error) {
      if (!signal.aborted)
        store.setState({ phase: 'failed', dataset: null, problems: [failure(error)], progress: null });
    }
  };

  /** Runs after every change: returns to the plan, and prepares again if that is quick. */
  const settle = async (signal: AbortSignal): Promise<void> => {
    if (!plan) return;
    const final = edited(plan);
    const limit = Math.min(final.images.length, imageLimit(geometry.imageSize));
    const { problems } = final;
    store.setState({ drawn: drawnSides(final.images, final.classes.length) });
    if (hasError(problems)) {
      store.setState({ phase: 'failed', dataset: null, problems, progress: null, limit });
      return;
    }
    const records = final.images.map(({ record }) => record).sort((a, b) => a - b);
    if (goesOn() || last.has(records, { geometry })) return build(signal, final);
    store.setState({ phase: 'planned', dataset: null, problems, progress: null, limit });
  };

  const settleSoon = (): void => {
    if (!plan) return;
    const signal = begin();
    store.setState({ dataset: null, keptCurrent: false, phase: goesOn() ? 'preparing' : 'planned', progress: null });
    timer = setTimeout(() => void settle(signal), SETTLE_MS);
  };

  const look = (): void => {
    looks.abort();
    looks = new AbortController();
    if (opened && plan)
      void loadPreviews(opened, plan, geometry, looks.signal, (previews) => store.setState({ previews }));
  };

  const take = async (signal: AbortSignal, found: DatasetPlan, names?: readonly (string | null)[]): Promise<void> => {
    plan = found;
    quick ||= found.images.length <= LIGHT;
    const { columns, labelColumn, layout, readings, problems } = found;
    store.setState({
      layout,
      columns,
      labelColumn,
      readings,
      problems,
      classes: found.classes.map((name, i) => ({
        found: name,
        name: names ? (names[i] ?? null) : name.replaceAll(/[-_]+/g, ' '),
        count: found.counts[i],
        bytes: found.bytes[i],
      })),
      drawn: drawnSides(found.images, found.classes.length),
      previews: null,
      limit: Math.min(found.images.length, imageLimit(geometry.imageSize)),
      progress: null,
    });
    if (hasError(problems)) {
      store.setState({ phase: 'failed', dataset: null });
      return;
    }
    store.setState({ phase: 'planned' });
    look();
    await settle(signal);
  };

  /** Closes the current data set, but keeps `held`. */
  const reset = (wanted: ImageGeometry): AbortSignal => {
    const signal = begin();
    looks.abort();
    quick = false;
    geometry = wanted;
    opened = null;
    plan = null;
    last = new LastPrepared();
    store.setState(EMPTY_DATASET, true);
    return signal;
  };

  /** Shows a data set stored here as decoded images. */
  const show = async (signal: AbortSignal, stored: StoredDataset): Promise<void> => {
    const { shares, seed, names } = stored.contents.edits;
    opened = openStored(stored);
    quick = true;
    store.setState({ name: stored.info.name, shares, seed });
    await take(signal, opened.plan, names);
  };

  const hold = (): void => {
    if (held) opened?.close();
    else held = { state: store.getState(), opened, plan, geometry, last, quick };
  };

  const release = (): void => {
    held?.opened?.close();
    held = null;
  };

  const giveBack = (refused: Refusal | null): void => {
    if (!held) return;
    const wanted = geometry;
    opened?.close();
    const { state } = held;
    const signal = reset(wanted);
    ({ opened, plan, last, quick } = held);
    store.setState({ ...state, refused }, true);
    const isSettled = state.phase !== 'listing' && state.phase !== 'preparing';
    const isSame = JSON.stringify(held.geometry) === JSON.stringify(wanted);
    held = null;
    if (!state.previews) look();
    if (plan && !(isSettled && isSame)) void settle(signal);
  };

  const close = (): void => {
    release();
    opened?.close();
  };

  const tell =
    (signal: AbortSignal): JobOptions['onProgress'] =>
    (done, total, waiting = null) => {
      if (!signal.aborted) store.setState({ progress: { done, total, waiting } });
    };

  const edit = (change: (entry: DatasetState['classes'][number], i: number) => string | null): void => {
    store.setState(({ classes }) => ({
      classes: classes.map((entry, i) => {
        const name = change(entry, i);
        return name === entry.name ? entry : { ...entry, name };
      }),
    }));
    settleSoon();
  };

  return {
    ...store,
    async open(source, wanted) {
      hold();
      const signal = reset(wanted);
      store.setState({ phase: 'listing' });
      let what = '';
      try {
        const from: DatasetSource = isSource(source) ? source : { kind: 'files', files: await source };
        what = calledBy(from);
        const listed = await start(from, { signal, onProgress: tell(signal) });
        if (signal.aborted) {
          listed.close();
          return false;
        }
        opened = listed;
        if (isHopeless(listed.plan)) {
          giveBack({ what, problems: listed.plan.problems });
          return false;
        }
        store.setState({ name: listed.plan.name });
        await take(signal, listed.plan);
        const { phase, problems } = store.getState();
        if (!signal.aborted && phase === 'failed' && last.images?.records.length === 0) {
          giveBack({ what, problems });
          return false;
        }
        // a data set opened meanwhile restores the held one itself
        const isTaken = opened === listed;
        if (isTaken) release();
        return isTaken;
      } catch (error) {
        if (!signal.aborted) giveBack({ what, problems: [failure(error)] });
        return false;
      }
    },
    async adopt(stored, wanted) {
      close();
      const signal = reset(wanted);
      store.setState({ keptId: stored.info.id });
      await show(signal, stored);
      const { phase, keptId } = store.getState();
      if (!signal.aborted && phase === 'ready' && keptId === stored.info.id) store.setState({ keptCurrent: true });
    },
    async restore(images) {
      close();
      const signal = reset(squareGeometry(images.imageSize));
      await show(signal, restoredDataset(images));
      // The layout of the original files is no longer known.
      if (!signal.aborted) store.setState({ layout: null });
    },
    async relabel(choice) {
      const from = opened;
      if (!from) return;
      const signal = begin();
      looks.abort();
      last = new LastPrepared();
      const reading = choice.reading ?? plan?.readings?.chosen;
      store.setState({ phase: 'listing', dataset: null, keptCurrent: false });
      try {
        const found = await from.relabel({ ...choice, reading }, { signal, onProgress: tell(signal) });
        if (!signal.aborted) await take(signal, found);
      } catch (error) {
        if (!signal.aborted) store.setState({ phase: 'failed', problems: [failure(error)], progress: null });
      }
    },
    rename: (index, name) => edit((entry, i) => (i === index ? name : entry.name)),
    useAll: (use) => edit((entry) => (use ? (entry.name ?? entry.found.replaceAll(/[-_]+/g, ' ')) : null)),
    call(name) {
      const { dataset } = store.getState();
      const clean = cleanName(name) || DEFAULT_NAME;
      store.setState({ name: clean, dataset: dataset && { ...dataset, name: clean }, keptCurrent: false });
    },
    hold(shares) {
      store.setState({ shares });
      settleSoon();
    },
    reseed(seed) {
      store.setState({ seed });
      settleSoon();
    },
    fit(wanted) {
      if (JSON.stringify(wanted) === JSON.stringify(geometry)) return;
      geometry = wanted;
      const { phase } = store.getState();
      if (plan && phase !== 'listing') settleSoon();
    },
    async prepare() {
      if (!plan) return;
      const signal = begin();
      const final = edited(plan);
      store.setState(({ readings }) => ({ readings: readings && { ...readings, inDoubt: false } }));
      await build(signal, final);
    },
    cancel() {
      const { phase } = store.getState();
      const signal = begin();
      if (held) giveBack(null);
      else if (phase === 'listing') void settle(signal);
      else if (phase === 'preparing') store.setState({ phase: 'planned', progress: null, dataset: null });
    },
    dismiss: () => store.setState({ refused: null }),
    clear() {
      close();
      reset(geometry);
    },
    parts() {
      const { phase, name, classes, shares, seed } = store.getState();
      if (phase !== 'ready' || !plan || !last.images) return null;
      const names = classes.map((entry) => entry.name);
      return { name, plan, prepared: last.images, imageSize: geometry.imageSize, edits: { names, shares, seed } };
    },
    kept: (id) => store.setState({ keptId: id, keptCurrent: id !== null }),
  };
}
