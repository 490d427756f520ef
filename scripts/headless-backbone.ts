/** Loads a study's backbone without a browser: a bundled one, a folder on disk, or a name to fetch and cache. */
import { existsSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { BUNDLED_BACKBONES } from '../src/model/bundled-backbones.ts';
import type { ByteSource } from '../src/platform/byte-source.ts';
import { fetchModel, idOfFolder } from '../src/model/hub/fetch-model.ts';
import { loadStoredModel, openStoredModel } from '../src/model/hub/load-stored.ts';
import { readManifest, type OriginDigest } from '../src/model/hub/manifest.ts';
import { publicDigests } from '../src/model/hub/public-digests.ts';
import { openedFiles } from '../src/model/hub/model-files.ts';
import { isContentDigest, splitModelId } from '../src/model/hub/model-id.ts';
import { createHasher, hashRange } from '../src/platform/sha256.ts';
import { diskBytes, diskStorage } from '../src/model/hub/storage-node.ts';
import { loadBackbone, type FileReader, type LoadedBackbone } from '../src/model/load-backbone.ts';
import type { FileOpener } from '../src/model/open-weights.ts';
import { WEIGHTS_FILE } from '../src/model/weight-files.ts';
import { MODEL_WORDS } from '../src/model/hub/words.ts';
import { IN_TERMINAL, lookOnHub } from './hub-names.ts';
import { fetchedFolder, withTransferBar } from './hub-transfer.ts';
import { publicFile } from './project-file.ts';

export interface NamedBackbone {
  /** Id as stored in the result, which is that of these weights alone: of a bundled one, with the commit of a hub, or with the SHA-256 of its files. */
  readonly id: string;
  /** Where it lies; null if it was fetched. */
  readonly folder: string | null;
  readonly model: LoadedBackbone;
  /** Opens its files for random access. */
  readonly open: FileOpener;
}

const isFolder = (folder: string): boolean => existsSync(folder) && statSync(folder).isDirectory();

function sourceIn(folder: string, file: string): ByteSource | null {
  const at = path.join(folder, file);
  return existsSync(at) ? diskBytes(at) : null;
}

const openIn =
  (folder: string): FileOpener =>
  (file) =>
    Promise.resolve(sourceIn(folder, file));

/** As the page names a folder that is dropped there: a path says nothing on another machine, and other weights may come to lie in it. */
const idOf = (name: string, folder: string): Promise<string> | string =>
  BUNDLED_BACKBONES.includes(name)
    ? name
    : idOfFolder(
        path.basename(path.resolve(folder)),
        openedFiles((file) => sourceIn(folder, file), new AbortController().signal),
      );

const WORDS = {
  ...MODEL_WORDS,
  ...IN_TERMINAL,
  instead: 'name its folder with --backbone',
  later: 'Try again later, or download the model and name its folder with --backbone.',
};

async function fetchNamed(text: string, imageSize: number | null): Promise<NamedBackbone> {
  const storage = diskStorage(fetchedFolder('models'));
  const { id } = await withTransferBar(text, (options) => fetchModel(text, storage, { ...options, words: WORDS }));
  const open: FileOpener = async (file) => (await openStoredModel(storage, id)).open(file);
  return { id, folder: null, model: await loadStoredModel(storage, id, { imageSize, onNotice: console.warn }), open };
}

/** Folder of a backbone that was not fetched; null for a model name. */
export function folderNamed(name: string): string | null {
  const candidates = /^[\w-]+$/.test(name) ? [publicFile('backbones', name), name] : [name];
  return candidates.find(isFolder) ?? null;
}

/**
 * The backbone of --backbone, of which it is said where it is looked for. One that settings or adapters name is no path that was mistyped.
 * @throws Error where it begins with a folder that is here
 */
export function typedBackbone(name: string): string {
  if (name.includes('/') && folderNamed(name) === null) lookOnHub(name);
  return name;
}

/** SHA-256 of the weights, from the files of a folder or from a model's manifest. */
export async function weightsDigests({
  id,
  folder,
}: Pick<NamedBackbone, 'id' | 'folder'>): Promise<readonly OriginDigest[]> {
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
      await hashRange(hasher, source, 0, source.size);
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
    return {
      id: await idOf(name, folder),
      folder,
      model: await loadBackbone(readerOf(folder), { open, imageSize }),
      open,
    };
  }
  const installed = splitModelId(name);
  if (installed?.name.startsWith('local/') && isContentDigest(installed.revision))
    throw new Error(
      `The backbone is the folder "${installed.name.slice('local/'.length)}", whose files have the SHA-256 ${installed.revision}. No hub has it: name the folder with --backbone.`,
    );
  if (!name.includes('/'))
    throw new Error(`There is no bundled backbone and no folder "${name}". Give a path, or owner/name of a model.`);
  return fetchNamed(name, imageSize);
}
