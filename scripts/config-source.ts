/** Where the settings of a headless study come from: a preset, a file of settings, a result, a study file, a map, a link or an address of the page. */
import { readFile } from 'node:fs/promises';
import * as v from 'valibot';
import { errorText } from '../src/core/error-text.ts';
import { leftOut } from '../src/core/holds-all.ts';
import { queryToConfig } from '../src/share/config/config-query.ts';
import { describeIssues } from '../src/platform/describe-issues.ts';
import { decodeResultLink } from '../src/share/link/result-link.ts';
import { readStudy } from '../src/share/study-file/read-study.ts';
import { beginsLikeStudy } from '../src/share/study-file/study-file-start.ts';
import { holdsResult } from '../src/state/page/url.ts';
import { StudyConfigSchema, type StudyConfig } from '../src/study/config/config.ts';
import type { MapConfig } from '../src/study/map/map-config.ts';
import { MAP_PRESETS } from '../src/study/map/presets.ts';
import type { KnownStudy } from '../src/study/result/known-study.ts';
import type { StudyResult } from '../src/study/result/result.ts';
import { PRESETS } from '../src/study/presets/presets.ts';
import { isMap, mapPreset, parseMap } from './map/map-files.ts';
import { newerSettings, unknownSettings } from './newer-settings.ts';

/** Ids that name settings in place of a file. */
export const KNOWN_IDS = [...PRESETS, ...MAP_PRESETS].map(({ id }) => id);

/**
 * @property result from which the settings are; absent: they are from nothing that was computed
 * @property known the study with its adapters, of a study file
 */
export interface StudySource {
  readonly study: StudyConfig;
  readonly result?: StudyResult;
  readonly known?: KnownStudy;
}
export type ConfigSource = StudySource | { readonly map: MapConfig };

/** The settings in a link: those of its result, or those in its address. @throws Error saying what is wrong with it */
function fromLink(text: string): StudyConfig {
  const [address, fragment = ''] = text.includes('#') ? text.split(/#(.*)/s, 2) : ['', text];
  if (holdsResult(`#${fragment}`)) {
    const link = decodeResultLink(fragment);
    if (!link.ok) throw new Error(link.message());
    return link.result.config;
  }
  const query = /\?(.*)$/s.exec(address === '' ? text : address)?.[1] ?? '';
  const { config, isOfOtherVersion, problems } = queryToConfig(query);
  if (isOfOtherVersion) throw newerSettings(text, 'study');
  for (const problem of problems) console.warn(problem);
  if (!config) throw new Error('This address says nothing about a study.');
  return config;
}

const isLink = (text: string): boolean => /^https?:\/\//i.test(text) || /^\?\w/.test(text) || holdsResult(`#${text}`);

/** @throws Error naming the first problem of the file */
async function fromFile(file: string): Promise<ConfigSource> {
  let bytes: Uint8Array<ArrayBuffer>;
  try {
    bytes = new Uint8Array(await readFile(file));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EISDIR')
      throw new Error(`"${file}" is a folder; settings come from a file. Images are named with --data.`, {
        cause: error,
      });
    if (code !== 'ENOENT') throw error;
    throw new Error(`There is no file "${file}", and no preset of that name. Presets: ${KNOWN_IDS.join(', ')}.`, {
      cause: error,
    });
  }
  if (beginsLikeStudy(bytes)) return inFile(file, 'zip', bytes);
  let json: unknown;
  try {
    json = JSON.parse(new TextDecoder().decode(bytes));
  } catch (error) {
    throw new Error(`${file} is neither a study file nor JSON: ${errorText(error)}`, { cause: error });
  }
  if (isMap(json)) return { map: parseMap(file, json) };
  if (typeof json === 'object' && json !== null && 'runs' in json) return inFile(file, 'json', bytes);
  const parsed = v.safeParse(StudyConfigSchema, json);
  if (!parsed.success) throw new Error(`${file} is not a study: ${describeIssues(parsed.issues)}`);
  const unknown = leftOut(parsed.output, json);
  if (unknown.length > 0) throw unknownSettings(file, 'study', unknown);
  return { study: parsed.output };
}

/** The settings of a study file or of a result. @throws Error when the file is damaged */
async function inFile(file: string, kind: 'zip' | 'json', bytes: Uint8Array<ArrayBuffer>): Promise<ConfigSource> {
  const found = await readStudy(kind, new Blob([bytes])).catch((error: unknown) => {
    throw new Error(`${file} cannot be read: ${errorText(error)}`, { cause: error });
  });
  if (!found || found.kind === 'search') throw new Error(`${file} is not a study.`);
  if (found.kind === 'config') return { study: found.config };
  const { result } = found;
  if (found.kind === 'result') return { study: result.config, result };
  const adapters = found.adapters.map((adapter) => ({ ...adapter, arm: adapter.armId }));
  return { study: result.config, result, known: { result, adapters } };
}

/** @throws Error where a later version would have trained something else */
function whole(source: string, found: ConfigSource): ConfigSource {
  if ('study' in found && found.study.incomplete) throw newerSettings(source, 'study');
  return found;
}

/**
 * @param source id of a preset, path of a file, link to a result, or address of the page
 * @throws Error naming the first problem
 */
export async function readConfig(source: string): Promise<ConfigSource> {
  const preset = PRESETS.find(({ id }) => id === source);
  if (preset) return { study: preset.config };
  const map = mapPreset(source);
  if (map) return { map };
  return whole(source, isLink(source) ? { study: fromLink(source) } : await fromFile(source));
}
