/** Installs a model on this device: describes it from its small files and headers, then fetches only the tensors a backbone needs. */
import type { ByteSource } from '../byte-source.ts';
import { createWeightReader } from '../weight-reader.ts';
import { loadModelConfig, loadTokenizer, type FileReader } from '../load-backbone.ts';
import type { ModelConfig } from '../config.ts';
import { factsOf, type ModelFacts } from '../model-facts.ts';
import { neededTensors } from '../needed-tensors.ts';
import { parseShardIndex } from '../open-weights.ts';
import {
  dataStartOf,
  DTYPE_BYTES,
  openSafetensors,
  parseSafetensorsHeader,
  PREFIX_BYTES,
  SafetensorsError,
  type SafetensorsHeader,
  type TensorInfo,
} from '../safetensors.ts';
import { ModelConfigError, parseJsonBytes } from '../validate-json.ts';
import { INDEX_FILE, noWeights, WEIGHTS_FILE } from '../weight-files.ts';
import {
  writeManifest,
  writeUnfinished,
  type ModelManifest,
  type OriginDigest,
  type WeightsDigest,
} from './manifest.ts';
import { contentDigest, sha256Of, type FileDigest } from './identity.ts';
import { HttpRefusal, SourceError } from './source-error.ts';
import type { ModelFiles } from './model-files.ts';
import { ModelSourceError } from './model-id.ts';
import { confirm, DigestMismatch, hasherBefore } from './origin-digest.ts';
import type { TransferMeter } from './progress.ts';
import { resumableBytes } from './resume.ts';
import { createHasher, hashRange, type Hasher } from './sha256.ts';
import { folderOf, type FileAppender, type ModelStorage } from './storage.ts';
import {
  planRequests,
  planWeights,
  versionsOf,
  type PieceGroup,
  type RemoteWeights,
  type WeightsPlan,
} from './weights-plan.ts';

/** Limit for small files; the largest are those of tokenizers, at a few MB. */
const MAX_SMALL_FILE = 32_000_000;
/** Most headers are shorter; a longer one takes a second request. */
const FIRST_BYTES = 65_536;
/** Headers of models this page can hold are far shorter: a longer one is a mistake or an attack. */
const MAX_HEADER = 25_000_000;
const MAX_SHARDS = 64;
const ALWAYS = ['config.json', 'preprocessor_config.json'];
const TOKENIZER = ['tokenizer.json', 'tokenizer_config.json'];
const OLD_TOKENIZER = ['vocab.json', 'merges.txt', 'tokenizer_config.json'];

export interface ModelDescription {
  readonly config: ModelConfig;
  readonly facts: ModelFacts;
  readonly small: ReadonlyMap<string, Uint8Array<ArrayBuffer>>;
  readonly plan: WeightsPlan;
}

async function readSmall(files: ModelFiles): Promise<Map<string, Uint8Array<ArrayBuffer>>> {
  const small = new Map<string, Uint8Array<ArrayBuffer>>();
  const take = async (names: readonly string[]) => {
    for (const name of names) {
      const bytes = small.has(name) ? null : await files.whole(name, MAX_SMALL_FILE);
      if (bytes) small.set(name, bytes);
    }
  };
  await take(ALWAYS);
  const config = small.get('config.json');
  if (!config) throw new ModelConfigError('There is no config.json: this is not a model, or it is in another format.');
  const { config: parsed } = await loadModelConfig(readerOf(small));
  if (parsed.modelType === 'clip') {
    await take(TOKENIZER);
    if (!small.has('tokenizer.json')) await take(OLD_TOKENIZER);
    if (!(await loadTokenizer(readerOf(small))))
      throw new ModelConfigError(
        'There is no tokenizer.json (nor vocab.json and merges.txt), so class prompts cannot be encoded. Add one of another repository of the same model.',
      );
  }
  return small;
}

const readerOf =
  (small: ReadonlyMap<string, Uint8Array<ArrayBuffer>>): FileReader =>
  (file) =>
    Promise.resolve(small.get(file)?.buffer ?? null);

/** Null if there is no such file. @throws SafetensorsError naming the file when its header is damaged. */
async function readHeader(files: ModelFiles, file: string): Promise<RemoteWeights | null> {
  const first = await files.prefix(file, FIRST_BYTES);
  if (!first) return null;
  try {
    const dataStart = dataStartOf(first.bytes, first.total ?? Infinity);
    if (dataStart > MAX_HEADER)
      throw new SafetensorsError(`the header of ${dataStart} bytes is too long for any model.`);
    const bytes = first.bytes.length >= dataStart ? first.bytes : (await files.prefix(file, dataStart))?.bytes;
    if (!bytes || bytes.length < dataStart)
      throw new SafetensorsError(
        `the header ends at byte ${dataStart}, but the file has only ${bytes?.length ?? 0}: it is cut off.`,
      );
    const json = bytes.subarray(PREFIX_BYTES, dataStart);
    const header = parseSafetensorsHeader(json, dataBytesOf(json, first.total, dataStart));
    const { total: size, digest, version } = first;
    return { file, dataStart, header, head: bytes.slice(0, dataStart), size, digest, version };
  } catch (error) {
    if (error instanceof SafetensorsError) throw new SafetensorsError(`${file}: ${error.message}`);
    throw error;
  }
}

/** If the server does not report the size, the header's last offset is used; missing bytes are detected during the fetch. */
function dataBytesOf(json: Uint8Array, total: number | null, dataStart: number): number {
  if (total !== null) return total - dataStart;
  const ends = [...new TextDecoder().decode(json).matchAll(/"data_offsets"\s*:\s*\[\s*\d+\s*,\s*(\d+)\s*\]/g)];
  return ends.reduce((largest, [, end]) => Math.max(largest, Number(end)), 0);
}

async function readHeaders(files: ModelFiles): Promise<{ weights: RemoteWeights[]; fileOf: (name: string) => string }> {
  const single = await readHeader(files, WEIGHTS_FILE);
  if (single) return { weights: [single], fileOf: () => WEIGHTS_FILE };
  const indexBytes = await files.whole(INDEX_FILE, MAX_SMALL_FILE);
  if (!indexBytes) throw new ModelConfigError(noWeights('It'));
  const index = parseShardIndex(parseJsonBytes(INDEX_FILE, indexBytes.buffer));
  const names = [...new Set(index.values())].sort();
  if (names.length > MAX_SHARDS)
    throw new ModelConfigError(`${INDEX_FILE} names ${names.length} files; ${MAX_SHARDS} is the most.`);
  const weights: RemoteWeights[] = [];
  for (const name of names) {
    const shard = await readHeader(files, name);
    if (!shard) throw new ModelConfigError(`There is no ${name}, which ${INDEX_FILE} names.`);
    weights.push(shard);
  }
  return { weights, fileOf: (name) => index.get(name) ?? '' };
}

/**
 * Reads everything that can be known before weights are fetched.
 * @throws ModelConfigError, SafetensorsError or CheckpointError stating what does not fit; ModelSourceError when it cannot be read.
 */
export async function describeModel(files: ModelFiles): Promise<ModelDescription> {
  const small = await readSmall(files);
  const { config, preprocessing } = await loadModelConfig(readerOf(small));
  const { weights, fileOf } = await readHeaders(files);
  const tensors = new Map<string, TensorInfo>();
  for (const { file, header } of weights)
    for (const [name, info] of header.tensors) if (fileOf(name) === file) tensors.set(name, info);
  const all: SafetensorsHeader = { tensors, metadata: new Map() };
  const needed = new Set(neededTensors(config, all));
  const plan = planWeights(weights, (name, file) => needed.has(name) && fileOf(name) === file);
  let parameters = 0;
  for (const name of needed) {
    const info = tensors.get(name);
    if (info) parameters += (info.end - info.begin) / DTYPE_BYTES[info.dtype];
  }
  return { config, facts: factsOf(config, preprocessing, parameters), small, plan };
}

export interface InstallTarget {
  /** Without the revision. */
  readonly name: string;
  /** The commit, if the revision is one; null if the revision is the SHA-256 of the files, known only after the fetch. */
  readonly commit: string | null;
  /** The expected SHA-256; null accepts any. */
  readonly expected: string | null;
  readonly source: string;
  readonly licence: string | null;
  /** The request to repeat in order to continue. */
  readonly request: string;
}

/** Placeholder for the revision until it is known. */
const UNFINISHED = 'unfinished';

interface Hashers {
  /** Hash of the whole remote file; null if only part of it is fetched. */
  readonly origin: Hasher | null;
  /** Hash of our own file. */
  readonly kept: Hasher;
}

/** Fetches one group of neighbouring pieces and drops the bytes between them. @param version RemoteWeights.version of its file */
async function moveGroup(
  files: ModelFiles,
  group: PieceGroup,
  version: string | null,
  appender: FileAppender,
  { origin, kept }: Hashers,
  meter: TransferMeter,
) {
  await files.stream(group.file, group.begin, group.end, version, async (bytes, position) => {
    const until = position + bytes.length;
    origin?.update(bytes.subarray(0, group.end - position));
    for (const { begin, end } of group.pieces) {
      const from = Math.max(begin, position);
      const to = Math.min(end, until);
      if (from >= to) continue;
      const part = bytes.subarray(from - position, to - position);
      kept.update(part);
      await appender.write(part);
      meter.advance(to - from);
    }
    return until < group.end;
  });
}

const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(bytes < 1e7 ? 1 : 0)} MB`;

const isFull = (error: unknown): boolean =>
  error instanceof Error && (error.name === 'QuotaExceededError' || (error as NodeJS.ErrnoException).code === 'ENOSPC');

async function checkSpace(storage: ModelStorage, bytes: number): Promise<void> {
  const { free } = await storage.use();
  if (free !== null && free < bytes) throw noSpace(bytes, free);
}

const noSpace = (bytes: number, free: number | null): ModelSourceError =>
  new ModelSourceError(
    `The model needs ${megabytes(bytes)} on this device${free === null ? '' : `, and this page has ${megabytes(free)} left`}. Delete a model under "Models on this device", or free disk space.`,
  );

/** Reads every byte once. @returns the SHA-256 of the file. @throws CheckpointError naming the first tensor that is not finite. */
async function checkWeights(
  storage: ModelStorage,
  folder: string,
  meter: TransferMeter,
  signal: AbortSignal,
): Promise<string> {
  const source = await storage.open(folder, WEIGHTS_FILE);
  if (!source) throw new ModelSourceError('The weights vanished while they were checked. Try again.');
  const hasher = await createHasher();
  const file = openSafetensors({
    ...source,
    read(begin, end) {
      const bytes = source.read(begin, end);
      hasher.update(bytes);
      return bytes;
    },
  });
  const reader = createWeightReader(file, '');
  // In file order: contiguous, after the header, which was read first.
  const tensors = [...file.tensors].sort(([, a], [, b]) => a.begin - b.begin);
  for (const [name, { shape, begin, end }] of tensors) {
    signal.throwIfAborted();
    reader.tensor(name, shape);
    meter.advance(end - begin);
    // Yields so that an abort can be delivered.
    await Promise.resolve();
  }
  return hasher.digest();
}

/** A hash of the bytes already stored, or of the header if there are none. */
async function hasherOfKept({ head }: WeightsPlan, have: number, stored: ByteSource | null): Promise<Hasher> {
  const hasher = await createHasher();
  if (stored && have > 0) hashRange(hasher, stored, 0, have);
  else hasher.update(head);
  return hasher;
}

/** Fetches the missing bytes. @returns the SHA-256 our file must have, and those of the files that were fetched whole. @throws DigestMismatch */
async function moveWeights(
  files: ModelFiles,
  plan: WeightsPlan,
  have: number,
  storage: ModelStorage,
  folder: string,
  meter: TransferMeter,
): Promise<WeightsDigest> {
  const stored = await storage.open(folder, WEIGHTS_FILE);
  const origins: OriginDigest[] = [];
  const requests = planRequests(plan, Math.max(have, plan.head.length));
  const hashers = await Promise.all(requests.map((group) => hasherBefore(group, plan, have, stored)));
  const kept = await hasherOfKept(plan, have, stored);
  const appender = await storage.append(folder, WEIGHTS_FILE, have);
  try {
    if (have === 0) await appender.write(plan.head);
    for (const [i, group] of requests.entries()) {
      const file = plan.files.find((candidate) => candidate.file === group.file);
      await moveGroup(files, group, file?.version ?? null, appender, { origin: hashers[i], kept }, meter);
      const digest = hashers[i]?.digest();
      if (file && digest) origins.push(confirm(file, digest));
    }
  } finally {
    await appender.close();
  }
  return { sha256: kept.digest(), origins };
}

const notAsWritten = (file: string): ModelSourceError =>
  new DigestMismatch(
    `${file} reads back otherwise than it was written: the storage of this device is damaged, or something else writes to it. Nothing was kept. Try again.`,
  );

/** Writes the small files and reads them again. @returns them as the manifest lists them. @throws DigestMismatch */
async function keepSmall(
  small: ModelDescription['small'],
  storage: ModelStorage,
  folder: string,
): Promise<(FileDigest & { readonly bytes: number })[]> {
  const kept: (FileDigest & { readonly bytes: number })[] = [];
  for (const [name, bytes] of small) {
    await storage.write(folder, name, bytes);
    const sha256 = await sha256Of(bytes);
    if ((await sha256Of(new Uint8Array((await storage.read(folder, name)) ?? []))) !== sha256) throw notAsWritten(name);
    kept.push({ name, bytes: bytes.length, sha256 });
  }
  return kept;
}

/** True for a cut connection or a cancelled download, which can be continued; any other error means the model is unusable. */
const canContinue = (error: unknown, signal: AbortSignal): boolean =>
  signal.aborted ||
  (error instanceof SourceError &&
    !(error instanceof DigestMismatch) &&
    !(error instanceof HttpRefusal && error.status === 416));

/** The revision: the commit, otherwise the content digest. @throws DigestMismatch when other content was requested */
async function revisionOf(files: readonly FileDigest[], { commit, expected, source }: InstallTarget): Promise<string> {
  if (commit !== null) return commit;
  const digest = await contentDigest(files);
  if (expected !== null && digest !== expected)
    throw new DigestMismatch(
      `Together, the files behind ${source} have the SHA-256 ${digest.slice(0, 12)}…, not ${expected.slice(0, 12)}…: they were changed since, or damaged on the way. ` +
        'Nothing was kept. Get the address without its SHA-256 to use the files it has now.',
    );
  return digest;
}

/**
 * Fetches weights and small files into the storage and writes the manifest last. Unfinished downloads are continued; damaged or unsuitable
 * files are removed. Everything is read back once to verify that the stored SHA-256 equals the fetched one.
 * @throws ModelSourceError, SafetensorsError or CheckpointError with what to do; the signal's reason when aborted.
 */
export async function installModel(
  files: ModelFiles,
  { facts, small, plan }: ModelDescription,
  target: InstallTarget,
  storage: ModelStorage,
  meter: TransferMeter,
  signal: AbortSignal,
): Promise<ModelManifest> {
  const { name, commit, source, licence, request } = target;
  const workId = `${name}@${commit ?? UNFINISHED}`;
  const folder = folderOf(workId);
  const smallBytes = [...small.values()].reduce((sum, { length }) => sum + length, 0);
  const totalBytes = plan.totalBytes + smallBytes;
  const have = await resumableBytes(files, plan, storage, folder, commit !== null);
  const versions = versionsOf(plan);
  try {
    await checkSpace(storage, totalBytes - have);
    // Recorded versions always match the stored bytes, whenever the page is closed.
    if (have === 0) await (await storage.append(folder, WEIGHTS_FILE, 0)).close();
    await writeUnfinished(storage, { id: workId, request, totalBytes, versions });
    const kept = await keepSmall(small, storage, folder);
    meter.phase('weights', Math.max(have, plan.head.length), plan.totalBytes);
    const weights = await moveWeights(files, plan, have, storage, folder, meter);
    meter.phase('check', 0, plan.totalBytes - plan.head.length);
    if ((await checkWeights(storage, folder, meter, signal)) !== weights.sha256) throw notAsWritten(WEIGHTS_FILE);
    const listed = [...kept, { name: WEIGHTS_FILE, bytes: plan.totalBytes, sha256: weights.sha256 }];
    const id = `${name}@${await revisionOf(listed, target)}`;
    if (id !== workId) await storage.move(folder, folderOf(id));
    const manifest: ModelManifest = { version: 1, id, source, licence, facts, weights, files: listed, versions };
    await writeManifest(storage, manifest);
    return manifest;
  } catch (error) {
    if (isFull(error)) {
      await storage.remove(folder);
      throw noSpace(totalBytes, (await storage.use()).free);
    }
    if (!canContinue(error, signal)) await storage.remove(folder);
    throw error;
  }
}
