/** Offline support: registers the service worker, tells it what to cache, and offers new versions when nothing runs. */
import { createStore, type StoreApi } from 'zustand/vanilla';
import { partFiles } from '../../data/bundled/atlas.ts';
import { stripFile } from '../../data/bundled/task-strip.ts';
import { bundledById } from '../../data/bundled/tasks.ts';
import type { StudyStore } from '../study/study-store.ts';

export interface OfflineStore extends StoreApi<{ readonly updateReady: boolean }> {
  /** Registers the worker and caches the files of the chosen task, now and whenever another is chosen. Never rejects. */
  start(): Promise<void>;
  /** Activates the new version, unless another tab has done so, and reloads the page. Does nothing while a study runs. */
  update(): void;
}

/** The part of the browser API in use. */
export interface OfflineHost {
  /** Null where service workers are unsupported. */
  readonly container: ServiceWorkerContainer | null;
  readonly script: URL;
  /** Address of the page's own script, which says of which version the page is. */
  readonly pageScript: string;
  readonly savesData: boolean;
  reload(): void;
}

/** Addresses of the artwork of a task, relative to the page. */
function artworkOf(task: string): string[] {
  const bundled = bundledById(task);
  return bundled ? [...bundled.styles.flatMap(partFiles), stripFile(task)].map((file) => `atlas/${file}`) : [];
}

/** How often an open page checks for a new version. */
const CHECK_MS = 6 * 60 * 60_000;

export function createOfflineStore(study: StudyStore, host: OfflineHost): OfflineStore {
  const store = createStore<{ updateReady: boolean }>(() => ({ updateReady: false }));
  let registration: ServiceWorkerRegistration | null = null;
  let asked = false;

  const fill = (): void => {
    const files = host.savesData ? [] : artworkOf(study.getState().config.task);
    registration?.active?.postMessage({ type: 'fill', files, script: host.pageScript });
  };
  /** A waiting worker is a new version; the first one never waits. The page is of the version before until it is reloaded, whatever the worker does. */
  const look = (): void => {
    if (registration?.waiting && registration.active) store.setState({ updateReady: true });
  };

  return {
    ...store,
    async start() {
      if (!host.container) return;
      try {
        // Undefined where a policy blocks service workers.
        registration = (await host.container.register(host.script, { updateViaCache: 'none' })) ?? null;
        if (!registration) return;
        const follow = (): void => registration?.installing?.addEventListener('statechange', look);
        registration.addEventListener('updatefound', follow);
        follow(); // one that was found before the page listened
        look();
        await host.container.ready;
      } catch {
        return; // forbidden (private window, policy), or the host lacks the file: the page keeps working online
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
      if (registration?.waiting) registration.waiting.postMessage({ type: 'take-over' });
      else host.reload(); // another tab has let it take over
    },
  };
}

export function browserOfflineHost(page: string, pageScript: string): OfflineHost {
  const { connection } = navigator as Navigator & { connection?: { readonly saveData?: boolean } };
  return {
    container: window.isSecureContext && 'serviceWorker' in navigator ? navigator.serviceWorker : null,
    script: new URL('service-worker.js', page),
    pageScript,
    savesData: connection?.saveData === true,
    reload: () => location.reload(),
  };
}
