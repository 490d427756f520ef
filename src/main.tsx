/** The page's composition root: makes the stores and the worker client, opens what the address holds, and renders. */
import { lazy, Suspense } from 'react';
import { createRoot } from 'react-dom/client';
import { ensureCrossOriginIsolation } from './isolation.ts';
import { APP_VERSION } from './core/version.ts';
import { createAdapterCommands } from './state/adapter-commands.ts';
import { createAdaptersStore } from './state/adapters-store.ts';
import { createCollectStore } from './state/collect-store.ts';
import { createDatasetStore } from './state/dataset-store.ts';
import { createInterruptedStudies } from './state/interrupted-store.ts';
import { createModelsStore } from './state/models-store.ts';
import { followAddress } from './state/address.ts';
import { openPage } from './state/open-page.ts';
import { createStoredStore } from './state/stored-store.ts';
import { createStudyController } from './state/study-controller.ts';
import { createStudyStore } from './state/study-store.ts';
import { startTheme } from './state/theme.ts';
import { holdsResult } from './state/url.ts';
import { App } from './ui/App.tsx';
import './ui/tokens.css';
import './ui/base.css';
import { ServicesContext } from './ui/context.ts';
import { embedViews } from './ui/embed/views.ts';
import { checkpointFiles } from './worker/checkpoint-opfs.ts';
import { createCheckpointStore } from './worker/checkpoint-store.ts';
import { createWorkerClient, spawnStudyWorker } from './worker/client.ts';

const EmbedPage = lazy(async () => ({ default: (await import('./ui/embed/EmbedPage.tsx')).EmbedPage }));

const study = createStudyStore();
const dataset = createDatasetStore();
const stored = createStoredStore(dataset);
const collect = createCollectStore();
const adapters = createAdaptersStore();
const client = createWorkerClient(spawnStudyWorker);
const models = createModelsStore({ probe: () => client.probe() });
const controller = createStudyController(study, client, adapters);
const adapterCommands = createAdapterCommands(adapters, study, controller, client);
const checkpoints = window.isSecureContext ? createCheckpointStore(checkpointFiles, navigator.locks) : null;
const interrupted = createInterruptedStudies(checkpoints, study);

startTheme();
const open = (): Promise<void> => openPage(study, document.baseURI, location.search, location.hash);
void open();
const embedded = embedViews(location.search);
if (!embedded) followAddress(study, window);
window.addEventListener('hashchange', () => {
  if (holdsResult(location.hash)) void open();
});

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no element with the id "root".');
createRoot(root).render(
  <ServicesContext
    value={{ study, dataset, stored, collect, models, adapters, adapterCommands, controller, interrupted }}
  >
    {embedded ? (
      <Suspense>
        <EmbedPage views={embedded} />
      </Suspense>
    ) : (
      <App version={APP_VERSION} />
    )}
  </ServicesContext>,
);

// The engine is looked for once the page stands, so that neither first paint nor the first press waits for it. A frame needs none.
if (!embedded) {
  void ensureCrossOriginIsolation().then((isolation) => {
    if (isolation === 'reloading') return;
    requestIdleCallback(() => void interrupted.refresh(), { timeout: 3000 });
    requestIdleCallback(() => void controller.openEngine('auto'), { timeout: 3000 });
  });
}
