/** Opens the engine that studies run on. */
import { errorText } from '../../core/error-text.ts';
import type { BackendId } from '../../engine/backends.ts';
import { WorkerClosed, type StudyWorkerClient } from '../../worker/client.ts';
import { knownEngine, type StudyStore } from './study-store.ts';

export interface EngineOpening {
  openEngine(backend: BackendId | 'auto'): Promise<void>;
  /** Opens the engine that was requested last, or the fastest, where none is open and none is known to fail. */
  findEngine(): Promise<void>;
}

export function createEngineOpening(store: StudyStore, client: Pick<StudyWorkerClient, 'open'>): EngineOpening {
  const openEngine = async (backend: BackendId | 'auto'): Promise<void> => {
    store.setState((state) => ({ backend, device: { status: 'opening', last: knownEngine(state) } }));
    try {
      const { engine, notices } = await client.open(backend);
      store.setState({ device: { status: 'ready', engine, message: notices.join(' ') || null } });
    } catch (error) {
      const isClosed = error instanceof WorkerClosed;
      store.setState((state) => ({
        device: isClosed
          ? { status: 'unopened', last: knownEngine(state) }
          : { status: 'failed', message: errorText(error) },
      }));
    }
  };
  return {
    openEngine,
    async findEngine() {
      const { device, status, backend } = store.getState();
      if (device.status === 'unopened' && status === 'idle') await openEngine(backend);
    },
  };
}
