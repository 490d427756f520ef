/** Finds PEFT adapters among opened files: in folders, in zips, or as loose files. */
import { comingCode } from '../../platform/coming-code.ts';
import { errorText } from '../../core/error-text.ts';
import { blobFile, readWhole } from '../../data/files/byte-file.ts';
import {
  ADAPTER_CONFIG_FILE,
  MAX_WEIGHTS_BYTES,
  PICKLE_FILE,
  PROVENANCE_FILE,
  ADAPTER_WEIGHTS_FILE,
} from '../../model/peft/config.ts';
import { nameOf } from './provenance.ts';
import { plainName } from '../../core/plain-name.ts';
import { SHARE_CHECKS } from '../words.ts';

export interface OpenedFile {
  /** Folders are separated by "/". */
  readonly path: string;
  readonly blob: Blob | null;
}

export interface FoundAdapter {
  readonly name: string;
  /** The file it was found in, for messages. */
  readonly file: string;
  readonly config: ArrayBuffer;
  /** Read one adapter after the other: those of a zip are unpacked then. @throws Error when the zip is damaged */
  readonly weights: () => Promise<ArrayBuffer>;
  /** Parsed copra.json; null if there is none. */
  readonly copra: unknown;
}

/** Limit for the files beside the weights. */
const MAX_JSON_BYTES = 4 * 2 ** 20;
/** Limits for the zips that are opened together, by what their directories say. Opened adapters stay in memory, and so does what stands beside their weights. */
const ZIPPED = {
  weights: 4 * 2 ** 30,
  json: 64 * 2 ** 20,
  /** Trained weights hardly pack, pruned ones by ten at most; zeros by a thousand. */
  ratio: 16,
  /** Below this size of weights a high ratio does no harm. */
  small: MAX_WEIGHTS_BYTES,
};
const WANTED = new Set([ADAPTER_CONFIG_FILE, ADAPTER_WEIGHTS_FILE, PROVENANCE_FILE, PICKLE_FILE]);
const limitOf = (name: string): number => (/\.json$/.test(name) ? MAX_JSON_BYTES : Infinity);

const baseName = (path: string): string => path.slice(path.lastIndexOf('/') + 1);
const folderName = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf('/')));
const isZip = (path: string): boolean => /\.zip$/i.test(path);

/** A file that an adapter needs, where it lies. */
interface Candidate {
  /** Folders are separated by "/". */
  readonly path: string;
  readonly size: number;
  /** @throws Error when the zip around it is damaged, or the file is not what it claims to be */
  readonly read: () => Promise<ArrayBuffer>;
}

/** The needed files of a zip, by its directory: nothing is unpacked. @throws Error when there is no directory */
async function membersOf(path: string, file: Blob): Promise<Candidate[]> {
  const { openZip } = await comingCode(import('../../data/archive/zip.ts'));
  const tree = await openZip(blobFile(file));
  const damaged = (why: string) => new Error(SHARE_CHECKS.noZip(path, why));
  if (tree.files.length === 0) throw damaged(tree.problems.map(({ message }) => message).join(' '));
  return tree.files.flatMap(({ path: name, size }, at) => {
    const base = baseName(name);
    if (!WANTED.has(base) || size > limitOf(base)) return [];
    const read = async () => {
      try {
        return (await readWhole(tree.file(at), Math.min(MAX_WEIGHTS_BYTES, limitOf(base)))).buffer;
      } catch (error) {
        throw damaged(errorText(error));
      }
    };
    return { path: `${path}/${name}`, size, read };
  });
}

/** Sums up what zips would unpack to, of what is read of them: a pickle never is. */
class Unpacked {
  #packed = 0;
  #weights = 0;
  #json = 0;

  /** @throws Error when it is more than adapters are, together with the zips before */
  add(path: string, packed: number, members: readonly Candidate[]): void {
    const bytesOf = (wanted: RegExp) =>
      members.reduce((sum, member) => sum + (wanted.test(baseName(member.path)) ? member.size : 0), 0);
    this.#packed += packed;
    this.#weights += bytesOf(/\.safetensors$/);
    this.#json += bytesOf(/\.json$/);
    if (this.#json > ZIPPED.json) throw new Error(SHARE_CHECKS.jsonUnpacksToMore(path, ZIPPED.json / 2 ** 20));
    if (this.#weights > ZIPPED.weights) throw new Error(SHARE_CHECKS.unpacksToMore(path, ZIPPED.weights / 2 ** 30));
    if (this.#weights > ZIPPED.small && this.#weights > ZIPPED.ratio * this.#packed)
      throw new Error(SHARE_CHECKS.unpacksToTimes(path, ZIPPED.ratio));
  }
}

/** The files, with zips replaced by their contents. @throws Error when the zips would unpack to more than adapters are */
async function opened(files: readonly OpenedFile[]): Promise<Candidate[]> {
  const all: Candidate[] = [];
  const unpacked = new Unpacked();
  for (const { path, blob } of files) {
    if (!blob) continue;
    if (isZip(path)) {
      const members = await membersOf(path, blob);
      unpacked.add(path, blob.size, members);
      all.push(...members);
    } else if (WANTED.has(baseName(path)) && blob.size <= limitOf(baseName(path)))
      all.push({ path, size: blob.size, read: () => blob.arrayBuffer() });
  }
  return all;
}

/** Whether dropped files look like adapters rather than images, judged by names alone. */
export async function holdAdapter(files: readonly OpenedFile[]): Promise<boolean> {
  if (files.some(({ path }) => baseName(path) === ADAPTER_CONFIG_FILE || baseName(path) === ADAPTER_WEIGHTS_FILE))
    return true;
  const zips = files.flatMap(({ path, blob }) => (blob && isZip(path) && blob.size <= ZIPPED.weights ? [blob] : []));
  if (zips.length === 0) return false;
  const { openZip } = await comingCode(import('../../data/archive/zip.ts'));
  for (const zip of zips) {
    const { files: members } = await openZip(blobFile(zip)); // Reads only the directory at the end.
    if (members.some(({ path }) => baseName(path) === ADAPTER_CONFIG_FILE)) return true;
  }
  return false;
}

/** Levels of arrays and objects; a study's settings have six. */
const MOST_LEVELS = 64;

/** Whether arrays and objects nest in more levels than that. Level by level: a value that is nested deeply enough ends what descends into it. */
function nestsTooDeeply(value: unknown): boolean {
  let level = [value];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > MOST_LEVELS) return true;
    level = level.flatMap((one): unknown[] => (typeof one === 'object' && one !== null ? Object.values(one) : []));
  }
  return false;
}

/** Null for what is no JSON, or nested more deeply than some browsers could write it again into the files of a merge. */
function parseLoosely(json: string): unknown {
  try {
    const value: unknown = JSON.parse(json);
    return nestsTooDeeply(value) ? null : value;
  } catch {
    return null;
  }
}

/** @throws Error when there is no adapter, one of its files is missing, or two files have one path */
export async function findAdapters(files: readonly OpenedFile[]): Promise<FoundAdapter[]> {
  const candidates = await opened(files);
  // An adapter would be made of the files of two.
  const paths = new Set<string>();
  for (const { path } of candidates) {
    if (paths.has(path)) throw new Error(SHARE_CHECKS.fileTwice(path));
    paths.add(path);
  }
  const folders = [...new Set(candidates.map(({ path }) => folderName(path)))].sort();
  const found: FoundAdapter[] = [];
  for (const folder of folders) {
    const fileOf = (name: string) => candidates.find(({ path }) => path === (folder ? `${folder}/${name}` : name));
    const [config, weights] = [fileOf(ADAPTER_CONFIG_FILE), fileOf(ADAPTER_WEIGHTS_FILE)];
    const place = folder || SHARE_CHECKS.chosenFiles;
    if (!config && !weights && !fileOf(PICKLE_FILE)) continue;
    if (!weights)
      throw new Error(
        fileOf(PICKLE_FILE) ? SHARE_CHECKS.pickle(place) : SHARE_CHECKS.noWeights(place, ADAPTER_WEIGHTS_FILE),
      );
    if (!config) throw new Error(SHARE_CHECKS.noConfig(place, ADAPTER_CONFIG_FILE));
    if (weights.size > MAX_WEIGHTS_BYTES) throw new Error(SHARE_CHECKS.weightsTooLarge(place, ADAPTER_WEIGHTS_FILE));
    const noted = await fileOf(PROVENANCE_FILE)?.read();
    const copra = noted ? parseLoosely(new TextDecoder().decode(noted)) : null;
    const name = nameOf(copra) ?? (plainName(baseName(folder.replace(/\/+$/, '')).replace(/\.zip$/i, '')) || 'adapter');
    found.push({ name, file: folder || 'the chosen files', config: await config.read(), weights: weights.read, copra });
  }
  if (found.length === 0) throw new Error(SHARE_CHECKS.noAdapter(ADAPTER_CONFIG_FILE, ADAPTER_WEIGHTS_FILE));
  return found;
}
