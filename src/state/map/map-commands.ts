/** Commands of a map on the page: reads its results, and runs its cells one after the other in the page's study worker. */
import * as v from 'valibot';
import type { OriginFiles } from '../../platform/origin-files.ts';
import { newestOnly } from '../../platform/newest-only.ts';
import type { TabNews } from '../../platform/tab-news.ts';
import { errorText, reasonText } from '../../core/error-text.ts';
import type { Said } from '../../core/language/catalogue.ts';
import { PAGE_FILE_WORDS } from '../../platform/page-file-words.ts';
import { pageJson } from '../../platform/page-file.ts';
import type { CheckpointStore, SavedStudy } from '../../study/checkpoint/checkpoint-store.ts';
import type { StudyConfig } from '../../study/config/config.ts';
import { cellResult } from '../../study/map/cell-result.ts';
import { cellsOf, samePlace, type CellPlace, type MapCell } from '../../study/map/cells.ts';
import {
  cellAt,
  emptyMap,
  MapResultSchema,
  missingCells,
  unitedMaps,
  withCell,
  type MapResult,
} from '../../study/map/map-result.ts';
import { savedMapFile, type MapPreset } from '../../study/map/presets.ts';
import { isSameStudy } from '../study/config-changes.ts';
import type { StudyController } from '../study/study-controller.ts';
import type { StudyStore } from '../study/study-store.ts';
import type { MapState, MapStore } from './map-store.ts';
import { MAP_STATE_WORDS } from './messages.ts';

export interface MapServices {
  readonly maps: MapStore;
  readonly study: StudyStore;
  readonly controller: Pick<StudyController, 'run' | 'mayStart'>;
  /** Files of this page that stay until its next visit. */
  readonly files: OriginFiles;
  /** Of these files, between the tabs. */
  readonly news: TabNews;
  /** Held by the tab that computes a cell; absent where the page is not served securely. */
  readonly locks: Pick<LockManager, 'request'> | undefined;
  /** Where a cell is saved while it is computed; null where nothing is. */
  readonly checkpoints: Pick<CheckpointStore, 'list' | 'forget'> | null;
}

/** What the page does with its map. */
export interface MapCommands {
  /** Reads the saved result of the map on the page, and the cells of earlier visits. @param page its address */
  read(page: string): Promise<void>;
  run(): Promise<void>;
  forget(): Promise<void>;
  /** Forgets only what cannot be shown. */
  forgetUnfit(): Promise<void>;
}

/** Made once for a page: from then on its cells are taken over, whether or not its figure is on the page. */
export function createMaps(services: MapServices): MapCommands {
  collectCells(services);
  const takeNext = newestOnly();
  services.news.follow(() => void takeFromOtherTabs(services, takeNext()));
  return {
    read: (page) => readMapResults(services, page),
    run: () => runCells(services),
    forget: () => forgetCells(services),
    forgetUnfit: () => forgetUnfit(services),
  };
}

/** Names of the files of a map's cells begin so. */
const cellFiles = ({ id }: MapPreset): string => `${id}-`;

/** The file of one cell. Each has its own, so that tabs that compute the same map do not overwrite each other's cells. */
const fileOf = (preset: MapPreset, place: CellPlace): string =>
  `${cellFiles(preset)}${cellsOf(preset.config).findIndex((cell) => samePlace(cell, place))}.json`;

/** Writes under way. A cell stays claimed until others can read it. */
const writing = new WeakMap<OriginFiles, Promise<void>>();

/** The result of this map in a text; null when it is of another map or version. */
function resultOf(preset: MapPreset, json: unknown): MapResult | null {
  const parsed = v.safeParse(MapResultSchema, json);
  if (!parsed.success) return null;
  try {
    return unitedMaps(parsed.output, emptyMap(preset.config));
  } catch {
    return null;
  }
}

/** Null where there is no file, or none whose cells are of this map. */
async function keptCell(files: OriginFiles, preset: MapPreset, file: string): Promise<MapResult | null> {
  try {
    const blob = await files.read(file);
    return blob && resultOf(preset, JSON.parse(await blob.text()));
  } catch {
    // It was damaged.
    return null;
  }
}

/** The first versions kept all cells in one file, named like the map. */
const keptNames = async (files: OriginFiles, preset: MapPreset): Promise<string[]> =>
  (await files.names().catch(() => [])).filter(
    (name) => name === `${preset.id}.json` || name.startsWith(cellFiles(preset)),
  );

interface Kept {
  readonly own: MapResult;
  /** Names of the files that hold no cells of the map. */
  readonly unfit: readonly string[];
}

/** The cells of earlier visits and of other tabs. */
async function keptCells(files: OriginFiles, preset: MapPreset): Promise<Kept> {
  const names = await keptNames(files, preset);
  const cells = await Promise.all(names.map((name) => keptCell(files, preset, name)));
  return {
    own: cells.filter((cell) => cell !== null).reduce(unitedMaps, emptyMap(preset.config)),
    unfit: names.filter((_, i) => cells[i] === null),
  };
}

/** The result that comes with the page; null where it comes with none. @throws Error in words for one that cannot be read */
async function savedMap(preset: MapPreset, page: string): Promise<MapResult | null> {
  const file = savedMapFile(preset);
  const json = await pageJson(file, page);
  const saved = resultOf(preset, json);
  if (json !== null && !saved) throw new Error(PAGE_FILE_WORDS.damaged(file));
  return saved;
}

async function readMapResults({ maps, files }: MapServices, page: string): Promise<void> {
  const { preset } = maps.getState();
  if (!preset) return;
  let notRead: Said | null = null;
  const reading = savedMap(preset, page).catch((error: unknown) => {
    notRead = () => MAP_STATE_WORDS.notRead(errorText(error));
    return null;
  });
  const [saved, { own, unfit }] = await Promise.all([reading, keptCells(files, preset)]);
  if (maps.getState().preset !== preset || maps.getState().own) return;
  maps.setState({ saved, own, unfit, notRead, source: saved ? 'saved' : 'own' });
}

/** The cell that has these settings; null if none has. */
export const cellWith = (preset: MapPreset, config: MapCell['config']): MapCell | null =>
  cellsOf(preset.config).find((cell) => isSameStudy(cell.config, config)) ?? null;

/** The file holds a cell of the map now. */
const written =
  (file: string, cell: CellPlace) =>
  ({ unfit, unwritten }: MapState): Pick<MapState, 'unfit' | 'unwritten'> => ({
    unfit: unfit.filter((name) => name !== file),
    unwritten: unwritten.filter((place) => !samePlace(place, cell)),
  });

/**
 * Takes over every study that is completed here and is a missing cell of the map on the page: in the course of the map, started by hand, or resumed
 * after an interruption.
 */
function collectCells({ maps, study, files, news }: MapServices): void {
  study.subscribe(({ result, source }, previous) => {
    if (!result || result === previous.result || result.status !== 'complete' || source !== 'live') return;
    const { preset, own, unwritten } = maps.getState();
    const cell = preset && cellWith(preset, result.config);
    if (!preset || !cell || !own || cellAt(own, cell)) return;
    const done = withCell(emptyMap(preset.config), cellResult(cell, result));
    maps.setState({ own: unitedMaps(done, own), unwritten: [...unwritten, cell], source: 'own' });
    const file = fileOf(preset, cell);
    const ended = files.write(file, new Blob([JSON.stringify(done)])).then(
      () => {
        maps.setState(written(file, cell));
        news.tell();
      },
      (error: unknown) => maps.setState({ notKept: () => MAP_STATE_WORDS.notKept(reasonText(error)) }),
    );
    writing.set(files, ended);
  });
}

/** Whether another tab has computed this cell meanwhile. Takes it over. */
async function takenFromOtherTab({ maps, files }: MapServices, preset: MapPreset, cell: MapCell): Promise<boolean> {
  const file = fileOf(preset, cell);
  const kept = await keptCell(files, preset, file);
  const { own, ...state } = maps.getState();
  if (!kept || !cellAt(kept, cell) || state.preset !== preset || !own) return false;
  maps.setState({ own: unitedMaps(own, kept) });
  maps.setState(written(file, cell));
  return true;
}

/** Makes the page show what other tabs have computed of its map, and no more what they have forgotten. */
async function takeFromOtherTabs({ maps, files }: MapServices, isNewest: () => boolean): Promise<void> {
  const { preset } = maps.getState();
  if (!preset) return;
  const kept = await keptCells(files, preset);
  const { own, unwritten, elsewhere, saved, ...state } = maps.getState();
  if (!isNewest() || state.preset !== preset || !own) return;
  const here = { ...own, cells: own.cells.filter((cell) => unwritten.some((place) => samePlace(place, cell))) };
  const both = unitedMaps(kept.own, here);
  const taken = both.cells.filter((cell) => !cellAt(own, cell)).length;
  const source = saved && both.cells.length === 0 ? 'saved' : state.source;
  maps.setState({ own: both, unfit: kept.unfit, elsewhere: Math.max(0, elsewhere - taken), source });
}

/** Does the work unless another tab does it now. @returns false when another tab does */
async function claimed({ locks }: MapServices, name: string, work: () => Promise<void>): Promise<boolean> {
  let begun = false;
  const begin = async (): Promise<true> => {
    begun = true;
    await work();
    return true;
  };
  try {
    if (locks) return await locks.request(name, { ifAvailable: true }, (lock) => lock !== null && begin());
  } catch (error) {
    if (begun) throw error; // Otherwise the browser refuses locks, as it does where site data are blocked.
  }
  return begin();
}

/** Shows settings in place of others, unless the reader has set something since. @returns what is shown in the end, if nobody has */
function follow(study: StudyStore, shown: StudyConfig, config: StudyConfig): StudyConfig {
  if (study.getState().config !== shown) return shown;
  study.setState({ config, readOnly: false });
  return config;
}

/**
 * Runs the missing cells one after the other, each as the study of the page, until all are done, one is stopped or fails, or another map is shown.
 * The page has the settings of the cell that is computed, until the reader sets something for the next run. Leaves out what another tab computes at the same time. Does nothing while a study runs, or where the page may begin none.
 */
async function runCells(services: MapServices): Promise<void> {
  const { maps, study, controller } = services;
  const { preset, own } = maps.getState();
  if (!preset || !own || study.getState().status !== 'idle' || !controller.mayStart()) return;
  maps.setState({ source: 'own', elsewhere: 0 });
  const others: MapCell[] = [];
  let shown = study.getState().config;
  /** Computes a cell as the study of the page, or takes it over from another tab. */
  const runCell = async (cell: MapCell): Promise<void> => {
    if (await takenFromOtherTab(services, preset, cell)) return;
    shown = follow(study, shown, cell.config);
    const saved =
      (await savedCells(services, preset)).find(({ head }) => isSameStudy(head.config, cell.config)) ?? null;
    await controller.run(null, cell.config, { map: preset.id, saved });
    await writing.get(services.files);
  };
  for (const cell of missingCells(own)) {
    maps.setState({ underWay: { x: cell.x, y: cell.y } });
    const name = `copra-map-${fileOf(preset, cell)}`;
    if (!(await claimed(services, name, () => runCell(cell)))) {
      others.push(cell);
      continue;
    }
    const now = maps.getState();
    if (now.preset !== preset || !now.own || !cellAt(now.own, cell)) break;
  }
  // The other tab may be done with some of them by now.
  const taken = await Promise.all(others.map((cell) => takenFromOtherTab(services, preset, cell)));
  if (maps.getState().preset === preset) maps.setState({ underWay: null, elsewhere: taken.filter((is) => !is).length });
  await forgetDone(services, preset);
}

/** Cells of a map that a reload, a crash or their user interrupted. */
async function savedCells({ checkpoints }: MapServices, preset: MapPreset): Promise<readonly SavedStudy[]> {
  // No storage here.
  const { interrupted } = (await checkpoints?.list().catch(() => null)) ?? { interrupted: [] };
  return interrupted.filter(({ head }) => head.map === preset.id);
}

/** What was saved of cells that are done, as by another tab, or that the map does not have any more. */
async function forgetDone(services: MapServices, preset: MapPreset): Promise<void> {
  const { preset: shown, own } = services.maps.getState();
  if (shown !== preset || !own) return;
  for (const { id, head } of await savedCells(services, preset)) {
    const cell = cellWith(preset, head.config);
    if (!cell || cellAt(own, cell)) await services.checkpoints?.forget(id).catch(() => undefined);
  }
}

/** Forgets the cells that were computed here, also those that were begun. */
async function forgetCells(services: MapServices): Promise<void> {
  const { maps, files, news, checkpoints } = services;
  const { preset, saved } = maps.getState();
  if (!preset) return;
  maps.setState({ own: emptyMap(preset.config), unwritten: [], unfit: [], source: saved ? 'saved' : 'own' });
  const names = await keptNames(files, preset);
  await Promise.allSettled(names.map((name) => files.remove(name)));
  news.tell();
  for (const { id } of await savedCells(services, preset)) await checkpoints?.forget(id).catch(() => undefined);
}

async function forgetUnfit({ maps, files, news }: MapServices): Promise<void> {
  const { preset } = maps.getState();
  if (!preset) return;
  maps.setState({ unfit: [] });
  const { unfit } = await keptCells(files, preset);
  await Promise.allSettled(unfit.map((name) => files.remove(name)));
  news.tell();
}
