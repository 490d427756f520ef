/** The work on an opened data set, from its plan to a study's task: one job at a time, each of which ends the one before. */
import type { StoreApi } from 'zustand/vanilla';
import { errorText } from '../../core/error-text.ts';
import { promptOf } from '../../data/bundled/tasks.ts';
import type { JobOptions } from '../../data/dataset/dataset-client.ts';
import type { DatasetPlan } from '../../data/dataset/plan.ts';
import { drawnSides } from '../../data/dataset/shares.ts';
import { error as problemOf, hasError, type Problem } from '../../data/files/problem.ts';
import { squareGeometry, type ImageGeometry } from '../../model/image-geometry.ts';
import { loadPreviews } from './dataset-previews.ts';
import { DatasetSession } from './dataset-session.ts';
import { EMPTY_DATASET, type DatasetState } from './dataset-state.ts';
import type { PlannedStudy } from './planned-study.ts';
import { limitOf, recordsOf, stateOfPlan } from './plan-state.ts';
import { plannedClasses, preparedClasses } from './used-classes.ts';

/** Debounce for edits: dependent work waits until typing stops. Milliseconds. */
export const SETTLE_MS = 700;
/** Up to this many images are decoded without asking, because it takes only a moment. */
const LIGHT = 400;

export const failure = (error: unknown): Problem => problemOf(null, errorText(error));

export class DatasetWork {
  session = new DatasetSession(squareGeometry(32));
  #job = new AbortController();
  #looks = new AbortController();
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** @param settling milliseconds without an edit before edits are taken up */
  constructor(
    private readonly store: StoreApi<DatasetState>,
    private readonly settling: number,
  ) {}

  /** Ends the current job and begins another. */
  begin(): AbortSignal {
    this.#job.abort();
    clearTimeout(this.#timer);
    this.#job = new AbortController();
    return this.#job.signal;
  }

  /** Begins a session without a data set. The one before stays open for whoever holds it. */
  reset(geometry: ImageGeometry): AbortSignal {
    const signal = this.begin();
    this.#looks.abort();
    this.session = new DatasetSession(geometry);
    this.store.setState(EMPTY_DATASET, true);
    return signal;
  }

  /** Goes back to an earlier session, with its state. */
  resume(session: DatasetSession, state: DatasetState): AbortSignal {
    const signal = this.reset(session.geometry);
    this.session = session;
    this.store.setState(state, true);
    return signal;
  }

  /** Shows the progress of a job until it is ended. */
  progressOf(signal: AbortSignal): NonNullable<JobOptions['onProgress']> {
    return (done, total, waiting = null) => {
      if (!signal.aborted) this.store.setState({ progress: { done, total, waiting } });
    };
  }

  /** Decodes and splits a plan. */
  async build(signal: AbortSignal, { plan, domains }: PlannedStudy): Promise<void> {
    this.store.setState({ phase: 'preparing', progress: { done: 0, total: 0, waiting: null } });
    const { shares, seed } = this.store.getState();
    const { session } = this;
    const { geometry } = session;
    try {
      const { buildDataset } = await import('../../data/dataset/dataset.ts');
      const { dataset, drawn, problems } = await buildDataset({ prepare: session.prepare }, plan, {
        imageSize: geometry.imageSize,
        geometry,
        shares,
        seed,
        promptOf,
        domains,
        signal,
        onProgress: this.progressOf(signal),
      });
      if (signal.aborted) return;
      const used = dataset ? { used: preparedClasses(dataset) } : {};
      const keptSmaller = session.outgrowsCopy;
      const phase = dataset ? 'ready' : 'failed';
      this.store.setState({ phase, dataset, drawn, ...used, keptSmaller, problems, progress: null });
    } catch (error) {
      if (!signal.aborted)
        this.store.setState({ phase: 'failed', dataset: null, problems: [failure(error)], progress: null });
    }
  }

  /** What the reader's edits make of the plan; null while there is none. */
  async edited(): Promise<PlannedStudy | null> {
    const { plannedStudy } = await import('./planned-study.ts');
    return plannedStudy(this.session, this.store.getState());
  }

  /** Runs after every change: returns to the plan, and prepares again if that is quick or asked for. */
  async settle(signal: AbortSignal, isAsked = false): Promise<void> {
    const edited = await this.edited();
    if (!edited || signal.aborted) return;
    const final = edited.plan;
    const { geometry, last } = this.session;
    const { problems } = final;
    const limit = limitOf(final, geometry);
    this.store.setState({
      drawn: drawnSides(final.images, final.classes.length),
      used: plannedClasses(final),
    });
    if (hasError(problems)) {
      this.store.setState({ phase: 'failed', dataset: null, problems, progress: null, limit });
      return;
    }
    if (isAsked || this.#goesOn() || last.has(recordsOf(final), { geometry })) return this.build(signal, edited);
    this.store.setState({ phase: 'planned', dataset: null, problems, progress: null, limit });
  }

  /** Notes that the reader changed what is kept. */
  changed(): void {
    this.session.revision++;
    this.store.setState({ keptCurrent: false, isEdited: true });
  }

  /** Takes up an edit. */
  editSoon(): void {
    this.changed();
    this.settleSoon();
  }

  /** Settles once no further change has come for a moment. */
  settleSoon(): void {
    if (!this.session.plan) return;
    const signal = this.begin();
    const phase = this.#goesOn() ? 'preparing' : 'planned';
    this.store.setState({ dataset: null, phase, progress: null });
    this.#timer = setTimeout(() => void this.settle(signal), this.settling);
  }

  /** Loads previews of the plan. */
  look(): void {
    this.stopLooking();
    const { opened, plan, geometry } = this.session;
    if (!opened || !plan) return;
    void loadPreviews(opened, plan, geometry, this.#looks.signal, (previews) => this.store.setState({ previews }));
  }

  stopLooking(): void {
    this.#looks.abort();
    this.#looks = new AbortController();
  }

  /** Takes over a plan. @param names the reader's names from before, one per class */
  async take(signal: AbortSignal, found: DatasetPlan, names?: readonly (string | null)[]): Promise<void> {
    const { session } = this;
    session.plan = found;
    session.quick ||= found.images.length <= LIGHT;
    this.store.setState(({ heldOut }) => ({
      ...stateOfPlan(found, session.geometry, names),
      heldOut: heldOut.filter((name) => found.domains.some((domain) => domain.name === name)),
    }));
    if (hasError(found.problems)) {
      this.store.setState({ phase: 'failed', dataset: null });
      return;
    }
    this.store.setState({ phase: 'planned' });
    this.look();
    await this.settle(signal);
  }

  /** Whether preparation can start without asking the reader. */
  #goesOn(): boolean {
    return this.session.quick && !this.store.getState().readings?.inDoubt;
  }
}
