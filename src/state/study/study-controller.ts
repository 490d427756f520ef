/** Commands of the page: what its buttons do to the worker and the store. */
import { errorText } from '../../core/error-text.ts';
import { randomId } from '../../platform/random-id.ts';
import { evaluationConfig, type GivenAdapter } from '../../study/config/evaluation-config.ts';
import type { StudyConfig } from '../../study/config/config.ts';
import type { StudyEvent } from '../../study/result/events.ts';
import { WorkerClosed, WorkerCrash, type Asks, type Order, type StudyWorkerClient } from '../../worker/client.ts';
import type { CheckpointStore, SavedStudy } from '../../study/checkpoint/checkpoint-store.ts';
import { RunsElsewhere } from '../../study/checkpoint/runs-elsewhere.ts';
import type { DroppedDataset } from '../../worker/protocol.ts';
import { reduceAdapterEvent, withAdaptersOf, type AdaptersStore } from '../adapters/adapters-store.ts';
import { testSetOf, testSetsOf } from '../pictures/own-test-set.ts';
import { afterStudy, beforeStudy, leftByStudy, type Occupation } from './ended-study.ts';
import { createEngineOpening, type EngineOpening } from './engine-opening.ts';
import { createEventBatches } from './event-batches.ts';
import { imagesOf } from './images-diff.ts';
import { lasting, type LastingStudy } from './lasting-study.ts';
import { ownOnPage } from './replace-shown.ts';
import { runsElsewhere, untell, tell, type StudyState, type StudyStore } from './study-store.ts';

export interface CellRun {
  /** Id of the map. */
  readonly map: string;
  /** Where it was interrupted, of the same settings; null: it begins. */
  readonly saved: SavedStudy | null;
}

export interface StudyController extends EngineOpening {
  /** Whether the page may begin studies: without it, what begins one does nothing. Given adapters are evaluated all the same. */
  readonly mayStart: () => boolean;
  /**
   * Runs a study of these settings, or of the page's; `dataset` contains the reader's own images when the task is "dropped".
   * @param cell of a map in whose course it runs, which goes on in it: once it is stopped, it is not offered as a study of its own
   */
  run(dataset: DroppedDataset | null, config?: StudyConfig, cell?: CellRun): Promise<void>;
  /** Adds seeds to the study on screen: it is kept where its adapters and its images are at hand, or else retrained with the new seeds. */
  moreSeeds(dataset: DroppedDataset | null, count: number): Promise<void>;
  /** Computes the missing findings of the study on screen from the available adapters; does nothing without them, or with other images. */
  complete(dataset: DroppedDataset | null): Promise<void>;
  /**
   * Resumes an interrupted study; its settings become the page's, unless it does not begin.
   * @param dataset its own images, once they are read; null if it has none
   * @param simulates clients that a class trained are simulated; false: it waits for the class
   */
  continueStudy(saved: SavedStudy, dataset: Promise<DroppedDataset | null>, simulates?: boolean): Promise<void>;
  /** Evaluates adapters on the configured task; the result replaces the one shown. */
  evaluate(dataset: DroppedDataset | null, adapters: readonly GivenAdapter[]): Promise<void>;
  pause(): Promise<void>;
  resume(): Promise<void>;
  step(): Promise<void>;
  /** Stops the study and keeps completed work. While it is starting or already stopping, terminates the worker; what was saved of the study can be resumed. */
  stop(): Promise<void>;
}

type StudyClient = Asks<'run' | 'continue' | 'evaluate'> & Pick<StudyWorkerClient, 'open' | 'order' | 'terminate'>;

/** Loaded on first use. */
const extending = () => import('./more-seeds.ts');

export function createStudyController(
  store: StudyStore,
  client: StudyClient,
  adapters: AdaptersStore,
  checkpoints: CheckpointStore | null = null,
  mayStart: () => boolean = () => true,
): StudyController {
  const { receive, flush } = createEventBatches(store);
  /** Aborted: the reader ended the study, whatever its worker does. */
  let abandoning = new AbortController();

  const receiveAll = (event: StudyEvent): void => {
    adapters.setState((state) => reduceAdapterEvent(state, event));
    receive(event);
  };

  const order = async (
    type: Exclude<Order, 'stop-measuring'>,
    status: 'running' | 'paused' | 'stopping',
  ): Promise<void> => {
    try {
      await client.order(type);
      const active = store.getState().status !== 'idle';
      if (active) store.setState({ status });
    } catch (error) {
      // Whoever awaits the study handles worker failures.
      if (!(error instanceof WorkerCrash || error instanceof WorkerClosed))
        store.setState({ error: () => errorText(error) });
    }
  };

  const pause = (): Promise<void> => order('pause', 'paused');

  const opening = createEngineOpening(store, client);

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
  const occupy = async (study: LastingStudy, dataset: DroppedDataset | null, occupation: Occupation): Promise<void> => {
    const shown = store.getState();
    if (shown.status !== 'idle') return;
    const { own, config = own ?? shown.config, kind, left } = occupation;
    const held = adapters.getState();
    const before = { shown, ownBefore: ownOnPage({ study: store, adapters }) };
    const end = (wasStopped: boolean, more: Partial<StudyState> = {}): void => {
      flush();
      const state = store.getState();
      const rest = leftByStudy(before, occupation, state);
      if (!rest && left) adapters.setState((now) => withAdaptersOf(now, held));
      store.setState({
        ...{ status: 'idle', underWay: null, before: null },
        ...more,
        ...(rest ? afterStudy(before, occupation, state, rest) : beforeStudy(before, occupation, state, wasStopped)),
      });
    };
    abandoning = new AbortController();
    untell(store, runsElsewhere);
    if (own) store.setState({ config: own, readOnly: false });
    store.setState({
      ...{ trains: kind !== 'evaluation', isNew: kind === 'new', isSaved: kind === 'saved' },
      ...{ status: 'starting', underWay: config, error: null, progress: null, checkpoint: study.study },
    });
    remember(dataset, config);
    try {
      await lasting({ store, client, checkpoints, receive: receiveAll, flush, pause }, study, abandoning.signal);
      end(true);
    } catch (error) {
      const isClosed = error instanceof WorkerClosed;
      const isElsewhere = error instanceof RunsElsewhere;
      end(isClosed, { progress: null, error: isClosed || isElsewhere ? null : () => errorText(error) });
      if (isElsewhere) tell(store, runsElsewhere);
    }
    // A study that ended before its worker told of a device leaves none, or that which it closed.
    void opening.findEngine();
  };

  const begin: typeof occupy = (...study) => (mayStart() ? occupy(...study) : Promise.resolve());

  return {
    ...opening,
    mayStart,
    async run(dataset, config = store.getState().config, cell) {
      const { map, saved = null } = cell ?? {};
      const study = saved?.id ?? newStudy();
      const options = { onNews: receiveAll };
      const start = () =>
        saved
          ? client.ask('continue', { study: saved.id, simulates: false, map }, options)
          : client.ask('run', { config, dataset, known: null, study, map }, options);
      await begin({ study, start, map }, dataset, { config, kind: saved ? 'saved' : 'new' });
    },
    async moreSeeds(dataset, count) {
      const { extensibleStudy, leftByAdding, withMoreSeeds } = await extending();
      const { result, status, images } = store.getState();
      if (!result || result.config.evaluated || result.config.incomplete || status !== 'idle') return;
      const config = withMoreSeeds(result.config, count);
      const found = extensibleStudy(result, adapters.getState(), { shown: images, now: dataset && imagesOf(dataset) });
      const known = typeof found === 'string' ? null : found;
      const study = known ? null : newStudy();
      const start = () => client.ask('run', { config, dataset, known, study }, { onNews: receiveAll });
      await begin({ study, start }, dataset, { own: config, kind: 'added', left: leftByAdding });
    },
    async complete(dataset) {
      const { knownStudy, leftByAdding, otherImages } = await extending();
      const { result, status, images } = store.getState();
      const known = result && status === 'idle' ? knownStudy(result, adapters.getState()) : null;
      if (!known || otherImages(known.result, { shown: images, now: dataset && imagesOf(dataset) })) return;
      const { config } = known.result;
      const start = () => client.ask('run', { config, dataset, known, study: null }, { onNews: receiveAll });
      await begin({ study: null, start }, dataset, { own: config, kind: 'evaluation', left: leftByAdding });
    },
    continueStudy: ({ id, head }, dataset, simulates = false) => {
      const start = () => client.ask('continue', { study: id, simulates }, { onNews: receiveAll });
      const done = begin({ study: id, start, simulates }, null, { own: head.config, kind: 'saved' });
      const tell = (own: DroppedDataset | null): void => {
        if (own && store.getState().underWay === head.config) remember(own, head.config);
      };
      dataset.then(tell, () => {}); // whoever reads them says so
      return done;
    },
    evaluate(dataset, given) {
      // A worker that begins it again knows nothing of later edits.
      const { config } = store.getState();
      const start = () =>
        client.ask(
          'evaluate',
          { config: evaluationConfig(config, given), dataset, adapters: given },
          { onNews: receive },
        );
      return occupy({ study: null, start }, dataset, { config, kind: 'evaluation' });
    },
    pause,
    resume: () => order('resume', 'running'),
    step: () => order('step', 'paused'),
    async stop() {
      const { status } = store.getState();
      if (status === 'idle') return;
      if (status === 'starting' || status === 'stopping') {
        abandoning.abort();
        client.terminate();
        return;
      }
      store.setState({ status: 'stopping' });
      await order('stop', 'stopping');
    },
  };
}
