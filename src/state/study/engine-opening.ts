/** Opens the engine that studies run on. */
import { errorText } from '../../core/error-text.ts';
import type { BackendId } from '../../engine/backends.ts';
import { WorkerClosed, type StudyWorkerClient } from '../../worker/client.ts';
import type { StudyStore } from './study-store.ts';

export interface EngineOpening {
  openEngine(backend: BackendId | 'auto'): Promise<void>;
  /** Selects the fastest engine, unless one was requested or is already in use. */
  findEngine(): Promise<void>;
}

export function createEngineOpening(store: StudyStore, client: Pick<StudyWorkerClient, 'open'>): EngineOpening {
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
  };
}
