/** Commands of a map on the page: reads its results, and runs its cells one after the other in the page's study worker. */
import * as v from 'valibot';
import type { OriginFiles } from '../../model/origin-files.ts';
import { errorText } from '../../core/error-text.ts';
import { cellResult } from '../../study/map/cell-result.ts';
import { cellsOf, type MapCell } from '../../study/map/cells.ts';
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
import { configChanges } from '../study/config-diff.ts';
import type { StudyController } from '../study/study-controller.ts';
import type { StudyStore } from '../study/study-store.ts';
import type { MapStore } from './map-store.ts';
import { MAP_STATE_WORDS } from './messages.ts';

export interface MapServices {
  readonly maps: MapStore;
  readonly study: StudyStore;
  readonly controller: Pick<StudyController, 'run'>;
  /** Files of this page that stay until its next visit. */
  readonly files: Pick<OriginFiles, 'read' | 'write' | 'remove'>;
}

const fileOf = ({ id }: MapPreset): string => `${id}.json`;

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

/** Null when there is none, or none that fits. */
async function readJson(read: () => Promise<Blob | null>): Promise<unknown> {
  try {
    const blob = await read();
    return blob && (JSON.parse(await blob.text()) as unknown);
  } catch {
    return null;
  }
}

async function fetched(address: URL): Promise<Blob | null> {
  const response = await fetch(address);
  return response.ok ? response.blob() : null;
}

/** Reads the saved result of the map on the page, and the cells of earlier visits. @param page address of the page */
export async function readMapResults({ maps, files }: MapServices, page: string): Promise<void> {
  const { preset } = maps.getState();
  if (!preset) return;
  const [saved, own] = (
    await Promise.all([
      readJson(() => fetched(new URL(savedMapFile(preset), page))),
      readJson(() => files.read(fileOf(preset))),
    ])
  ).map((json) => resultOf(preset, json));
  if (maps.getState().preset !== preset || maps.getState().own) return;
  maps.setState({ saved, own: own ?? emptyMap(preset.config), source: saved ? 'saved' : 'own' });
}

/** The cell that has these settings; null if none has. */
export const cellWith = (preset: MapPreset, config: MapCell['config']): MapCell | null =>
  cellsOf(preset.config).find((cell) => configChanges(cell.config, config).length === 0) ?? null;

/**
 * Takes over every study that is completed here and is a missing cell of the map on the page: in the course of the map, started by hand, or resumed
 * after an interruption.
 * @returns a function that ends it
 */
export function collectCells({ maps, study, files }: MapServices): () => void {
  return study.subscribe(({ result, source }, previous) => {
    if (!result || result === previous.result || result.status !== 'complete' || source !== 'live') return;
    const { preset, own } = maps.getState();
    const cell = preset && cellWith(preset, result.config);
    if (!preset || !cell || !own || cellAt(own, cell)) return;
    const next = withCell(own, cellResult(cell, result));
    maps.setState({ own: next, source: 'own' });
    files.write(fileOf(preset), new Blob([JSON.stringify(next)])).catch((error: unknown) => {
      maps.setState({ notKept: MAP_STATE_WORDS.notKept(errorText(error)) });
    });
  });
}

/**
 * Runs the missing cells one after the other, each as the study of the page, until all are done, one is stopped or fails, or another map is shown.
 * Does nothing while a study runs.
 */
export async function runCells({ maps, study, controller }: MapServices): Promise<void> {
  const { preset, own } = maps.getState();
  if (!preset || !own || study.getState().status !== 'idle') return;
  maps.setState({ source: 'own' });
  for (const cell of missingCells(own)) {
    maps.setState({ underWay: { x: cell.x, y: cell.y } });
    study.setState({ config: cell.config, readOnly: false });
    await controller.run(null);
    const now = maps.getState();
    if (now.preset !== preset || !now.own || !cellAt(now.own, cell)) break;
  }
  if (maps.getState().preset === preset) maps.setState({ underWay: null });
}

/** Forgets the cells that were computed here. */
export async function forgetCells({ maps, files }: MapServices): Promise<void> {
  const { preset, saved } = maps.getState();
  if (!preset) return;
  maps.setState({ own: emptyMap(preset.config), source: saved ? 'saved' : 'own' });
  await files.remove(fileOf(preset)).catch(() => {}); // nothing was kept
}
