/** Opens data sets. The one before is held until the next is accepted, and comes back if it is not. */
import type { StoreApi } from 'zustand/vanilla';
import type { openDataset } from '../../data/dataset/dataset-client.ts';
import type { DroppedDataset } from '../../data/dataset/dropped.ts';
import type { DatasetSource } from '../../data/dataset/source.ts';
import type { DroppedFile } from '../../data/files/walk.ts';
import type { StoredDataset } from '../../data/stored/stored-dataset.ts';
import { squareGeometry, type ImageGeometry } from '../../model/image-geometry.ts';
import type { DatasetSession } from './dataset-session.ts';
import type { DatasetState, Refusal } from './dataset-state.ts';
import { failure, type DatasetWork } from './dataset-work.ts';
import { calledBy, isHopeless } from './plan-state.ts';

export type Files = Promise<readonly DroppedFile[]> | readonly DroppedFile[];

export const isSource = (source: Files | DatasetSource): source is DatasetSource => 'kind' in source;

export class DatasetOpening {
  /** The previous data set, until the one being opened is accepted. */
  #held: { readonly state: DatasetState; readonly session: DatasetSession } | null = null;

  constructor(
    private readonly store: StoreApi<DatasetState>,
    private readonly work: DatasetWork,
    private readonly start: typeof openDataset,
  ) {}

  /** @returns whether it was accepted; otherwise the data set before is back */
  async open(source: Files | DatasetSource, wanted: ImageGeometry): Promise<boolean> {
    const { store, work } = this;
    this.#hold();
    const signal = work.reset(wanted);
    store.setState({ phase: 'listing' });
    let what = '';
    try {
      const from: DatasetSource = isSource(source) ? source : { kind: 'files', files: await source };
      what = calledBy(from);
      const listed = await this.start(from, { signal, onProgress: work.progressOf(signal) });
      if (signal.aborted) {
        listed.close();
        return false;
      }
      work.session.opened = listed;
      if (isHopeless(listed.plan)) {
        this.giveBack({ what, problems: listed.plan.problems });
        return false;
      }
      store.setState({ name: listed.plan.name });
      await work.take(signal, listed.plan);
      const { phase, problems } = store.getState();
      if (!signal.aborted && phase === 'failed' && work.session.last.images?.records.length === 0) {
        this.giveBack({ what, problems });
        return false;
      }
      // a data set opened meanwhile restores the held one itself
      const isTaken = work.session.opened === listed;
      if (isTaken) this.#release();
      return isTaken;
    } catch (error) {
      if (!signal.aborted) this.giveBack({ what, problems: [failure(error)] });
      return false;
    }
  }

  /** Shows a data set stored on this device. */
  async adopt(stored: StoredDataset, wanted: ImageGeometry): Promise<void> {
    const { store } = this;
    this.#close();
    const signal = this.work.reset(wanted);
    store.setState({ keptId: stored.info.id, keptCurrent: true });
    await this.#show(signal, stored);
  }

  /** Shows the images of a resumed study. */
  async restore(images: DroppedDataset): Promise<void> {
    this.#close();
    const signal = this.work.reset(squareGeometry(images.imageSize));
    const { restoredDataset } = await import('../../data/stored/restored-dataset.ts');
    if (signal.aborted) return;
    await this.#show(signal, restoredDataset(images));
    // The layout of the original files is no longer known.
    if (!signal.aborted) this.store.setState({ layout: null });
  }

  /** Whether a data set before this one can come back. */
  get holds(): boolean {
    return this.#held !== null;
  }

  /** Brings the held data set back, with the geometry wanted meanwhile. @param refused why the one after it is not accepted */
  giveBack(refused: Refusal | null): void {
    if (!this.#held) return;
    const { work } = this;
    const { state, session } = this.#held;
    const { geometry: wanted } = work.session;
    const isSame = JSON.stringify(session.geometry) === JSON.stringify(wanted);
    work.session.close();
    session.geometry = wanted;
    const signal = work.resume(session, { ...state, refused });
    const isSettled = state.phase !== 'listing' && state.phase !== 'preparing';
    this.#held = null;
    if (!state.previews) work.look();
    if (session.plan && !(isSettled && isSame)) void work.settle(signal);
  }

  /** Changes the state of a data set, which is on the page, held, or gone. */
  update(session: DatasetSession, change: Partial<DatasetState>): void {
    if (session === this.work.session) this.store.setState(change);
    else if (session === this.#held?.session) this.#held = { session, state: { ...this.#held.state, ...change } };
  }

  clear(): void {
    this.#close();
    this.work.reset(this.work.session.geometry);
  }

  #hold(): void {
    const { session } = this.work;
    // Nobody could see, or cancel, what is still being added to it.
    session.stopAdding();
    if (this.#held) session.close();
    else this.#held = { state: { ...this.store.getState(), adding: null }, session };
  }

  #release(): void {
    this.#held?.session.close();
    this.#held = null;
  }

  #close(): void {
    this.#release();
    this.work.session.close();
  }

  /** Shows a data set stored here as decoded images. */
  async #show(signal: AbortSignal, stored: StoredDataset): Promise<void> {
    const { shares, seed, names, heldOut = [] } = stored.contents.edits;
    const { openStored } = await import('../../data/stored/open-stored.ts');
    if (signal.aborted) return;
    const opened = openStored(stored);
    this.work.session.opened = opened;
    this.work.session.source = squareGeometry(stored.info.imageSize);
    this.work.session.quick = true;
    this.store.setState({ name: stored.info.name, shares, seed, heldOut });
    await this.work.take(signal, opened.plan, names);
  }
}
