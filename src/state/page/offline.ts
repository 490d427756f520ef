/** The page without a network: registers the service worker, tells it what to keep, and offers new versions when nothing runs. */
import { createStore, type StoreApi } from 'zustand/vanilla';
import { BUNDLED_TASKS } from '../../data/bundled/tasks.ts';
import type { StudyStore } from '../study/study-store.ts';

export interface OfflineStore extends StoreApi<{ readonly updateReady: boolean }> {
  /** Registers the worker and keeps what the chosen task needs, now and when another is chosen. Never rejects. */
  start(): Promise<void>;
  /** Lets the new version take over and loads the page again. Does nothing while a study runs. */
  update(): void;
}

/** What is used of the browser. */
export interface OfflineHost {
  /** Null where there are no service workers. */
  readonly container: ServiceWorkerContainer | null;
  readonly script: URL;
  readonly savesData: boolean;
  reload(): void;
}

/** Addresses of the artwork of a task, relative to the page. */
export function artworkOf(task: string): string[] {
  const bundled = BUNDLED_TASKS.find(({ id }) => id === task);
  return bundled ? bundled.styles.map((style) => `atlas/${style}.atlas`) : [];
}

/** How often a page that stays open looks for a new version. */
const CHECK_MS = 6 * 60 * 60_000;

export function createOfflineStore(study: StudyStore, host: OfflineHost): OfflineStore {
  const store = createStore<{ updateReady: boolean }>(() => ({ updateReady: false }));
  let registration: ServiceWorkerRegistration | null = null;
  let asked = false;

  const fill = (): void => {
    const files = host.savesData ? [] : artworkOf(study.getState().config.task);
    registration?.active?.postMessage({ type: 'fill', files });
  };
  /** A worker that waits is a new version; the very first one has nothing to wait for. */
  const look = (): void => store.setState({ updateReady: Boolean(registration?.waiting && registration.active) });

  return {
    ...store,
    async start() {
      if (!host.container) return;
      try {
        // Undefined where a policy blocks service workers.
        registration = (await host.container.register(host.script, { updateViaCache: 'none' })) ?? null;
        if (!registration) return;
        registration.addEventListener('updatefound', () =>
          registration?.installing?.addEventListener('statechange', look),
        );
        look();
        await host.container.ready;
      } catch {
        return; // forbidden (private window, policy), or the host lacks the file: the page works on with the network
      }
      host.container.addEventListener('controllerchange', () => {
        if (asked) host.reload();
      });
      fill();
      study.subscribe((state, before) => {
        if (state.config.task !== before.config.task) fill();
      });
      setInterval(() => void registration?.update().catch(() => undefined), CHECK_MS);
    },
    update() {
      if (study.getState().status !== 'idle') return;
      asked = true;
      registration?.waiting?.postMessage({ type: 'take-over' });
    },
  };
}

export function browserOfflineHost(page: string): OfflineHost {
  const { connection } = navigator as Navigator & { connection?: { readonly saveData?: boolean } };
  return {
    container: window.isSecureContext && 'serviceWorker' in navigator ? navigator.serviceWorker : null,
    script: new URL('service-worker.js', page),
    savesData: connection?.saveData === true,
    reload: () => location.reload(),
  };
}
