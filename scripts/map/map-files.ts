/** Files of maps and of their results. */
import * as v from 'valibot';
import { leftOut } from '../../src/core/holds-all.ts';
import { describeIssues } from '../../src/platform/describe-issues.ts';
import { MapConfigSchema, type MapConfig } from '../../src/study/map/map-config.ts';
import { emptyMap, MapResultSchema, unitedMaps, type MapResult } from '../../src/study/map/map-result.ts';
import { MAP_PRESETS } from '../../src/study/map/presets.ts';
import { unknownSettings } from '../newer-settings.ts';
import { heldBefore, writeWhole } from '../output-file.ts';

/** Whether a file or preset holds a map, not a study: it has a study within. */
export const isMap = (json: unknown): boolean => typeof json === 'object' && json !== null && 'study' in json;

export const mapPreset = (id: string): MapConfig | null =>
  MAP_PRESETS.find((preset) => preset.id === id)?.config ?? null;

/** @throws Error naming the first problem. @param source for the message */
export function parseMap(source: string, json: unknown): MapConfig {
  const parsed = v.safeParse(MapConfigSchema, json);
  if (!parsed.success) throw new Error(`${source} is not a map: ${describeIssues(parsed.issues)}`);
  const unknown = leftOut(parsed.output, json);
  if (unknown.length > 0) throw unknownSettings(source, 'map', unknown);
  return parsed.output;
}

/** Writes a map with the cells that other processes have written into the file meanwhile, and returns it so. */
export async function writeMap(file: string, map: MapResult): Promise<MapResult> {
  const held = await heldBefore(file, MapResultSchema, 'result of a map');
  const united = held ? unitedMaps(map, held) : map;
  await writeWhole(file, `${JSON.stringify(united)}\n`);
  return united;
}

/**
 * What a run begins with: nothing, or the cells that the file holds already.
 * @throws Error when the file exists and is not to be resumed, or is of another map
 */
export async function openMap(file: string, config: MapConfig, resume: boolean): Promise<MapResult> {
  const begun = await heldBefore(file, MapResultSchema, 'result of a map');
  if (!begun) return emptyMap(config);
  if (!resume) throw new Error(`${file} exists. Add --resume to go on with its cells, or give another --out.`);
  try {
    return unitedMaps(begun, emptyMap(config));
  } catch (cause) {
    throw new Error(`${file} is of a map with other settings. Give another --out.`, { cause });
  }
}
