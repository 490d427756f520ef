/** Loads a study's backbone without a browser: a bundled one, a folder on disk, or a name to fetch and cache. */
import { existsSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { fetchModel } from '../src/model/hub/fetch-model.ts';
import { loadStoredModel, openStoredModel } from '../src/model/hub/load-stored.ts';
import { publicDigests, readManifest, type OriginDigest } from '../src/model/hub/manifest.ts';
import { createHasher, hashRange } from '../src/model/hub/sha256.ts';
import { diskBytes, diskStorage } from '../src/model/hub/storage-node.ts';
import { loadBackbone, type FileReader, type LoadedBackbone } from '../src/model/load-backbone.ts';
import type { FileOpener } from '../src/model/open-weights.ts';
import { WEIGHTS_FILE } from '../src/model/weight-files.ts';
import { fetchedFolder, withTransferBar } from './hub-transfer.ts';
import { publicFile } from './project-file.ts';

export interface NamedBackbone {
  /** Id as stored in the result: pinned to a commit if it came from a hub. */
  readonly id: string;
  readonly model: LoadedBackbone;
  /** Opens its files for random access. */
  readonly open: FileOpener;
}

const isFolder = (folder: string): boolean => existsSync(folder) && statSync(folder).isDirectory();

const openIn =
  (folder: string): FileOpener =>
  (file) => {
    const at = path.join(folder, file);
    return Promise.resolve(existsSync(at) ? diskBytes(at) : null);
  };

async function fetchNamed(text: string, imageSize: number | null): Promise<NamedBackbone> {
  const storage = diskStorage(fetchedFolder('models'));
  const { id } = await withTransferBar(text, (options) => fetchModel(text, storage, options));
  const open: FileOpener = async (file) => (await openStoredModel(storage, id)).open(file);
  return { id, model: await loadStoredModel(storage, id, { imageSize, onNotice: console.warn }), open };
}

/** Folder of a backbone that was not fetched; null for a model name. */
export function folderNamed(name: string): string | null {
  const candidates = /^[\w-]+$/.test(name) ? [publicFile('backbones', name), name] : [name];
  return candidates.find(isFolder) ?? null;
}

/** SHA-256 of the weights, from the files of a folder or from a model's manifest. @param id NamedBackbone.id */
export async function weightsDigests(id: string): Promise<readonly OriginDigest[]> {
  const folder = folderNamed(id);
  if (folder === null) {
    const weights = (await readManifest(diskStorage(fetchedFolder('models')), id))?.weights;
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
