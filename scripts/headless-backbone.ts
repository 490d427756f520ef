/** Loads a study's backbone without a browser: a bundled one, a folder on disk, or a name to fetch and cache. */
import { SingleBar } from 'cli-progress';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';
import { fetchModel } from '../src/model/hub/fetch-model.ts';
import { loadStoredModel, openStoredModel } from '../src/model/hub/load-stored.ts';
import { publicDigests, readManifest, type OriginDigest } from '../src/model/hub/manifest.ts';
import { DEFAULT_HUB } from '../src/model/hub/model-id.ts';
import { createHasher, hashRange } from '../src/model/hub/sha256.ts';
import { diskBytes, diskStorage } from '../src/model/hub/storage-node.ts';
import { loadBackbone, type FileReader, type LoadedBackbone } from '../src/model/load-backbone.ts';
import type { FileOpener } from '../src/model/open-weights.ts';
import { WEIGHTS_FILE } from '../src/model/weight-files.ts';
import { publicFile } from './project-file.ts';

export interface NamedBackbone {
  /** Id as stored in the result: pinned to a commit if it came from a hub. */
  readonly id: string;
  readonly model: LoadedBackbone;
  /** Opens its files for random access. */
  readonly open: FileOpener;
}

/** Folder of fetched models, shared by all projects of this user. */
const modelsFolder = (): string =>
  process.env.COPRA_MODELS ??
  path.join(process.env.XDG_CACHE_HOME ?? path.join(homedir(), '.cache'), 'copra-playground', 'models');

const isFolder = (folder: string): boolean => existsSync(folder) && statSync(folder).isDirectory();

const openIn =
  (folder: string): FileOpener =>
  (file) => {
    const at = path.join(folder, file);
    return Promise.resolve(existsSync(at) ? diskBytes(at) : null);
  };

async function fetchNamed(text: string, imageSize: number | null): Promise<NamedBackbone> {
  const storage = diskStorage(modelsFolder());
  const bar = new SingleBar({
    format: '{name} {bar} {value} of {total} MB {note}',
    hideCursor: true,
    noTTYOutput: true,
    notTTYSchedule: 10_000,
  });
  const stop = new AbortController();
  const interrupt = () =>
    stop.abort(new Error('Interrupted. What has arrived is kept: the next run goes on from there.'));
  process.once('SIGINT', interrupt);
  let started = false;
  try {
    const { id } = await fetchModel(text, storage, {
      hub: process.env.COPRA_HUB ?? DEFAULT_HUB,
      signal: stop.signal,
      onProgress({ phase, doneBytes, totalBytes, waiting }) {
        if (phase === 'describe' && waiting === null) return;
        if (!started) bar.start(1, 0, { name: text, note: '' });
        started = true;
        bar.setTotal(Math.max(1, Math.round(totalBytes / 1e6)));
        bar.update(Math.round(doneBytes / 1e6), { note: waiting ?? (phase === 'check' ? 'checking' : '') });
      },
    });
    const open: FileOpener = async (file) => (await openStoredModel(storage, id)).open(file);
    return { id, model: await loadStoredModel(storage, id, { imageSize, onNotice: console.warn }), open };
  } finally {
    if (started) bar.stop();
    process.off('SIGINT', interrupt);
  }
}

/** Folder of a backbone that was not fetched; null for a model name. */
function folderNamed(name: string): string | null {
  const candidates = /^[\w-]+$/.test(name) ? [publicFile('backbones', name), name] : [name];
  return candidates.find(isFolder) ?? null;
}

/** SHA-256 of the weights, from the files of a folder or from a model's manifest. @param id NamedBackbone.id */
export async function weightsDigests(id: string): Promise<readonly OriginDigest[]> {
  const folder = folderNamed(id);
  if (folder === null) {
    const weights = (await readManifest(diskStorage(modelsFolder()), id))?.weights;
    return weights ? publicDigests(weights) : [];
  }
  const names = readdirSync(folder)
    .filter((name) => name.endsWith('.safetensors'))
    .sort();
  // If there is a single weights file, any other files are not weights.
  const files = names.includes(WEIGHTS_FILE) ? [WEIGHTS_FILE] : names;
  return Promise.all(
    files.map(async (file) => {
      const source = diskBytes(path.join(folder, file));
      const hasher = await createHasher();
      hashRange(hasher, source, 0, source.size);
      return { file, sha256: hasher.digest(), confirmed: false };
    }),
  );
}

/**
 * @param name id of a bundled backbone, path of a folder, or owner/name[@revision] or address of a model
 * @param readerOf reads the small files of a folder. @throws Error saying what is wrong and what to do
 */
export async function loadNamedBackbone(
  name: string,
  imageSize: number | null,
  readerOf: (folder: string) => FileReader,
): Promise<NamedBackbone> {
  const folder = folderNamed(name);
  if (folder !== null) {
    const open = openIn(folder); // weights are read tensor by tensor
    return { id: name, model: await loadBackbone(readerOf(folder), { open, imageSize }), open };
  }
  if (!name.includes('/'))
    throw new Error(`There is no bundled backbone and no folder "${name}". Give a path, or owner/name of a model.`);
  return fetchNamed(name, imageSize);
}
