/** PEFT folders on disk. */
import { existsSync, statSync } from 'node:fs';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { distinctNames } from '../../src/core/distinct-names.ts';
import { someOf } from '../../src/data/files/problem.ts';
import { APP_VERSION } from '../../src/core/version.ts';
import type { OriginDigest } from '../../src/model/hub/manifest.ts';
import {
  ADAPTER_CONFIG_FILE,
  ADAPTER_WEIGHTS_FILE,
  parsePeftConfig,
  type PeftConfig,
} from '../../src/model/peft/config.ts';
import { parseSafetensors, type SafetensorsFile } from '../../src/model/safetensors.ts';
import { adapterFolder, fileNameOf, type AdapterExport } from '../../src/share/adapter/folder.ts';
import { ADAPTER_NAMES } from '../../src/share/adapter/messages.ts';
import { PROVENANCE_FILE } from '../../src/model/peft/config.ts';
import { createAdaptersStore, reduceAdapterEvent, withStudy } from '../../src/state/adapters/adapters-store.ts';
import { listAdapters } from '../../src/state/adapters/adapter-list.ts';
import { runKey } from '../../src/state/study/shown.ts';
import type { StudyConfig } from '../../src/study/config/config.ts';
import type { StudyResult } from '../../src/study/result/result.ts';
import type { RunAdapter } from '../../src/study/result/run-adapter.ts';
import { prepareFolder } from '../output-file.ts';

export async function writeFolder(folder: string, exported: Omit<AdapterExport, 'appVersion'>): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const [name, bytes] of Object.entries(await adapterFolder({ ...exported, appVersion: APP_VERSION })))
    await writeFile(path.join(folder, name), bytes);
}

/** The folder of every run of a study, by `runKey`. The names of arms may be alike in plain letters, or have none. */
function runFolders({ arms, seeds }: StudyConfig): ReadonlyMap<string, string> {
  const runs = arms.flatMap(({ id, name }) =>
    seeds.map((seed) => [runKey(id, seed), ADAPTER_NAMES.run(name, seed)] as const),
  );
  const folders = distinctNames(runs.map(([, name]) => fileNameOf(name)));
  return new Map(runs.map(([key], i) => [key, folders[i]]));
}

/** Folders right below this one that hold an adapter. */
async function adaptersBelow(root: string): Promise<string[]> {
  const entries = await readdir(root, { withFileTypes: true });
  return entries
    .filter((entry) => entry.isDirectory() && existsSync(path.join(root, entry.name, ADAPTER_CONFIG_FILE)))
    .map(({ name }) => name);
}

/**
 * Makes the folder for the adapters of a study.
 * @throws Error when adapters of other runs lie there: whoever opens it would take all of them for those of one study
 */
export async function prepareRunAdapters(root: string, config: StudyConfig): Promise<void> {
  await prepareFolder('--adapters', root);
  const own = new Set(runFolders(config).values());
  const others = (await adaptersBelow(root)).filter((name) => !own.has(name));
  if (others.length > 0)
    throw new Error(
      `--adapters: "${root}" holds adapters of other runs than those of this study: ${someOf(others, 4)}. Name another folder, or remove them.`,
    );
}

/** One folder per run below `root`, named after arm and seed. Says which of them are left from an earlier study. */
export async function writeRunAdapters(
  root: string,
  runs: readonly RunAdapter[],
  result: StudyResult,
  weights: readonly OriginDigest[],
): Promise<void> {
  const initial = withStudy(createAdaptersStore().getState(), result, []);
  const state = runs.reduce((store, adapter) => reduceAdapterEvent(store, { type: 'adapter', adapter }), initial);
  const folders = runFolders(result.config);
  const written = new Set<string>();
  for (const adapter of listAdapters(state, result)) {
    const folder = folders.get(adapter.id)!;
    written.add(folder);
    await writeFolder(path.join(root, folder), { ...adapter, adapter, weights, naming: 'v5' });
  }
  const left = (await adaptersBelow(root)).filter((name) => !written.has(name));
  if (left.length > 0)
    console.warn(
      `Note: ${someOf(left, 4)} in ${root} are from an earlier study: these runs left no adapter in this one.`,
    );
}

export interface AdapterOnDisk {
  readonly config: PeftConfig;
  readonly weights: SafetensorsFile;
  /** copra.json, if there is one. */
  readonly copra: unknown;
}

/** @throws Error when there is no adapter: a folder of adapters is not taken for one */
async function checkHolds(folder: string): Promise<void> {
  if (!existsSync(folder)) throw new Error(`There is no folder "${folder}".`);
  if (!statSync(folder).isDirectory())
    throw new Error(`"${folder}" is a file. An adapter is a folder, as PEFT saves it.`);
  if (existsSync(path.join(folder, ADAPTER_CONFIG_FILE))) return;
  const below = await adaptersBelow(folder);
  throw new Error(
    `"${folder}" is no adapter: it has no ${ADAPTER_CONFIG_FILE}.${below.length > 0 ? ` Adapters lie in it; name those that are meant: ${someOf(below, 4)}.` : ''}`,
  );
}

/** @throws Error naming the folder when a file is missing or damaged. */
export async function readFolder(folder: string): Promise<AdapterOnDisk> {
  await checkHolds(folder);
  try {
    const config = new Uint8Array(await readFile(path.join(folder, ADAPTER_CONFIG_FILE))).buffer;
    const weights = new Uint8Array(await readFile(path.join(folder, ADAPTER_WEIGHTS_FILE)));
    const copra = await readFile(path.join(folder, PROVENANCE_FILE), 'utf8').catch(() => 'null');
    return { config: parsePeftConfig(config), weights: parseSafetensors(weights), copra: JSON.parse(copra) };
  } catch (error) {
    throw new Error(`${folder}: ${(error as Error).message}`, { cause: error });
  }
}
