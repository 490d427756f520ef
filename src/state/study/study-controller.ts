/** Commands of the page: what its buttons do to the worker and the store. */
import { comingCode } from '../../platform/coming-code.ts';
import { randomId } from '../../platform/random-id.ts';
import { evaluationConfig, type GivenAdapter } from '../../study/config/evaluation-config.ts';
import type { StudyConfig } from '../../study/config/config.ts';
import type { Asks, StudyWorkerClient } from '../../worker/client.ts';
import type { CheckpointStore, SavedStudy } from '../../study/checkpoint/checkpoint-store.ts';
import type { DroppedDataset } from '../../worker/protocol.ts';
import type { AdaptersStore } from '../adapters/adapters-store.ts';
import { createEngineOpening, type EngineOpening } from './engine-opening.ts';
import { leftByAdding } from './ended-study.ts';
import { createStudyOrders, type StudyOrders } from './study-orders.ts';
import { createStudyRunner, type StudyRunner } from './study-runner.ts';
import type { StudyStore } from './study-store.ts';

export interface CellRun {
  /** Id of the map. */
  readonly map: string;
  /** Where it was interrupted, of the same settings; null: it begins. */
  readonly saved: SavedStudy | null;
}

export interface StudyController extends EngineOpening, StudyOrders {
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
  /** Stops the study and keeps completed work. While it is starting or already stopping, terminates the worker; what was saved of the study can be resumed. */
  stop(): Promise<void>;
}

type StudyClient = Asks<'run' | 'continue' | 'evaluate'> & Pick<StudyWorkerClient, 'open' | 'order' | 'terminate'>;

/** Loaded on first use. */
const extending = () => comingCode(import('./more-seeds.ts'));

export function createStudyController(
  store: StudyStore,
  client: StudyClient,
  adapters: AdaptersStore,
  checkpoints: CheckpointStore | null = null,
  mayStart: () => boolean = () => true,
): StudyController {
  const orders = createStudyOrders(store, client);
  const runner = createStudyRunner(store, client, adapters, checkpoints, orders);
  const opening = createEngineOpening(store, client);
  const events = { onNews: runner.receiveAll };

  /** A name for the checkpoints of a new study. */
  const newStudy = (): string | null => checkpoints && randomId();

  const occupy: StudyRunner['run'] = async (...study) => {
    await runner.run(...study);
    // A study that ended before its worker told of a device leaves none, or that which it closed.
    void opening.findEngine();
  };

  const begin: StudyRunner['run'] = async (...study) => {
    if (mayStart()) await occupy(...study);
  };

  return {
    ...opening,
    ...orders,
    mayStart,
    async run(dataset, config = store.getState().config, cell) {
      const { map, saved = null } = cell ?? {};
      const study = saved?.id ?? newStudy();
      const start = () =>
        saved
          ? client.ask('continue', { study: saved.id, simulates: false, map }, events)
          : client.ask('run', { config, dataset, known: null, study, map }, events);
      await begin({ study, start, map }, dataset, { config, kind: saved ? 'saved' : 'new' });
    },
    async moreSeeds(dataset, count) {
      const { addedSeeds } = await extending();
      const added = addedSeeds(store.getState(), adapters.getState(), dataset, count);
      if (!added) return;
      const { config, known } = added;
      const study = newStudy();
      const start = () => client.ask('run', { config, dataset, known, study }, events);
      await begin({ study, start }, dataset, { own: config, kind: 'added', left: leftByAdding });
    },
    async complete(dataset) {
      const { completableStudy } = await extending();
      const known = completableStudy(store.getState(), adapters.getState(), dataset);
      if (!known) return;
      const { config } = known.result;
      const start = () => client.ask('run', { config, dataset, known, study: null }, events);
      await begin({ study: null, start }, dataset, { own: config, kind: 'evaluation', left: leftByAdding });
    },
    continueStudy: ({ id, head }, dataset, simulates = false) => {
      const start = () => client.ask('continue', { study: id, simulates }, events);
      const left = head.adds ? leftByAdding : undefined;
      const done = begin({ study: id, start, simulates }, null, { own: head.config, kind: 'saved', left });
      const tell = (own: DroppedDataset | null): void => {
        if (own && store.getState().underWay === head.config) runner.remember(own, head.config);
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
          { onNews: runner.receive },
        );
      return occupy({ study: null, start }, dataset, { config, kind: 'evaluation' });
    },
    async stop() {
      const { status } = store.getState();
      if (status === 'idle') return;
      if (status === 'starting' || status === 'stopping') runner.abandon();
      else await orders.stop();
    },
  };
}
