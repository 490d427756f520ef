/** Opens the engine that studies run on. */
import { errorText } from '../../core/error-text.ts';
import type { BackendId } from '../../engine/backends.ts';
import { forget, remember, remembered } from '../page/keeper.ts';
import { WorkerClosed, type StudyWorkerClient } from '../../worker/client.ts';
import { knownEngine, type StudyStore } from './study-store.ts';

/** Tells a page that was left while a device was opened from one that ended with its browser or its computer. */
export interface Leaving {
  /** Whether the page was left during the last opening; told once. */
  wasLeft(): boolean;
  /** Watches an opening until the returned function is called. */
  watch(): () => void;
}

const LEFT_KEY = 'copra-left-opening';

export const leavingOf = (
  page: Pick<Window, 'addEventListener' | 'removeEventListener'>,
  keeper: Storage | null,
): Leaving => ({
  wasLeft() {
    const left = remembered(keeper, LEFT_KEY) !== null;
    forget(keeper, LEFT_KEY);
    return left;
  },
  watch() {
    const leave = (): void => remember(keeper, LEFT_KEY, 'yes');
    page.addEventListener('pagehide', leave);
    return () => page.removeEventListener('pagehide', leave);
  },
});

export interface EngineOpening {
  openEngine(backend: BackendId | 'auto'): Promise<void>;
  /** Opens the engine that was requested last, or the fastest, where none is open and none is known to fail. */
  findEngine(): Promise<void>;
}

export function createEngineOpening(
  store: StudyStore,
  client: Pick<StudyWorkerClient, 'open'>,
  leaving: Leaving | null,
): EngineOpening {
  const openEngine = async (backend: BackendId | 'auto'): Promise<void> => {
    store.setState((state) => ({ backend, device: { status: 'opening', last: knownEngine(state) } }));
    // What never looks at a card says nothing of its last try.
    const wasLeft = (backend === 'auto' || backend === 'webgpu') && (leaving?.wasLeft() ?? false);
    const end = leaving?.watch();
    try {
      const { engine, notices } = await client.open(backend, wasLeft);
      store.setState({ device: { status: 'ready', engine, message: notices.join(' ') || null } });
    } catch (error) {
      const isClosed = error instanceof WorkerClosed;
      store.setState((state) => ({
        device: isClosed
          ? { status: 'unopened', last: knownEngine(state) }
          : { status: 'failed', message: errorText(error) },
      }));
    } finally {
      end?.();
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
