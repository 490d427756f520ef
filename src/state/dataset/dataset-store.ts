/**
 * The reader's own images: opens, lists, edits and decodes them in a worker, and prepares them as a study's task. Expensive work starts only when
 * the reader asks for it, except for small data sets. Nothing leaves the device.
 */
import { sameJson } from '../../core/same-json.ts';
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { openDataset } from '../../data/dataset/dataset-client.ts';
import type { DroppedDataset } from '../../data/dataset/dropped.ts';
import type { DatasetSource } from '../../data/dataset/source.ts';
import type { DropShares } from '../../data/dataset/shares.ts';
import type { ReadingChoice } from '../../data/formats/records.ts';
import type { KeptParts, StoredDataset } from '../../data/stored/stored-dataset.ts';
import type { ImageGeometry } from '../../model/image-geometry.ts';
import { DatasetOpening, isSource, type Files } from './dataset-opening.ts';
import { EMPTY_DATASET, type DatasetState } from './dataset-state.ts';
import { DatasetWork, SETTLE_MS, failure } from './dataset-work.ts';
import { partsToKeep } from './parts-to-keep.ts';
import { cleanDatasetName, namesAfter, readingOf } from './plan-state.ts';

export type { DatasetState };

export interface ToKeep {
  readonly parts: KeptParts;
  /** Records that they are the stored copy `id`, of the data set that they are of. What was edited meanwhile is not in it. */
  done(id: string): void;
}

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
  /** Relabels the classes, or the domains, by another column or reading. */
  relabel(choice: ReadingChoice): Promise<void>;
  /** Renames a class, merges it with another of the same name, or leaves it out (null). */
  rename(index: number, name: string | null): void;
  /** Includes or leaves out all classes. */
  useAll(use: boolean): void;
  /** Tests on a group of the images and does not train on it, or trains on it again. */
  holdOut(domain: string, isHeld: boolean): void;
  /**
   * Adds a data set that is tested on and not trained on.
   * @returns whether it was added; otherwise `notAdded` says why, unless it was cancelled
   */
  addDomain(source: Files | DatasetSource): Promise<boolean>;
  /** Cancels adding a data set. */
  cancelDomain(): void;
  /** Takes an added data set away again. */
  removeDomain(name: string): void;
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
  /** What is stored of the images; null when none are ready. @throws Error when they cannot be read at the size that they are kept at */
  toKeep(): Promise<ToKeep | null>;
  /** Records that the stored copy `id` matches the current state, or (null) that there is none. */
  kept(id: string | null): void;
}

type Edits = Pick<DatasetStore, 'rename' | 'useAll' | 'call' | 'hold' | 'holdOut' | 'removeDomain' | 'reseed' | 'fit'>;

/** The reader's edits: each changes the state at once, and what depends on it once typing stops. */
function editsOf(store: StoreApi<DatasetState>, work: DatasetWork): Edits {
  const editClasses = (change: (entry: DatasetState['classes'][number], i: number) => string | null): void => {
    store.setState(({ classes }) => ({
      classes: classes.map((entry, i) => {
        const name = change(entry, i);
        return name === entry.name ? entry : { ...entry, name };
      }),
    }));
    work.editSoon();
  };
  return {
    rename: (index, name) => editClasses((entry, i) => (i === index ? name : entry.name)),
    useAll: (use) => editClasses((entry) => (use ? (entry.name ?? entry.readable) : null)),
    call(text) {
      const name = cleanDatasetName(text);
      work.changed();
      store.setState(({ dataset }) => ({ name, dataset: dataset && { ...dataset, name } }));
    },
    holdOut(domain, isHeld) {
      store.setState(({ heldOut }) => ({
        heldOut: [...heldOut.filter((name) => name !== domain), ...(isHeld ? [domain] : [])],
      }));
      work.editSoon();
    },
    removeDomain(name) {
      work.session.remove(name);
      store.setState(({ added }) => ({ added: added.filter((one) => one.name !== name) }));
      work.editSoon();
    },
    hold(shares) {
      store.setState({ shares });
      work.editSoon();
    },
    reseed(seed) {
      store.setState({ seed });
      work.editSoon();
    },
    fit(wanted) {
      if (sameJson(wanted, work.session.geometry)) return;
      work.session.geometry = wanted;
      if (store.getState().phase !== 'listing') work.settleSoon();
    },
  };
}

type Jobs = Pick<DatasetStore, 'relabel' | 'prepare' | 'cancel'>;

/** What the reader starts and ends. */
function jobsOf(store: StoreApi<DatasetState>, work: DatasetWork, opening: DatasetOpening): Jobs {
  return {
    async relabel(choice) {
      const { session } = work;
      if (!session.opened) return;
      const signal = work.begin();
      work.stopLooking();
      session.forgetPrepared();
      store.setState({ phase: 'listing', dataset: null });
      try {
        const chosen = { ...session.chosen, ...choice };
        const onProgress = work.progressOf(signal);
        const found = await session.opened.relabel({ ...readingOf(session.plan), ...chosen }, { signal, onProgress });
        if (signal.aborted) return;
        session.chosen = chosen;
        work.changed();
        await work.take(signal, found, namesAfter(session.plan, found, store.getState()));
      } catch (error) {
        if (!signal.aborted) store.setState({ phase: 'failed', problems: [failure(error)], progress: null });
      }
    },
    async prepare() {
      if (!work.session.plan) return;
      const signal = work.begin();
      store.setState(({ readings }) => ({
        phase: 'preparing',
        progress: null,
        readings: readings && { ...readings, inDoubt: false },
      }));
      const final = await work.edited();
      if (final && !signal.aborted) await work.build(signal, final);
    },
    cancel() {
      const { phase } = store.getState();
      const signal = work.begin();
      if (opening.holds) opening.giveBack(null);
      else if (phase === 'listing') void work.settle(signal);
      else if (phase === 'preparing') store.setState({ phase: 'planned', progress: null, dataset: null });
    },
  };
}

/** Most readers bring no images: what reads them comes with the first. */
const openInWorker: typeof openDataset = async (...request) => {
  const { openDataset } = await import('../../data/dataset/dataset-client.ts');
  return openDataset(...request);
};

/**
 * @param start opens a source; tests substitute their own
 * @param settling milliseconds without an edit before edits are taken up
 */
export function createDatasetStore(start: typeof openDataset = openInWorker, settling = SETTLE_MS): DatasetStore {
  const store = createStore<DatasetState>(() => EMPTY_DATASET);
  const work = new DatasetWork(store, settling);
  const opening = new DatasetOpening(store, work, start);
  return {
    ...store,
    ...editsOf(store, work),
    ...jobsOf(store, work, opening),
    open: (source, wanted) => opening.open(source, wanted),
    async addDomain(source) {
      const from = isSource(source) ? source : ({ kind: 'files', files: await source } as const);
      const { addDomain } = await import('./domain-work.ts');
      return addDomain(store, work, start, from);
    },
    cancelDomain: () => work.session.stopAdding(),
    adopt: (stored, wanted) => opening.adopt(stored, wanted),
    restore: (images) => opening.restore(images),
    clear: () => opening.clear(),
    dismiss: () => store.setState({ refused: null }),
    async toKeep() {
      const { session } = work;
      const { revision, keeping } = session;
      const parts = await partsToKeep(session, store.getState(), keeping).catch((error: unknown) => {
        if (work.session === session) throw error;
        return null; // the data set was closed meanwhile
      });
      return (
        parts && {
          parts,
          done(id) {
            session.keptAt = keeping;
            const keptCurrent = session.revision === revision;
            const isEdited = !keptCurrent;
            opening.update(session, { keptId: id, keptCurrent, isEdited, keptSmaller: session.outgrowsCopy });
          },
        }
      );
    },
    kept(id) {
      if (id === null) work.session.keptAt = null;
      const keptCurrent = id !== null;
      store.setState({ keptId: id, keptCurrent, keptSmaller: work.session.outgrowsCopy });
      if (keptCurrent) store.setState({ isEdited: false });
    },
  };
}
