/** Commands of the page: what its buttons do to the worker and the store. */
import { errorText } from '../../core/error-text.ts';
import { integer } from '../../core/number-format.ts';
import type { BackendId } from '../../engine/engine.ts';
import { randomId } from '../../platform/random-id.ts';
import { evaluationConfig, type GivenAdapter } from '../../study/config/evaluation-config.ts';
import type { StudyConfig } from '../../study/config/config.ts';
import type { StudyEvent } from '../../study/result/events.ts';
import { asEnded } from '../../study/result/as-ended.ts';
import type { StudyResult } from '../../study/result/result.ts';
import { WorkerClosed, WorkerCrash, type StudyWorkerClient } from '../../worker/client.ts';
import type { CheckpointStore, SavedStudy } from '../../study/checkpoint/checkpoint-store.ts';
import type { DroppedDataset } from '../../worker/protocol.ts';
import { reduceAdapterEvent, withAdaptersOf, type AdaptersStore } from '../adapters/adapters-store.ts';
import { testSetOf, testSetsOf } from '../pictures/own-test-set.ts';
import { imagesOf } from './images-diff.ts';
import { STUDY_STATE_WORDS } from './messages.ts';
import { shownOf } from './shown.ts';
import { reduceEvent, type StudyState, type StudyStore } from './study-store.ts';

export interface StudyController {
  openEngine(backend: BackendId | 'auto'): Promise<void>;
  /** Selects the fastest engine, unless one was requested or is already in use. */
  findEngine(): Promise<void>;
  /** Runs a study of these settings, or of the page's; `dataset` contains the reader's own images when the task is "dropped". */
  run(dataset: DroppedDataset | null, config?: StudyConfig): Promise<void>;
  /** Adds seeds to the study on screen: it is kept where its adapters and its images are at hand, or else retrained with the new seeds. */
  moreSeeds(dataset: DroppedDataset | null, count: number): Promise<void>;
  /** Computes the missing findings of the study on screen from the available adapters; does nothing without them, or with other images. */
  complete(dataset: DroppedDataset | null): Promise<void>;
  /**
   * Resumes an interrupted study; its settings become the page's.
   * @param dataset its own images, once they are read; null if it has none
   * @param simulates clients that a class trained are simulated; false: it waits for the class
   */
  continueStudy(saved: SavedStudy, dataset: Promise<DroppedDataset | null>, simulates?: boolean): Promise<void>;
  /** Evaluates adapters on the configured task; the result replaces the one shown. */
  evaluate(dataset: DroppedDataset | null, adapters: readonly GivenAdapter[]): Promise<void>;
  pause(): Promise<void>;
  resume(): Promise<void>;
  step(): Promise<void>;
  /** Stops the study and keeps completed work. While it is starting or already stopping, terminates the worker; what a continued study had before stays resumable. */
  stop(): Promise<void>;
}

/** What a study is. */
interface Occupation {
  /** Settings that become the page's; absent: none do. */
  readonly own?: StudyConfig;
  /** Its settings; absent: those that become the page's, or are. */
  readonly config?: StudyConfig;
  /** False: it only evaluates adapters. */
  readonly trains?: boolean;
  /** Run began it: nothing of it was computed before. */
  readonly isNew?: boolean;
  /** It begins at a checkpoint. */
  readonly isSaved?: boolean;
  /** It only adds to the study shown: what it leaves of its own result when it ends. Null: nothing whole, so that the study shown comes back. */
  readonly left?: ((result: StudyResult) => StudyResult | null) | undefined;
}

/** Loaded on first use. */
const extending = () => import('./more-seeds.ts');

/** Events are batched for this long: charts redraw at most four times a second, because Plotly's memory grows above that. */
const FLUSH_MS = 250;

export function createStudyController(
  store: StudyStore,
  client: StudyWorkerClient,
  adapters: AdaptersStore,
  checkpoints: CheckpointStore | null = null,
): StudyController {
  let queue: StudyEvent[] = [];
  let timer: ReturnType<typeof setTimeout> | null = null;
  /** The reader ended the study, whatever its worker does. */
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
      // Whoever awaits the study handles worker failures.
      if (!(error instanceof WorkerCrash || error instanceof WorkerClosed)) store.setState({ error: errorText(error) });
    }
  };

  /** The checkpoint of a study that no worker is running; null if there is none. */
  const savedStudy = async (study: string): Promise<SavedStudy | null> => {
    try {
      await checkpoints?.ended(study);
      return (await checkpoints?.list())?.interrupted.find(({ id }) => id === study) ?? null;
    } catch {
      return null; // no storage here
    }
  };

  /**
   * Runs a study to its end, even if its worker dies or stops responding: a new worker resumes from the checkpoint, or restarts without one.
   * Gives up if a worker dies again without progress.
   * @param study name of its checkpoints; null if none are stored
   * @param continues whether it starts from one
   * @param simulates clients that a class trained are simulated where it goes on
   */
  const lasting = async (
    study: string | null,
    start: () => Promise<void>,
    continues = false,
    simulates = false,
  ): Promise<void> => {
    let attempt = start;
    for (let reached = -1, isContinued = continues; ;) {
      try {
        return await attempt();
      } catch (error) {
        if (!(error instanceof WorkerCrash || error instanceof WorkerClosed)) throw error;
        const unwanted = abandoned || store.getState().status === 'stopping';
        const saved = study === null ? null : await savedStudy(study);
        if (unwanted || abandoned) {
          // The reader ended it, as with a study stopped in time. What an earlier attempt computed may be in the checkpoint alone.
          if (saved && !isContinued) await checkpoints?.discard(saved.id);
          throw new WorkerClosed(STUDY_STATE_WORDS.ended, { cause: error });
        }
        const step = saved?.head.step ?? 0;
        if (!(error instanceof WorkerCrash) || step <= reached) throw error;
        reached = step;
        flush();
        const notice = STUDY_STATE_WORDS.workerStopped(error.reason || null, saved ? integer(step) : null);
        store.setState(({ notices }) => ({
          status: 'starting',
          isSaved: saved !== null,
          progress: null,
          notices: [...notices, notice],
        }));
        attempt = saved ? () => client.continueStudy(saved.id, receiveAll, simulates) : start;
        isContinued = continues || saved !== null;
      }
    }
  };

  /** A name for the checkpoints of a new study. */
  const newStudy = (): string | null => checkpoints && randomId();

  /** Remembers the reader's own images that a study of these settings has, beside the tested ones of the results shown. */
  const remember = (dataset: DroppedDataset | null, { analyses }: StudyConfig): void => {
    const { result, before, testSets } = store.getState();
    const set = dataset && testSetOf(dataset, analyses.testImages);
    const others = testSetsOf(testSets, result, before).filter(({ digest }) => digest !== set?.digest);
    store.setState({ images: dataset && imagesOf(dataset), testSets: set ? [...others, set] : others });
  };

  /**
   * Runs one study at a time: does nothing while another runs.
   * @param dataset the reader's own images of the study
   */
  const occupy = async (
    work: () => Promise<void>,
    dataset: DroppedDataset | null,
    { own, config = own ?? store.getState().config, trains = true, isNew = false, isSaved = false, left }: Occupation,
  ): Promise<void> => {
    const shown = store.getState();
    if (shown.status !== 'idle') return;
    const held = adapters.getState();
    /**
     * What is shown once it has ended: what was computed, marked as stopped where it is not whole, or what was there before.
     * @param wasStopped no error says why it ended
     */
    const settled = (state: StudyState, wasStopped: boolean): Partial<StudyState> => {
      const { result, config: edited, readOnly, notices } = state;
      const hasBegun = result !== shown.result;
      const computed = hasBegun && result ? asEnded(result) : null;
      const rest = computed && left ? left(computed) : computed;
      if (rest) return { result: rest, testSets: testSetsOf(state.testSets, rest) };
      if (left) adapters.setState((now) => withAdaptersOf(now, held));
      const isOwn = left !== undefined && edited === own;
      return {
        ...shownOf(shown),
        ...(isOwn ? { config: shown.config } : { readOnly }),
        ...(hasBegun && wasStopped && { notices: [...notices, STUDY_STATE_WORDS.notAdded] }),
      };
    };
    const end = (wasStopped: boolean, more: Partial<StudyState>): void => {
      flush();
      store.setState({
        ...{ status: 'idle', underWay: null, before: null },
        ...more,
        ...settled(store.getState(), wasStopped),
      });
    };
    abandoned = false;
    if (own) store.setState({ config: own, readOnly: false });
    store.setState({ status: 'starting', trains, isNew, isSaved, underWay: config, error: null, progress: null });
    remember(dataset, config);
    try {
      await work();
      end(true, { engineStatus: 'ready' });
    } catch (error) {
      const isClosed = error instanceof WorkerClosed;
      end(isClosed, { progress: null, error: isClosed ? null : errorText(error) });
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
    run(dataset, config = store.getState().config) {
      const study = newStudy();
      const train = () => client.run(config, dataset, receiveAll, null, study);
      return occupy(() => lasting(study, train), dataset, { config, isNew: true });
    },
    async moreSeeds(dataset, count) {
      const { extensibleStudy, leftByAdding, withMoreSeeds } = await extending();
      const { result, status, images } = store.getState();
      if (!result || status !== 'idle') return;
      const config = withMoreSeeds(result.config, count);
      const found = extensibleStudy(result, adapters.getState(), { shown: images, now: dataset && imagesOf(dataset) });
      const known = typeof found === 'string' ? null : found;
      const study = known ? null : newStudy();
      const train = () => client.run(config, dataset, receiveAll, known, study);
      const left = known ? leftByAdding : undefined;
      await occupy(() => lasting(study, train), dataset, { own: config, left });
    },
    async complete(dataset) {
      const { areSameImages, knownStudy, leftByAdding } = await extending();
      const { result, status, images } = store.getState();
      const known = result && status === 'idle' ? knownStudy(result, adapters.getState()) : null;
      if (!known || !areSameImages(known.result, { shown: images, now: dataset && imagesOf(dataset) })) return;
      const { config } = known.result;
      await occupy(() => lasting(null, () => client.run(config, dataset, receiveAll, known)), dataset, {
        own: config,
        trains: false,
        left: leftByAdding,
      });
    },
    continueStudy: ({ id, head }, dataset, simulates = false) => {
      const goOn = () => client.continueStudy(id, receiveAll, simulates);
      const done = occupy(() => lasting(id, goOn, true, simulates), null, { own: head.config, isSaved: true });
      const tell = (own: DroppedDataset | null): void => {
        if (own && store.getState().underWay === head.config) remember(own, head.config);
      };
      dataset.then(tell, () => {}); // whoever reads them says so
      return done;
    },
    evaluate: (dataset, given) =>
      occupy(
        () => {
          const config = evaluationConfig(store.getState().config, given);
          return lasting(null, () => client.evaluate(config, dataset, given, receive));
        },
        dataset,
        { trains: false },
      ),
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
