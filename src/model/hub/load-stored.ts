/** Reads stored models and verifies that every byte is as fetched. */
import { loadBackbone, type FileReader, type LoadedBackbone } from '../load-backbone.ts';
import type { FileOpener } from '../open-weights.ts';
import { WEIGHTS_FILE } from '../weight-files.ts';
import { contentDigest, sha256Of, type FileDigest, createHasher, hashRange } from '../../platform/sha256.ts';
import { readManifest, type ModelManifest } from './manifest.ts';
import { isContentDigest, ModelSourceError, splitModelId } from './model-id.ts';
import { folderOf, type ModelStorage } from './storage.ts';
import { HUB_WORDS } from './words.ts';

export interface StoredFiles {
  readonly manifest: ModelManifest;
  /** Null for files that are not part of the model, even if present in the folder. @throws ModelSourceError when it was changed */
  readonly read: FileReader;
  /** Random access, after the whole file was read once and checked. As `read`. */
  readonly open: FileOpener;
}

const nameOf = (id: string): string => splitModelId(id)?.name ?? id;

const changed = (id: string, what: string): ModelSourceError =>
  new ModelSourceError(HUB_WORDS.changed(nameOf(id), what));

/** SHA-256 by file; undefined if an early version stored none. */
function digestsOf({ files, weights }: ModelManifest): ReadonlyMap<string, string | undefined> {
  return new Map(
    files.map(({ name, sha256 }) => [name, sha256 ?? (name === WEIGHTS_FILE ? weights?.sha256 : undefined)]),
  );
}

/** A manifest could be changed together with the files; the id cannot. */
async function checkId({ id, files }: ModelManifest): Promise<void> {
  const { revision } = splitModelId(id) ?? {};
  if (revision === undefined || !isContentDigest(revision)) return;
  const known = files.filter((file): file is typeof file & FileDigest => file.sha256 !== undefined);
  if (known.length < files.length || (await contentDigest(known)) !== revision)
    throw changed(id, HUB_WORDS.listChanged);
}

/**
 * The files of a model of this device.
 * @throws ModelSourceError when the model is missing or unfinished, or its list of files does not match its id
 */
export async function openStoredModel(storage: ModelStorage, id: string): Promise<StoredFiles> {
  const manifest = await readManifest(storage, id);
  if (!manifest) throw new ModelSourceError(HUB_WORDS.notHere(nameOf(id)));
  await checkId(manifest);
  const folder = folderOf(id);
  const digests = digestsOf(manifest);
  const check = (file: string, sha256: string): void => {
    if ((digests.get(file) ?? sha256) !== sha256) throw changed(id, HUB_WORDS.fileChanged(file));
  };
  return {
    manifest,
    async read(file) {
      const bytes = digests.has(file) ? await storage.read(folder, file) : null;
      if (bytes) check(file, await sha256Of(new Uint8Array(bytes)));
      return bytes;
    },
    async open(file) {
      const source = digests.has(file) ? await storage.open(folder, file) : null;
      if (!source || digests.get(file) === undefined) return source;
      const hasher = await createHasher();
      await hashRange(hasher, source, 0, source.size);
      check(file, hasher.digest());
      return source;
    },
  };
}

/** Early versions of the page named such models by 12 digits. */
const namedByHeader = (id: string): boolean => /@[0-9a-f]{12}$/.test(id);

export interface StoredOptions {
  /** Side of the images in pixels; null: the model's own size. */
  readonly imageSize?: number | null;
  /** Receives remarks that the model's name does not convey. */
  readonly onNotice?: (sentence: string) => void;
}

/**
 * Reads a model of this device. Every file is checked against the SHA-256 it had when it was fetched.
 * @throws ModelSourceError when it is not here, unfinished, or was changed since; as loadBackbone otherwise.
 */
export async function loadStoredModel(
  storage: ModelStorage,
  id: string,
  { imageSize = null, onNotice = () => {} }: StoredOptions = {},
): Promise<LoadedBackbone> {
  const { manifest, read, open } = await openStoredModel(storage, id);
  const model = await loadBackbone(read, { open, imageSize });
  if (namedByHeader(id)) onNotice(HUB_WORDS.earlyName(nameOf(id), manifest.source));
  return model;
}
