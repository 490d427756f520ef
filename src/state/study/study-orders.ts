/** What the reader orders of the study that runs. */
import { WorkerClosed, WorkerCrash, type Order, type StudyWorkerClient } from '../../worker/client.ts';
import { tellError, type StudyStore } from './study-store.ts';

export interface StudyOrders {
  readonly pause: () => Promise<void>;
  readonly resume: () => Promise<void>;
  readonly step: () => Promise<void>;
  /** Completed work is kept. */
  readonly stop: () => Promise<void>;
}

export function createStudyOrders(store: StudyStore, client: Pick<StudyWorkerClient, 'order'>): StudyOrders {
  const order = async (
    type: Exclude<Order, 'stop-measuring'>,
    status: 'running' | 'paused' | 'stopping',
  ): Promise<void> => {
    try {
      await client.order(type);
      if (store.getState().status !== 'idle') store.setState({ status });
    } catch (error) {
      // Whoever awaits the study handles worker failures.
      if (!(error instanceof WorkerCrash || error instanceof WorkerClosed)) tellError(store, error);
    }
  };
  return {
    pause: () => order('pause', 'paused'),
    resume: () => order('resume', 'running'),
    step: () => order('step', 'paused'),
    stop() {
      store.setState({ status: 'stopping' });
      return order('stop', 'stopping');
    },
  };
}
