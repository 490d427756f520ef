/** Fetches published PEFT adapters onto this device, from a hub or any server: pinned, continued after a cut, their SHA-256 compared with the hub's. */
import {
  ADAPTER_CONFIG_FILE,
  MAX_WEIGHTS_BYTES,
  parsePeftConfig,
  PICKLE_FILE,
  PROVENANCE_FILE,
  ADAPTER_WEIGHTS_FILE,
} from '../../peft/config.ts';
import { readHeader } from '../describe-model.ts';
import { resolveRevision } from '../hub-revision.ts';
import { remoteFiles, type ModelFiles } from '../model-files.ts';
import { DEFAULT_HUB, describeRef, isCommit, ModelSourceError, nameOfRef, splitModelId } from '../model-id.ts';
import { isFull } from '../no-space.ts';
import { DigestMismatch } from '../origin-digest.ts';
import { transferMeter, type TransferMeter, type TransferProgress } from '../progress.ts';
import type { HttpOptions } from '../../../platform/http/request.ts';
import { canContinue, leaveUnfinished } from '../resume.ts';
import { contentDigest, createHasher, hashRange, sha256Of } from '../../../platform/sha256.ts';
import { folderOf, type ModelStorage } from '../storage.ts';
import { parseAdapterRef, type AdapterRef } from './adapter-ref.ts';
import {
  listStoredAdapters,
  readAdapterManifest,
  writeAdapterManifest,
  type AdapterManifest,
} from './adapter-manifest.ts';
import { ADAPTER_WORDS, HUB_WORDS } from '../words.ts';

const MAX_JSON_BYTES = 4 * 2 ** 20;
/** More adapters of one repository are more than anybody merges here. */
const MAX_ADAPTERS = 32;
/** The first request of a file, which tells its size and version; small adapters need no other. */
const PREFIX_BYTES = 65_536;

export interface FetchAdaptersOptions extends Partial<HttpOptions> {
  readonly hub?: string;
  readonly onProgress?: (progress: TransferProgress) => void;
}

/** Where an adapter's files come from, and under which name they are kept. */
interface Source {
  readonly files: ModelFiles;
  /** Folder in the repository with a slash at its end; '' for the top. */
  readonly folder: string;
  /** Without the revision. */
  readonly name: string;
  /** Null for a server: the revision is then the SHA-256 of the files. */
  readonly commit: string | null;
  readonly expected: string | null;
  readonly address: string;
  readonly licence: string | null;
  /** AdapterManifest.folders */
  readonly folders?: string[];
}

const joined = (repo: string, folder: string): string => (folder === '' ? repo : `${repo}/${folder}`);

/** Whether a folder of a repository is meant by the name of one: it itself, or a folder above it. */
const isMeant = (folder: string, asked: string): boolean =>
  asked === '' || folder === asked || folder.startsWith(`${asked}/`);

/** The stored adapters, where they are all that the name stands for, so that it needs no connection; else none. */
function allStored(stored: readonly AdapterManifest[], { ref, folder }: AdapterRef): readonly AdapterManifest[] {
  const revision = ref.kind === 'url' ? ref.digest : ref.revision;
  const named = (name: string) => stored.filter(({ id }) => id === `${name}@${revision}`);
  if (ref.kind === 'url') return named(nameOfRef(ref));
  if (!isCommit(ref.revision)) return [];
  const ofRepository = stored.filter(({ id }) => {
    const found = splitModelId(id);
    return found?.revision === revision && (found.name === ref.repo || found.name.startsWith(`${ref.repo}/`));
  });
  const all = ofRepository.find(({ folders }) => folders)?.folders ?? [];
  const meant = all.filter((found) => isMeant(found, folder));
  const found = meant.flatMap((one) => named(joined(ref.repo, one)));
  return found.length === meant.length ? found : [];
}

/** The folders of a repository that hold an adapter, '' for its top. */
function foldersWithAdapter(files: readonly string[]): string[] {
  const weights = new Set(foldersWith(files, ADAPTER_WEIGHTS_FILE));
  return foldersWith(files, ADAPTER_CONFIG_FILE).filter((folder) => weights.has(folder));
}

const foldersWith = (files: readonly string[], file: string): string[] =>
  files
    .filter((path) => path === file || path.endsWith(`/${file}`))
    .map((path) => path.slice(0, Math.max(0, path.length - file.length - 1)));

/** Those of the folders that were asked for. @throws ModelSourceError when there is no adapter there, or there are too many */
function askedFolders(files: readonly string[], { ref, folder }: AdapterRef): readonly string[] {
  const isAsked = (found: string) => isMeant(found, folder);
  const found = foldersWithAdapter(files).filter(isAsked);
  const place = joined(describeRef(ref), folder);
  if (found.length > MAX_ADAPTERS)
    throw new ModelSourceError(HUB_WORDS.tooManyAdapters(place, found.length, found[0], MAX_ADAPTERS));
  if (found.length > 0) return found;
  if (foldersWith(files, PICKLE_FILE).some(isAsked)) throw new ModelSourceError(HUB_WORDS.pickle(place, PICKLE_FILE));
  throw new ModelSourceError(HUB_WORDS.noAdapter(place, ADAPTER_CONFIG_FILE, ADAPTER_WEIGHTS_FILE));
}

/** Every adapter that a name stands for. */
async function sourcesOf(asked: AdapterRef, http: HttpOptions): Promise<readonly Source[]> {
  const { ref } = asked;
  if (ref.kind === 'url') {
    const place = { name: nameOfRef(ref), commit: null, expected: ref.digest, address: ref.folder, licence: null };
    return [{ ...place, files: remoteFiles(ref, new Map(), http), folder: '' }];
  }
  const { commit, licence, digests, files } = await resolveRevision(ref, http);
  const pinned = { ...ref, revision: commit };
  const folders = foldersWithAdapter(files);
  return askedFolders(files, asked).map((folder) => ({
    files: remoteFiles(pinned, digests, http),
    folder: folder === '' ? '' : `${folder}/`,
    name: joined(ref.repo, folder),
    commit,
    expected: null,
    address: joined(`${ref.hub}/${ref.repo}/tree/${commit}`, folder),
    licence,
    folders,
  }));
}

/** The size of a file that its server does not tell, as one that packs it: what the header of the file says. */
async function sizeByHeader(files: ModelFiles, file: string): Promise<number> {
  const found = await readHeader(files, file);
  if (!found) throw new ModelSourceError(HUB_WORDS.adapterGone(file));
  const ends = [...found.header.tensors.values()].map(({ end }) => end);
  return found.dataStart + Math.max(0, ...ends);
}

/** Fetches the weights, after the bytes that an earlier try left where they cannot have changed since. @returns size and SHA-256 */
async function fetchWeights(
  { files, folder, commit }: Source,
  storage: ModelStorage,
  target: string,
  meter: TransferMeter,
): Promise<AdapterManifest['files'][number]> {
  const remote = `${folder}${ADAPTER_WEIGHTS_FILE}`;
  const first = await files.prefix(remote, PREFIX_BYTES);
  if (!first) throw new ModelSourceError(HUB_WORDS.adapterGone(remote));
  const { digest, version } = first;
  const total = first.total ?? (await sizeByHeader(files, remote));
  if (total > MAX_WEIGHTS_BYTES) throw new ModelSourceError(HUB_WORDS.adapterTooLarge(remote, total));
  const left = commit === null ? null : await storage.open(target, ADAPTER_WEIGHTS_FILE);
  const have = left && left.size <= total ? left.size : 0;
  const hasher = await createHasher();
  if (left && have > 0) await hashRange(hasher, left, 0, have);
  meter.phase('weights', have, total);
  const appender = await storage.append(target, ADAPTER_WEIGHTS_FILE, have);
  let done = have;
  const take = async (bytes: Uint8Array): Promise<boolean> => {
    // A server without ranges may send more than was asked for.
    const part = bytes.subarray(0, total - done);
    hasher.update(part);
    await appender.write(part);
    meter.advance(part.length);
    done += part.length;
    return done < total;
  };
  try {
    if (have < first.bytes.length) await take(first.bytes.subarray(have));
    if (done < total) await files.stream(remote, done, total, version, take);
  } finally {
    await appender.close();
  }
  const sha256 = hasher.digest();
  if (digest !== null && digest !== sha256)
    throw new DigestMismatch(HUB_WORDS.otherDigest(remote, sha256.slice(0, 12), digest.slice(0, 12)));
  return { name: ADAPTER_WEIGHTS_FILE, bytes: total, sha256, confirmed: digest !== null };
}

/** The small files, checked before the weights are fetched: an adapter that cannot be used costs no transfer. */
async function fetchSmall(
  { files, folder }: Source,
  storage: ModelStorage,
  target: string,
): Promise<{ readonly kept: AdapterManifest['files'] } & Pick<AdapterManifest, 'baseModel' | 'baseRevision'>> {
  const config = await files.whole(`${folder}${ADAPTER_CONFIG_FILE}`, MAX_JSON_BYTES);
  if (!config) throw new ModelSourceError(HUB_WORDS.noAdapterConfig(`${folder}${ADAPTER_CONFIG_FILE}`));
  const { base_model_name_or_path: baseModel, revision: baseRevision } = parsePeftConfig(config.buffer);
  const provenance = await files.whole(`${folder}${PROVENANCE_FILE}`, MAX_JSON_BYTES);
  const kept: AdapterManifest['files'] = [];
  for (const [name, bytes] of [
    [ADAPTER_CONFIG_FILE, config] as const,
    ...(provenance ? [[PROVENANCE_FILE, provenance] as const] : []),
  ]) {
    await storage.write(target, name, bytes);
    kept.push({ name, bytes: bytes.length, sha256: await sha256Of(bytes), confirmed: false });
  }
  return { kept, baseModel, baseRevision };
}

const UNFINISHED = 'unfinished';

async function install(
  source: Source,
  storage: ModelStorage,
  meter: TransferMeter,
  signal: AbortSignal,
): Promise<AdapterManifest> {
  const { name, commit, expected, address, licence, folders } = source;
  const target = folderOf(`${name}@${commit ?? UNFINISHED}`);
  const there = await readAdapterManifest(storage, target);
  if (there) {
    const known = { ...there, folders };
    if (!there.folders && folders) await writeAdapterManifest(storage, known);
    return known;
  }
  try {
    const { kept, ...base } = await fetchSmall(source, storage, target);
    const files = [...kept, await fetchWeights(source, storage, target, meter)];
    const revision = commit ?? (await contentDigest(files));
    if (expected !== null && revision !== expected)
      throw new DigestMismatch(HUB_WORDS.otherAdapterFiles(address, revision.slice(0, 12), expected.slice(0, 12)));
    const id = `${name}@${revision}`;
    const about = { source: address, licence, folders, ...base };
    const manifest: AdapterManifest = { version: 1, id, ...about, files };
    await writeAdapterManifest(storage, manifest, target);
    if (commit === null) await storage.move(target, folderOf(id));
    return manifest;
  } catch (error) {
    // The server of an adapter may have other files by the next try.
    const usable = commit !== null && canContinue(error, signal);
    const left = await leaveUnfinished(error, { storage, folder: target, file: ADAPTER_WEIGHTS_FILE, usable });
    if (isFull(error)) throw new ModelSourceError(HUB_WORDS.noSpaceForAdapter, { cause: error });
    if (error instanceof Error && ['ModelConfigError', 'SafetensorsError'].includes(error.name))
      throw new ModelSourceError(HUB_WORDS.cannotUse(name, error.message), { cause: error });
    throw left;
  }
}

/**
 * Fetches the adapters that a name stands for, one after the other, or finds them on this device.
 * @param text owner/name, owner/name/folder@revision or an address; a repository without a folder stands for every adapter in it
 * @throws ModelSourceError with what is wrong and what to do; the signal's reason when aborted
 */
export async function fetchAdapters(
  text: string,
  storage: ModelStorage,
  {
    hub = DEFAULT_HUB,
    onProgress = () => {},
    signal = new AbortController().signal,
    ...rest
  }: FetchAdaptersOptions = {},
): Promise<readonly AdapterManifest[]> {
  const asked = parseAdapterRef(text, hub);
  const known = allStored(await listStoredAdapters(storage), asked);
  if (known.length > 0) return known;
  const meter = transferMeter(onProgress, () => performance.now() / 1000);
  const http: HttpOptions = {
    words: ADAPTER_WORDS,
    ...rest,
    signal,
    onWait: (text) => meter.wait(text),
    onBytes: (count) => meter.received(count),
  };
  meter.phase('describe', 0, 0);
  try {
    const fetched: AdapterManifest[] = [];
    for (const source of await sourcesOf(asked, http)) fetched.push(await install(source, storage, meter, signal));
    return fetched;
  } finally {
    meter.end();
  }
}
