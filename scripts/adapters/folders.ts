/** PEFT folders on disk. */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { distinctNames } from '../../src/core/distinct-names.ts';
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
import { PROVENANCE_FILE } from '../../src/model/peft/config.ts';
import { createAdaptersStore, reduceAdapterEvent, withStudy } from '../../src/state/adapters/adapters-store.ts';
import { listAdapters } from '../../src/state/adapters/adapter-list.ts';
import type { StudyResult } from '../../src/study/result/result.ts';
import type { RunAdapter } from '../../src/study/result/run-adapter.ts';

export async function writeFolder(folder: string, exported: Omit<AdapterExport, 'appVersion'>): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const [name, bytes] of Object.entries(await adapterFolder({ ...exported, appVersion: APP_VERSION })))
    await writeFile(path.join(folder, name), bytes);
}

/** One folder per run below `root`, named after arm and seed. The names of arms may be alike in plain letters, or have none. */
export async function writeRunAdapters(
  root: string,
  runs: readonly RunAdapter[],
  result: StudyResult,
  weights: readonly OriginDigest[],
): Promise<void> {
  const initial = withStudy(createAdaptersStore().getState(), result, []);
  const state = runs.reduce((store, adapter) => reduceAdapterEvent(store, { type: 'adapter', adapter }), initial);
  const listed = listAdapters(state, result);
  const folders = distinctNames(listed.map(({ name }) => fileNameOf(name)));
  for (const [i, adapter] of listed.entries())
    await writeFolder(path.join(root, folders[i]), { ...adapter, adapter, weights, naming: 'v5' });
}

export interface AdapterOnDisk {
  readonly config: PeftConfig;
  readonly weights: SafetensorsFile;
  /** copra.json, if there is one. */
  readonly copra: unknown;
}

/** @throws Error naming the folder when a file is missing or damaged. */
export async function readFolder(folder: string): Promise<AdapterOnDisk> {
  try {
    const config = new Uint8Array(await readFile(path.join(folder, ADAPTER_CONFIG_FILE))).buffer;
    const weights = new Uint8Array(await readFile(path.join(folder, ADAPTER_WEIGHTS_FILE)));
    const copra = await readFile(path.join(folder, PROVENANCE_FILE), 'utf8').catch(() => 'null');
    return { config: parsePeftConfig(config), weights: parseSafetensors(weights), copra: JSON.parse(copra) };
  } catch (error) {
    throw new Error(`${folder}: ${(error as Error).message}`, { cause: error });
  }
}
