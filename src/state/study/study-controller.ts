/** Commands of the page: what a press on a button does to the worker and to the store. */
import { errorText } from '../../core/error-text.ts';
import type { BackendId } from '../../engine/engine.ts';
import { evaluationConfig, type GivenAdapter } from '../../study/config/evaluation-config.ts';
import type { StudyConfig } from '../../study/config/config.ts';
import type { StudyEvent } from '../../study/result/events.ts';
import { WorkerClosed, WorkerCrash, type StudyWorkerClient } from '../../worker/client.ts';
import type { CheckpointStore, SavedStudy } from '../../study/checkpoint/checkpoint-store.ts';
import type { DroppedDataset } from '../../worker/protocol.ts';
import { reduceAdapterEvent, type AdaptersStore } from '../adapters/adapters-store.ts';
import { reduceEvent, type StudyStore } from './study-store.ts';

export interface StudyController {
  openEngine(backend: BackendId | 'auto'): Promise<void>;
  /** Looks for the fastest engine, unless one was asked for or is at work before there was time to look. */
  findEngine(): Promise<void>;
  /** Runs the configured study; `dataset` holds the user's own images when the task is "dropped". */
  run(dataset: DroppedDataset | null): Promise<void>;
  /** Adds seeds to the study on screen: runs whose adapters are at hand are kept, others are trained again with the new ones. */
  moreSeeds(dataset: DroppedDataset | null, count: number): Promise<void>;
  /** Computes what the study on screen lacks from the adapters at hand; nothing happens where they are not. */
  complete(dataset: DroppedDataset | null): Promise<void>;
  /** Goes on with an interrupted study; its settings become the page's. */
  continueStudy(saved: SavedStudy): Promise<void>;
  /** Evaluates adapters on the configured task; what it finds takes the place of the result shown. */
  evaluate(dataset: DroppedDataset | null, adapters: readonly GivenAdapter[]): Promise<void>;
  pause(): Promise<void>;
  resume(): Promise<void>;
  step(): Promise<void>;
  /** Ends the study and keeps what is done. While it starts, or stops already, the worker is ended at once. */
  stop(): Promise<void>;
}

/** Needed when somebody presses a button. */
const extending = () => import('./more-seeds.ts');

/** Charts follow at most four times a second (Plotly grows in memory above that), so events are gathered for this long. */
const FLUSH_MS = 250;

export function createStudyController(
  store: StudyStore,
  client: StudyWorkerClient,
  adapters: AdaptersStore,
  checkpoints: CheckpointStore | null = null,
): StudyController {
  let queue: StudyEvent[] = [];
  let timer: ReturnType<typeof setTimeout> | null = null;
  /** Somebody wants the study ended whatever its worker does. */
  let abandoned = false;

  const flush = (): void => {
    if (timer !== null) clearTimeout(timer);
    timer = null;
    const events = queue;
    queue = [];
    if (events.length > 0) store.setState(events.reduce(reduceEvent, store.getState()));
  };

  const receive = (event: StudyEvent): void => {
    queue.push(event);
    if (event.type === 'started' || event.type === 'finished') flush();
    else timer ??= setTimeout(flush, FLUSH_MS);
  };

  const receiveAll = (event: StudyEvent): void => {
    adapters.setState((state) => reduceAdapterEvent(state, event));
    receive(event);
  };

  const order = async (send: () => Promise<void>, status: 'running' | 'paused' | 'stopping'): Promise<void> => {
    try {
      await send();
      const active = store.getState().status !== 'idle';
      if (active) store.setState({ status });
    } catch (error) {
      // What became of the worker is the matter of whoever waits for the study.
      if (!(error instanceof WorkerCrash || error instanceof WorkerClosed)) store.setState({ error: errorText(error) });
    }
  };

  /** What a study that nobody computes any more left behind; null where that is nothing. */
  const savedStudy = async (study: string): Promise<SavedStudy | null> => {
    try {
      await checkpoints?.ended(study);
      return (await checkpoints?.list())?.interrupted.find(({ id }) => id === study) ?? null;
    } catch {
      return null; // no storage here
    }
  };

  /**
   * Runs a study to its end, also when its worker dies or falls silent on the way: a new one goes on from the checkpoint, or begins again where
   * there is none. One that dies again without having come further is given up.
   * @param study name of its checkpoints; null where it keeps none
   */
  const lasting = async (study: string | null, start: () => Promise<void>): Promise<void> => {
    let attempt = start;
    for (let reached = -1; ;) {
      try {
        return await attempt();
      } catch (error) {
        if (!(error instanceof WorkerCrash || error instanceof WorkerClosed)) throw error;
        const unwanted = abandoned || store.getState().status === 'stopping';
        const saved = study === null ? null : await savedStudy(study);
        if (unwanted || abandoned) {
          // It was ended by its user, as a study that is stopped in time.
          if (saved) await checkpoints?.discard(saved.id);
          throw new WorkerClosed('The study was ended.', { cause: error });
        }
        const step = saved?.head.step ?? 0;
        if (!(error instanceof WorkerCrash) || step <= reached) throw error;
        reached = step;
        flush();
        const where = saved ? `goes on at step ${step.toLocaleString('en')}` : 'begins again';
        const why = error.reason ? ` (${error.reason})` : '';
        store.setState(({ notices }) => ({
          status: 'starting',
          progress: null,
          notices: [...notices, `The study worker stopped${why}. Another one took its place, and the study ${where}.`],
        }));
        attempt = saved ? () => client.continueStudy(saved.id, receiveAll) : start;
      }
    }
  };

  /** A name for the checkpoints of a new study. */
  const newStudy = (): string | null => checkpoints && crypto.randomUUID();

  /** One study at a time: nothing happens while another runs. @param own settings of the study that become the page's; absent: it has the page's */
  const occupy = async (work: () => Promise<void>, own?: StudyConfig): Promise<void> => {
    if (store.getState().status !== 'idle') return;
    abandoned = false;
    if (own) store.setState({ config: own, readOnly: false });
    store.setState(({ config }) => ({ status: 'starting', underWay: config, error: null, progress: null }));
    try {
      await work();
      flush();
      store.setState({ status: 'idle', underWay: null, engineStatus: 'ready' });
    } catch (error) {
      flush();
      store.setState((state) => ({
        status: 'idle',
        underWay: null,
        progress: null,
        error: error instanceof WorkerClosed ? null : errorText(error),
        // What was computed before the failure stays on screen, marked as ended.
        result: state.result?.status === 'running' ? { ...state.result, status: 'stopped' } : state.result,
      }));
    }
  };

  const openEngine = async (backend: BackendId | 'auto'): Promise<void> => {
    store.setState({ backend, engineStatus: 'opening', engineMessage: null });
    try {
      const { engine, notices } = await client.open(backend);
      store.setState({ engine, engineStatus: 'ready', engineMessage: notices.join(' ') || null });
    } catch (error) {
      if (error instanceof WorkerClosed) store.setState({ engineStatus: 'unopened' });
      else store.setState({ engineStatus: 'failed', engine: null, engineMessage: errorText(error) });
    }
  };

  return {
    openEngine,
    async findEngine() {
      const { engineStatus, status } = store.getState();
      if (engineStatus === 'unopened' && status === 'idle') await openEngine('auto');
    },
    run: (dataset) =>
      occupy(() => {
        const { config } = store.getState();
        const study = newStudy();
        return lasting(study, () => client.run(config, dataset, receiveAll, null, study));
      }),
    async moreSeeds(dataset, count) {
      const { extensibleStudy, withMoreSeeds } = await extending();
      const { result, status } = store.getState();
      if (!result || status !== 'idle') return;
      const config = withMoreSeeds(result.config, count);
      const known = extensibleStudy(result, adapters.getState());
      await occupy(() => lasting(null, () => client.run(config, dataset, receiveAll, known)), config);
    },
    async complete(dataset) {
      const { knownStudy } = await extending();
      const { result, status } = store.getState();
      const known = result && status === 'idle' ? knownStudy(result, adapters.getState()) : null;
      if (!known) return;
      const { config } = known.result;
      await occupy(() => lasting(null, () => client.run(config, dataset, receiveAll, known)), config);
    },
    continueStudy: ({ id, head }) => occupy(() => lasting(id, () => client.continueStudy(id, receiveAll)), head.config),
    evaluate: (dataset, given) =>
      occupy(() => {
        const config = evaluationConfig(store.getState().config, given);
        return lasting(null, () => client.evaluate(config, dataset, given, receive));
      }),
    pause: () => order(() => client.pause(), 'paused'),
    resume: () => order(() => client.resume(), 'running'),
    step: () => order(() => client.step(), 'paused'),
    async stop() {
      const { status } = store.getState();
      if (status === 'idle') return;
      if (status === 'starting' || status === 'stopping') {
        abandoned = true;
        client.terminate();
        return;
      }
      store.setState({ status: 'stopping' });
      await order(() => client.stop(), 'stopping');
    },
  };
}
