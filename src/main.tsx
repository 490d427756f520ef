/** The page's composition root: makes the stores and the worker client, opens what the address holds, and renders. */
import { createRoot } from 'react-dom/client';
import { ensureCrossOriginIsolation } from './isolation.ts';
import { APP_VERSION } from './core/version.ts';
import { createAdapterCommands } from './state/adapter-commands.ts';
import { createAdaptersStore } from './state/adapters-store.ts';
import { createDatasetStore } from './state/dataset-store.ts';
import { createModelsStore } from './state/models-store.ts';
import { followAddress } from './state/address.ts';
import { openPage } from './state/open-page.ts';
import { createStudyController } from './state/study-controller.ts';
import { createStudyStore } from './state/study-store.ts';
import { startTheme } from './state/theme.ts';
import { holdsResult } from './state/url.ts';
import { App } from './ui/App.tsx';
import './ui/tokens.css';
import './ui/base.css';
import { ServicesContext } from './ui/context.ts';
import { EmbedPage } from './ui/embed/EmbedPage.tsx';
import { embedViews } from './ui/embed/views.ts';
import { createWorkerClient, spawnStudyWorker } from './worker/client.ts';

const study = createStudyStore();
const dataset = createDatasetStore();
const adapters = createAdaptersStore();
const client = createWorkerClient(spawnStudyWorker);
const models = createModelsStore({ probe: () => client.probe() });
const controller = createStudyController(study, client, adapters);
const adapterCommands = createAdapterCommands(adapters, study, controller, client);

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
  <ServicesContext value={{ study, dataset, models, adapters, adapterCommands, controller }}>
    {embedded ? <EmbedPage views={embedded} /> : <App version={APP_VERSION} />}
  </ServicesContext>,
);

// The engine is looked for once the page stands, so that neither first paint nor the first press waits for it. A frame needs none.
if (!embedded) {
  void ensureCrossOriginIsolation().then((isolation) => {
    if (isolation !== 'reloading') requestIdleCallback(() => void controller.openEngine('auto'), { timeout: 3000 });
  });
}
