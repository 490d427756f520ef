/** Opens data sets. The one before is held until the next is accepted, be it still being opened itself, and comes back if it is not. */
import { sameJson } from '../../core/same-json.ts';
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

/** A data set that is opened and not accepted yet. */
interface Opening {
  readonly source: Files | DatasetSource;
  /** Ends it. @param isTaken whether it was accepted */
  readonly done: (isTaken: boolean) => void;
}

/** What was on the page when another data set was opened. */
interface Held {
  readonly state: DatasetState;
  readonly session: DatasetSession;
  /** Null: it had been accepted. */
  readonly opening: Opening | null;
  /** What was on the page before it, where it had not been accepted. */
  readonly below: Held | null;
}

export class DatasetOpening {
  /** The data sets before the one that is opened, until it is accepted. */
  #held: Held | null = null;
  #opening: Opening | null = null;

  constructor(
    private readonly store: StoreApi<DatasetState>,
    private readonly work: DatasetWork,
    private readonly start: typeof openDataset,
  ) {}

  /** @returns whether it was accepted, be it after another one that was not; otherwise the data set before is back, or another one was accepted */
  open(source: Files | DatasetSource, wanted: ImageGeometry): Promise<boolean> {
    this.#hold();
    const signal = this.work.reset(wanted);
    this.store.setState({ phase: 'listing' });
    return new Promise((done) => {
      this.#opening = { source, done };
      void this.#proceed(this.#opening, signal);
    });
  }

  /** Lists and prepares what is opened. Where it waited for another one, it goes on. */
  async #proceed(opening: Opening, signal: AbortSignal): Promise<void> {
    const { source, done } = opening;
    const { store, work } = this;
    const { session } = work;
    let what = '';
    try {
      const from: DatasetSource = isSource(source) ? source : { kind: 'files', files: await source };
      what = calledBy(from);
      if (signal.aborted) return;
      if (session.plan) await work.settle(signal, store.getState().phase === 'preparing');
      else if (!(await this.#list(from, what, signal))) return;
      if (this.#opening !== opening) return; // another one came, and may be gone again
      const { phase, problems } = store.getState();
      if (!signal.aborted && phase === 'failed' && session.last.images?.records.length === 0) {
        this.giveBack({ what, problems });
        return;
      }
      this.#release();
      this.#opening = null;
      done(true);
    } catch (error) {
      if (!signal.aborted) this.giveBack({ what, problems: [failure(error)] });
    }
  }

  /** @returns whether there is a plan with images */
  async #list(from: DatasetSource, what: string, signal: AbortSignal): Promise<boolean> {
    const { store, work } = this;
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
    return true;
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

  /** Brings the held data set back, with the geometry wanted meanwhile; what was being done with it goes on. @param refused why the one after it is not accepted */
  giveBack(refused: Refusal | null): void {
    if (!this.#held) return;
    const { work } = this;
    const { state, session, opening, below } = this.#held;
    const { geometry: wanted } = work.session;
    const isSame = sameJson(session.geometry, wanted);
    work.session.close();
    session.geometry = wanted;
    const signal = work.resume(session, { ...state, refused });
    const isSettled = state.phase !== 'listing' && state.phase !== 'preparing';
    this.#opening?.done(false);
    // Another object: what began before it waited does not end it.
    this.#opening = opening && { ...opening };
    this.#held = below;
    if (!state.previews) work.look();
    if (this.#opening) void this.#proceed(this.#opening, signal);
    else if (session.plan && !(isSettled && isSame)) void work.settle(signal, state.phase === 'preparing');
  }

  /** Changes the state of a data set, which is on the page, held, or gone. */
  update(session: DatasetSession, change: Partial<DatasetState>): void {
    const changed = (held: Held | null): Held | null =>
      held && {
        ...held,
        state: held.session === session ? { ...held.state, ...change } : held.state,
        below: changed(held.below),
      };
    if (session === this.work.session) this.store.setState(change);
    else this.#held = changed(this.#held);
  }

  clear(): void {
    this.#close();
    this.work.reset(this.work.session.geometry);
  }

  #hold(): void {
    const { session } = this.work;
    // Nobody could see, or cancel, what is still being added to it.
    session.stopAdding();
    const state = { ...this.store.getState(), adding: null };
    this.#held = { state, session, opening: this.#opening, below: this.#held };
  }

  #release(): void {
    for (let held = this.#held; held; held = held.below) {
      held.session.close();
      held.opening?.done(false);
    }
    this.#held = null;
  }

  #close(): void {
    this.#release();
    this.#opening?.done(false);
    this.#opening = null;
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
