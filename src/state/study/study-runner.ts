/** Runs studies on the page, one at a time: what the page shows from the begin of a study to its end. */
import { errorText } from '../../core/error-text.ts';
import type { CheckpointStore } from '../../study/checkpoint/checkpoint-store.ts';
import { RunsElsewhere } from '../../study/checkpoint/runs-elsewhere.ts';
import type { StudyConfig } from '../../study/config/config.ts';
import type { StudyEvent } from '../../study/result/events.ts';
import { WorkerClosed, type Asks, type StudyWorkerClient } from '../../worker/client.ts';
import type { DroppedDataset } from '../../worker/protocol.ts';
import { reduceAdapterEvent, withAdaptersOf, type AdaptersStore } from '../adapters/adapters-store.ts';
import { testSetOf, testSetsOf } from '../pictures/own-test-set.ts';
import { afterStudy, beforeStudy, leftByStudy, type Occupation } from './ended-study.ts';
import { createEventBatches } from './event-batches.ts';
import { imagesOf } from './images-diff.ts';
import { lasting, type LastingStudy } from './lasting-study.ts';
import { ownOnPage } from './replace-shown.ts';
import type { StudyOrders } from './study-orders.ts';
import { runsElsewhere, tell, untell, type StudyState, type StudyStore } from './study-store.ts';

export interface StudyRunner {
  /** Brings an event of the study that runs to what the page shows of it. */
  readonly receive: (event: StudyEvent) => void;
  /** The same, and its adapters to those that are available. */
  readonly receiveAll: (event: StudyEvent) => void;
  /** Remembers the reader's own images that a study of these settings has, beside the tested ones of the results shown. */
  remember(dataset: DroppedDataset | null, config: StudyConfig): void;
  /**
   * Runs a study to its end; does nothing while another runs.
   * @param dataset the reader's own images of the study
   */
  run(study: LastingStudy, dataset: DroppedDataset | null, occupation: Occupation): Promise<void>;
  /** Ends the study, whatever its worker does. */
  abandon(): void;
}

export function createStudyRunner(
  store: StudyStore,
  client: Asks<'continue'> & Pick<StudyWorkerClient, 'terminate'>,
  adapters: AdaptersStore,
  checkpoints: CheckpointStore | null,
  { pause }: Pick<StudyOrders, 'pause'>,
): StudyRunner {
  const { receive, flush } = createEventBatches(store);
  /** Aborted: the reader ended the study, whatever its worker does. */
  let abandoning = new AbortController();

  const receiveAll = (event: StudyEvent): void => {
    adapters.setState((state) => reduceAdapterEvent(state, event));
    receive(event);
  };

  const remember: StudyRunner['remember'] = (dataset, { analyses }) => {
    const { result, before, testSets } = store.getState();
    const set = dataset && testSetOf(dataset, analyses.testImages);
    const others = testSetsOf(testSets, result, before).filter(({ digest }) => digest !== set?.digest);
    store.setState({ images: dataset && imagesOf(dataset), testSets: set ? [...others, set] : others });
  };

  return {
    receive,
    receiveAll,
    remember,
    async run(study, dataset, occupation) {
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
          status: 'idle',
          underWay: null,
          before: null,
          ...more,
          ...(rest ? afterStudy(before, occupation, state, rest) : beforeStudy(before, occupation, state, wasStopped)),
        });
      };
      abandoning = new AbortController();
      untell(store, runsElsewhere);
      if (own) store.setState({ config: own, readOnly: false });
      store.setState({
        trains: kind !== 'evaluation',
        isNew: kind === 'new',
        isSaved: kind === 'saved',
        status: 'starting',
        underWay: config,
        error: null,
        progress: null,
        checkpoint: study.study,
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
    },
    abandon() {
      abandoning.abort();
      client.terminate();
    },
  };
}
