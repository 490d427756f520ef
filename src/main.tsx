/** The page's composition root: makes the stores and the worker client, opens what the address holds, and renders. */
import { comingCode } from './platform/coming-code.ts';
import { startTransition, Suspense } from 'react';
import { createRoot } from 'react-dom/client';
import { ensureCrossOriginIsolation } from './isolation.ts';
import { nextTask } from './platform/next-task.ts';
import { pause } from './platform/pause.ts';
import { tabNews } from './platform/tab-news.ts';
import { unlessSilent } from './platform/unless-silent.ts';
import { errorText, isCodeMissing } from './core/error-text.ts';
import { spokenLocale } from './core/language/catalogue.ts';
import { APP_VERSION } from './core/version.ts';
import { createAdapterCommands } from './state/adapters/adapter-commands.ts';
import { createHubAdaptersStore } from './state/adapters/hub-adapters-store.ts';
import { createAdaptersStore } from './state/adapters/adapters-store.ts';
import { createCollectStore } from './state/dataset/collect-store.ts';
import { createClassroomStore } from './state/study/classroom.ts';
import { createDatasetStore } from './state/dataset/dataset-store.ts';
import { createInterruptedStudies } from './state/study/interrupted-store.ts';
import { followLesson, lessonInAddress } from './state/lessons/lesson-address.ts';
import {
  applyTeaching,
  createLessonsStore,
  mayRun,
  recallReplaced,
  LESSON_KEY,
  type LessonsStore,
} from './state/lessons/lessons-store.ts';
import { readLanguage } from './core/language/load.ts';
import { LANGUAGES } from './languages/loaders.ts';
import type { MapCommands } from './state/map/map-commands.ts';
import { createMapStore, MAP_KEY, mapInAddress } from './state/map/map-store.ts';
import { createMeasureStore, openMeasuring } from './state/measure/measure-store.ts';
import { chooseArriving } from './state/models/choose-arriving.ts';
import { createModelsStore } from './state/models/models-store.ts';
import { followSheet } from './state/page/address-part.ts';
import { followAddress, followLinks } from './state/page/address.ts';
import { rememberingStorage } from './state/page/keeper.ts';
import { addressWithLanguage, createLanguageStore, languageOf } from './state/page/language.ts';
import { leftOpening } from './state/page/left-opening.ts';
import { browserNotifier, createNotifyStore } from './state/page/notify.ts';
import { browserOfflineHost, createOfflineStore } from './state/page/offline.ts';
import { openPage } from './state/page/open-page.ts';
import { DEFAULT_SAVED } from './state/page/saved-results.ts';
import { createSearchStore, SEARCH_KEY, searchInAddress } from './state/search/search-store.ts';
import type { RoomStore } from './state/room/room-state.ts';
import { createRoomStore } from './state/room/room-store.ts';
import { createStoredStore } from './state/dataset/stored-store.ts';
import { createEstimates } from './state/study/estimates.ts';
import { createStudyController } from './state/study/study-controller.ts';
import { createStudyStore, tell, tellError, tellingWait, type StudyStore } from './state/study/study-store.ts';
import { followInTab } from './state/page/tab.ts';
import { createStudyFold, type StudyFoldStore } from './state/page/study-fold.ts';
import { startTheme } from './state/page/theme.ts';
import { holdsMeasurement } from './state/page/url.ts';
import { App } from './ui/App.tsx';
import './ui/fonts.css';
import './ui/tokens.css';
import './ui/base.css';
import { firstDrawn } from './ui/charts/drawing-turns.ts';
import { followPrinter } from './ui/printer.ts';
import { bringRestOfParts } from './ui/deferred-part.tsx';
import { ServicesContext, type PageServices } from './ui/context.ts';
import { holdPressed } from './ui/held-in-place.ts';
import { whenIdle } from './ui/idle.ts';
import { keepFocus } from './ui/keep-focus.ts';
import { InLanguage } from './ui/language/InLanguage.tsx';
import { PAGE_WORDS } from './ui/messages.ts';
import { OnceRendered } from './ui/OnceRendered.tsx';
import { PartBoundary } from './ui/PartBoundary.tsx';
import { originFiles } from './platform/origin-files.ts';
import { pageLocks } from './platform/page-locks.ts';
import { lazily } from './ui/lazily.tsx';
import { preloadWorkbench } from './ui/workbench.ts';
import { checkpointFiles, checkpointNews } from './study/checkpoint/checkpoint-opfs.ts';
import { createCheckpointStore } from './study/checkpoint/checkpoint-store.ts';
import { FORMATS_ON_DEMAND } from './study/checkpoint/formats-on-demand.ts';
import { createWorkerClient, spawnStudyWorker } from './worker/client.ts';

/** What can wait begins after so many milliseconds, however busy the page is; a page without any chart waits as long for one. */
const PATIENCE_MS = 3000;

const EmbedPage = lazily(async () => (await import('./ui/embed/EmbedPage.tsx')).EmbedPage);

async function start(): Promise<void> {
  const storage = rememberingStorage();
  const lessons = createLessonsStore(location.search, storage);
  const locale = languageOf(location.search, navigator.languages, storage);
  const fold = createStudyFold(location.search, storage);
  const embedded = new URLSearchParams(location.search).has('embed');
  // A study that is unfolded from the start comes with the first paint, so that nothing moves when it arrives.
  const unfolded = !embedded && (fold.getState().isOpen || lessons.getState().isOpen) ? preloadWorkbench() : null;
  const speak = await unlessSilent(readLanguage(locale, LANGUAGES)).catch(() => null);
  speak?.(); // or the page stays in English
  await Promise.race([unfolded, pause(PATIENCE_MS)]);
  const services = createServices(storage, lessons, fold);
  startTheme();
  followPrinter();
  keepFocus();
  holdPressed();
  let pageStands = (): void => {};
  const rendered = new Promise<void>((resolve) => (pageStands = resolve));
  followAll(services, storage, embedded, rendered);
  render(services, embedded, pageStands);
  // A frame needs no device.
  if (!embedded) findDeviceLater(services);
}

/** What the parts of the page share; `lessons` and `fold` are there before the language is. */
function createServices(storage: Storage | null, lessons: LessonsStore, fold: StudyFoldStore): PageServices {
  // Settings that stay when the saved result arrives need not be drawn twice.
  const study = createStudyStore(DEFAULT_SAVED.config);
  const language = createLanguageStore(
    spokenLocale(),
    async (chosen) => {
      const speak = await comingCode(readLanguage(chosen, LANGUAGES));
      return () => {
        speak();
        history.replaceState(null, '', addressWithLanguage(location, chosen));
      };
    },
    storage,
    () => tell(study, () => PAGE_WORDS.languageFailed),
  );
  const dataset = createDatasetStore();
  const stored = createStoredStore(dataset);
  const collect = createCollectStore();
  const adapters = createAdaptersStore();
  const classroom = createClassroomStore();
  const maps = createMapStore(location.search);
  const searches = createSearchStore(location.search);
  const measure = createMeasureStore(location.search, location.hash);
  const room = createRoomStore(location.search);
  const client = createWorkerClient(spawnStudyWorker, leftOpening(window, storage), tellingWait(study));
  const models = createModelsStore({ client, news: tabNews('models') });
  const checkpoints = window.isSecureContext
    ? createCheckpointStore(checkpointFiles, navigator.locks, FORMATS_ON_DEMAND, checkpointNews)
    : null;
  const controller = createStudyController(study, client, adapters, checkpoints, () => mayRun(lessons.getState()));
  const adapterCommands = createAdapterCommands(adapters, study, controller, client, async (backbone) => {
    const [{ backboneDigest }, { opfsShelf }] = await Promise.all([
      import('./state/models/backbone-digest.ts'),
      import('./model/hub/opfs.ts'),
    ]);
    return backboneDigest(backbone, opfsShelf(), document.baseURI);
  });
  const hubAdapters = createHubAdaptersStore({
    hub: () => models.getState().hub,
    backbone: () => study.getState().config.backbone,
    getBackbone: (request) => chooseArriving(study, models, models.fetch(request)),
    openFiles: (files) => adapterCommands.open(files),
    news: tabNews('adapters'),
  });
  let loadedMaps: Promise<MapCommands> | null = null;
  const loadMaps = async (): Promise<MapCommands> => {
    const { createMaps } = await comingCode(import('./state/map/map-commands.ts'));
    const files = originFiles('maps');
    return createMaps({ maps, study, controller, files, news: tabNews('maps'), locks: pageLocks(), checkpoints });
  };
  const mapCommands = (): Promise<MapCommands> => {
    loadedMaps ??= loadMaps();
    loadedMaps.catch(() => (loadedMaps = null)); // the next press tries again
    return loadedMaps;
  };
  const estimates = createEstimates(study, dataset, client, storage);
  const interrupted = createInterruptedStudies(checkpoints, study, checkpointNews);
  const offline = createOfflineStore(study, browserOfflineHost(document.baseURI, import.meta.url));
  const notify = createNotifyStore(study, browserNotifier(new URL('icon-192.png', document.baseURI).href));
  return {
    study,
    dataset,
    stored,
    collect,
    models,
    adapters,
    adapterCommands,
    hubAdapters,
    predictor: client,
    namer: client,
    controller,
    lessons,
    language,
    classroom,
    maps,
    mapCommands,
    searches,
    measure,
    room,
    classWorker: client,
    measurer: client,
    interrupted,
    notify,
    offline,
    fold,
    estimates,
  };
}

/** Loads what keeps the screen on once there is something to compute. Where it cannot be had, the screen goes off as ever. */
function followScreen(study: StudyStore, room: RoomStore): void {
  let isLoaded = false;
  const load = (): void => {
    if (isLoaded || (study.getState().status === 'idle' && !room.getState().member)) return;
    isLoaded = true;
    void import('./state/page/screen-on.ts').then(
      ({ keepScreenOn }) => keepScreenOn({ study, room }, window),
      () => undefined,
    );
  };
  study.subscribe(load);
  room.subscribe(load);
}

/** Opens what the address holds, and keeps the address, the tab and the stores in step. @param rendered when the page stands */
function followAll(
  { study, adapters, lessons, fold, maps, searches, measure, collect, dataset, room }: PageServices,
  storage: Storage | null,
  embedded: boolean,
  rendered: Promise<void>,
): void {
  const stores = { study, adapters };
  const open = (): Promise<boolean> => openPage(stores, document.baseURI, location.search, location.hash, rendered);
  void open()
    .then(() => applyTeaching(lessons, stores, document.baseURI, location.search, location.hash))
    .then(() => recallReplaced(lessons, study, storage));
  if (!embedded) {
    followAddress(study, window, fold);
    followSheet(fold, window, MAP_KEY, () => mapInAddress(maps.getState()));
    followSheet(fold, window, SEARCH_KEY, () => searchInAddress(searches.getState()));
    followLesson(lessons, window);
    followSheet(fold, window, LESSON_KEY, () =>
      new URLSearchParams(location.search).has(LESSON_KEY) ? lessonInAddress(lessons.getState()) : null,
    );
    followInTab({ ...stores, collect, dataset }, window, (listener) =>
      document.addEventListener('visibilitychange', listener),
    );
  }
  followLinks(study, window, fold, open);
  followScreen(study, room);
  // A press that comes to nothing because its code is missing is answered, wherever it was.
  window.addEventListener('unhandledrejection', ({ reason }) => {
    if (isCodeMissing(reason)) tellError(study, reason);
  });
  window.addEventListener('hashchange', () => {
    if (holdsMeasurement(location.hash)) openMeasuring(measure);
  });
}

function render(services: PageServices, embedded: boolean, onStanding: () => void): void {
  const root = document.getElementById('root');
  if (!root) throw new Error('index.html has no element with the id "root".');
  const { search } = location;
  const page = (
    <ServicesContext value={services}>
      <InLanguage>
        <PartBoundary>
          {embedded ? (
            <Suspense>
              <EmbedPage search={search} />
            </Suspense>
          ) : (
            <App version={APP_VERSION} />
          )}
        </PartBoundary>
      </InLanguage>
      <OnceRendered work={onStanding} />
    </ServicesContext>
  );
  // A transition is rendered in slices, so that a press during it is answered at once.
  startTransition(() => createRoot(root).render(page));
}

/** Looks for a device once the page stands with its first chart, so that neither paint nor the first press waits for it. */
function findDeviceLater({ interrupted, controller, offline }: PageServices): void {
  void ensureCrossOriginIsolation().then(async (isolation) => {
    if (isolation === 'reloading') return;
    whenIdle(() => void interrupted.refresh(), PATIENCE_MS);
    await Promise.race([firstDrawn, pause(PATIENCE_MS)]);
    whenIdle(() => void preloadWorkbench(), PATIENCE_MS);
    whenIdle(() => {
      const found = controller.findEngine();
      void Promise.race([found, pause(PATIENCE_MS)]).then(bringRestOfParts);
      // What the page takes along for offline use must not compete with what it needs first.
      void found.then(() => (import.meta.env.PROD ? offline.start() : undefined));
    }, PATIENCE_MS);
  });
}

// All modules are there (public/first-uses.js).
document.documentElement.dataset.begun = '';

// Reading the modules was one task, this is another: neither keeps a press waiting.
void nextTask()
  .then(start)
  .catch((error: unknown) => {
    const root = document.getElementById('root');
    // A browser that is too old has been told so (public/first-uses.js).
    if (root?.childElementCount === 0) {
      const again = document.createElement('button');
      again.textContent = PAGE_WORDS.loadAgain;
      again.addEventListener('click', () => location.reload());
      root.append(PAGE_WORDS.notStarted(errorText(error)), ' ', again);
    }
    throw error;
  });
