/** Runs a study to its end, whatever becomes of its worker. */
import { integer } from '../../core/number-format.ts';
import type { CheckpointStore, SavedStudy } from '../../study/checkpoint/checkpoint-store.ts';
import type { StudyEvent } from '../../study/result/events.ts';
import { WorkerClosed, WorkerCrash, type Asks } from '../../worker/client.ts';
import { STUDY_STATE_WORDS } from './messages.ts';
import { onceBegun, tell, type StudyStore } from './study-store.ts';

interface Page {
  readonly store: StudyStore;
  readonly client: Asks<'continue'>;
  /** Null where nothing is stored. */
  readonly checkpoints: CheckpointStore | null;
  readonly receive: (event: StudyEvent) => void;
  /** Applies the events that were received. */
  readonly flush: () => void;
  readonly pause: () => Promise<void>;
}

export interface LastingStudy {
  /** Name of its checkpoints; null if none are stored. */
  readonly study: string | null;
  readonly start: () => Promise<void>;
  /** Clients that a class trained are simulated where it goes on. */
  readonly simulates?: boolean;
  /** Id of the map in whose course it runs, where what is saved of it goes on. */
  readonly map?: string;
}

/** The checkpoint of a study that no worker is running; null if there is none. */
async function savedStudy(checkpoints: CheckpointStore | null, study: string): Promise<SavedStudy | null> {
  try {
    await checkpoints?.ended(study);
    return (await checkpoints?.list())?.interrupted.find(({ id }) => id === study) ?? null;
  } catch {
    return null; // no storage here
  }
}

/** A study that the reader paused pauses again once another worker has begun it, however many that takes. */
async function pauseOnceBegun({ store, pause }: Pick<Page, 'store' | 'pause'>): Promise<void> {
  const { status } = await onceBegun(store);
  if (status === 'running') await pause();
}

/**
 * Runs a study to its end, even if its worker dies or stops responding: a new worker resumes from the checkpoint, or restarts without one.
 * Gives up if a worker dies again without progress.
 * @param signal the reader ended the study, whatever its worker does
 */
export async function lasting(
  { store, client, checkpoints, receive, flush, pause }: Page,
  { study, start, simulates = false, map }: LastingStudy,
  signal: AbortSignal,
): Promise<void> {
  let attempt = start;
  for (let reached = -1; ;) {
    try {
      return await attempt();
    } catch (error) {
      if (!(error instanceof WorkerCrash || error instanceof WorkerClosed)) throw error;
      const { status } = store.getState();
      const isStopping = status === 'stopping';
      const saved = study === null ? null : await savedStudy(checkpoints, study);
      // The reader ended it, as with a study stopped in time.
      if (isStopping || signal.aborted) throw new WorkerClosed(STUDY_STATE_WORDS.ended, { cause: error });
      const step = saved?.head.step ?? 0;
      if (!(error instanceof WorkerCrash) || step <= reached) throw error;
      reached = step;
      flush();
      store.setState({ status: 'starting', isSaved: saved !== null, progress: null });
      tell(store, () => STUDY_STATE_WORDS.workerStopped(error.reason || null, saved ? integer(step) : null));
      if (status === 'paused') void pauseOnceBegun({ store, pause });
      attempt = saved ? () => client.ask('continue', { study: saved.id, simulates, map }, { onNews: receive }) : start;
    }
  }
}
