/** Fetches a model onto this device by name, from a hub or any server, or from a dropped folder. */
import { WEIGHTS_FILE } from '../weight-files.ts';
import type { HttpOptions } from '../../platform/http/request.ts';
import { contentDigest, sha256Of } from '../../platform/sha256.ts';
import { describeModel, type ModelDescription } from './describe-model.ts';
import { resolveRevision, type HubRef } from './hub-revision.ts';
import { installModel, type InstallTarget } from './install.ts';
import { moveWeights } from './move-weights.ts';
import { listModels, readManifest, type ModelManifest } from './manifest.ts';
import { droppedFiles, remoteFiles, type ModelFiles } from './model-files.ts';
import {
  DEFAULT_HUB,
  nameOfRef,
  isCommit,
  isContentDigest,
  ModelSourceError,
  parseModelRef,
  splitModelId,
  type ModelRef,
} from './model-id.ts';
import { transferMeter, type TransferMeter, type TransferProgress } from './progress.ts';
import type { ModelStorage } from './storage.ts';
import { versionsOf } from './weights-plan.ts';
import { HUB_WORDS, MODEL_WORDS } from './words.ts';

export interface FetchOptions extends Partial<HttpOptions> {
  readonly hub?: string;
  readonly onProgress?: (progress: TransferProgress) => void;
}

/** As StudyConfig.backbone. */
const MAX_ID = 200;
const SHA256_DIGITS = 64;
type UrlRef = Extract<ModelRef, { kind: 'url' }>;

/** Messages about files say which model they belong to. */
async function about<R>(name: string, work: () => Promise<R>): Promise<R> {
  try {
    return await work();
  } catch (error) {
    const known = ['ModelConfigError', 'SafetensorsError', 'CheckpointError', 'TokenizerError'];
    if (error instanceof Error && known.includes(error.name))
      throw new ModelSourceError(HUB_WORDS.cannotUse(name, error.message), { cause: error });
    throw error;
  }
}

/** The id of the requested model, if known in advance; null if it depends on the content. */
function knownId(ref: ModelRef): string | null {
  if (ref.kind === 'url') return ref.digest && `${nameOfRef(ref)}@${ref.digest}`;
  return isCommit(ref.revision) ? `${ref.repo}@${ref.revision}` : null;
}

/** True for a content id, which studies and links use for models without a commit. Only the name in it says where the files are. */
const isContentId = (text: string): boolean => isContentDigest(splitModelId(text)?.revision ?? '');

/**
 * Finds a stored model whose server still reports the same file versions, and whose small files are unchanged. This decides only whether to
 * fetch it again; ids are verified against the bytes.
 */
async function sameVersion(
  storage: ModelStorage,
  name: string,
  { small, plan }: ModelDescription,
): Promise<ModelManifest | null> {
  const now = versionsOf(plan);
  if (plan.files.some(({ file }) => now[file] === undefined)) return null;
  const digests = new Map<string, string>();
  for (const [file, bytes] of small) digests.set(file, await sha256Of(bytes));
  const isSame = ({ id, versions = {}, files }: ModelManifest): boolean =>
    isContentId(id) &&
    splitModelId(id)?.name === name &&
    plan.files.every(({ file }) => versions[file] === now[file]) &&
    files.length === digests.size + 1 &&
    files.every((file) => file.name === WEIGHTS_FILE || digests.get(file.name) === file.sha256);
  return (await listModels(storage)).find(({ manifest }) => manifest && isSame(manifest))?.manifest ?? null;
}

/**
 * Fetches a model, or continues an unfinished fetch. A stored model named by its commit or its SHA-256 needs no connection.
 * @param text owner/name, owner/name@revision or an address; or the id of a stored model
 * @throws ModelSourceError with what is wrong and what to do; the signal's reason when aborted
 */
export async function fetchModel(
  text: string,
  storage: ModelStorage,
  { hub = DEFAULT_HUB, onProgress = () => {}, signal = new AbortController().signal, ...rest }: FetchOptions = {},
): Promise<ModelManifest> {
  const named = isContentId(text) ? await readManifest(storage, text) : null;
  if (named) return named;
  const asked = parseModelRef(text, hub);
  const id = knownId(asked);
  const there = id && (await readManifest(storage, id));
  if (there) return there;
  const meter = transferMeter(onProgress, () => performance.now() / 1000);
  const http: HttpOptions = {
    words: MODEL_WORDS,
    ...rest,
    signal,
    onWait: (text) => meter.wait(text),
    onBytes: (count) => meter.received(count),
  };
  meter.phase('describe', 0, 0);
  const fetched =
    asked.kind === 'hub' ? fetchFromHub(asked, storage, http, meter) : fetchFromServer(asked, storage, http, meter);
  return fetched.finally(() => meter.end());
}

async function fetchFromHub(
  asked: HubRef,
  storage: ModelStorage,
  http: HttpOptions,
  meter: TransferMeter,
): Promise<ModelManifest> {
  const { commit, licence, digests } = await resolveRevision(asked, http);
  const ref = { ...asked, revision: commit };
  const id = `${ref.repo}@${commit}`;
  const there = await readManifest(storage, id);
  if (there) return there;
  const source = `${ref.hub}/${ref.repo}/tree/${commit}`;
  const target = { name: ref.repo, commit, expected: null, source, licence, request: id };
  return about(ref.repo, async () => {
    const files = remoteFiles(ref, digests, http);
    return installModel(files, await describeModel(files), target, storage, meter, http.signal);
  });
}

async function fetchFromServer(
  ref: UrlRef,
  storage: ModelStorage,
  http: HttpOptions,
  meter: TransferMeter,
): Promise<ModelManifest> {
  const source = ref.folder;
  const request = ref.digest === null ? source : `${source}@${ref.digest}`;
  const target = { name: nameOfRef(ref), commit: null, expected: ref.digest, source, licence: null, request };
  checkName(target.name);
  return about(source, () => bring(remoteFiles(ref, new Map(), http), target, storage, meter, http.signal));
}

/** @throws ModelSourceError when the name leaves no room for a SHA-256 */
function checkName(name: string): void {
  if (`${name}@`.length + SHA256_DIGITS > MAX_ID)
    throw new ModelSourceError(HUB_WORDS.nameTooLong(name, MAX_ID - SHA256_DIGITS - 1));
}

/** Fetches a model that is identified by its content. */
async function bring(
  files: ModelFiles,
  target: InstallTarget,
  storage: ModelStorage,
  meter: TransferMeter,
  signal: AbortSignal,
): Promise<ModelManifest> {
  const description = await describeModel(files);
  const there = target.expected === null ? await sameVersion(storage, target.name, description) : null;
  return there ?? installModel(files, description, target, storage, meter, signal);
}

/** The name of a folder's model, without the revision. */
const localName = (folder: string): string => `local/${folder.replace(/[^\w.-]+/g, '-').slice(0, 60) || 'model'}`;

/** Takes what is moved and keeps nothing. */
const NOWHERE: Pick<ModelStorage, 'open' | 'append'> = {
  open: () => Promise.resolve(null),
  append: () => Promise.resolve({ write: () => Promise.resolve(), close: () => Promise.resolve() }),
};

/**
 * The id that a folder gets from `keepDropped`, without keeping it.
 * @param folder its name
 */
export async function idOfFolder(folder: string, files: ModelFiles): Promise<string> {
  const name = localName(folder);
  return about(name, async () => {
    const { small, plan } = await describeModel(files);
    const meter = transferMeter(
      () => {},
      () => 0,
    );
    const { sha256 } = await moveWeights(files, plan, 0, NOWHERE, '', meter);
    const digests = await Promise.all(
      [...small].map(async ([file, bytes]) => ({ name: file, sha256: await sha256Of(bytes) })),
    );
    return `${name}@${await contentDigest([...digests, { name: WEIGHTS_FILE, sha256 }])}`;
  });
}

/**
 * Keeps a dropped folder.
 * @param folder its name; @param blobs its files by name
 */
export function keepDropped(
  folder: string,
  blobs: ReadonlyMap<string, Blob>,
  storage: ModelStorage,
  onProgress: (progress: TransferProgress) => void,
  signal: AbortSignal,
): Promise<ModelManifest> {
  const meter = transferMeter(onProgress, () => performance.now() / 1000);
  const name = localName(folder);
  const from = { source: `the folder "${folder}"`, licence: null, request: name };
  const target = { name, commit: null, expected: null, ...from };
  const kept = about(name, () => bring(droppedFiles(blobs, signal), target, storage, meter, signal));
  return kept.finally(() => meter.end());
}
