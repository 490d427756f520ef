/** Brings a model onto this device: describes it from its small files and headers, then moves only the tensors a backbone needs. */
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
import { HttpRefusal, SourceError } from './http.ts';
import type { ModelFiles } from './model-files.ts';
import { ModelSourceError } from './model-id.ts';
import { confirm, DigestMismatch, hasherBefore } from './origin-digest.ts';
import type { TransferMeter } from './progress.ts';
import { createHasher, type Hasher } from './sha256.ts';
import { folderOf, type FileAppender, type ModelStorage } from './storage.ts';
import { planRequests, planWeights, type PieceGroup, type RemoteWeights, type WeightsPlan } from './weights-plan.ts';

/** Small files; those of tokenizers are the largest of them, at a few MB. */
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

/** Null where there is no such file. @throws SafetensorsError naming the file when its header is damaged. */
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
    const { total: size, digest } = first;
    return { file, dataStart, header, head: bytes.slice(0, dataStart), size, digest };
  } catch (error) {
    if (error instanceof SafetensorsError) throw new SafetensorsError(`${file}: ${error.message}`);
    throw error;
  }
}

/** Where the server does not tell the size, the header's own last offset stands for it; what is missing shows when it is fetched. */
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
 * Reads what there is to know before weights are moved.
 * @throws ModelConfigError, SafetensorsError or CheckpointError saying what does not fit; ModelSourceError when it cannot be read.
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

/** What pins a model that has no commit: its configuration and the header of its weights. 12 hexadecimal digits. */
export async function fingerprint({ small, plan }: ModelDescription): Promise<string> {
  const config = small.get('config.json') ?? new Uint8Array();
  const both = new Uint8Array(config.length + plan.head.length);
  both.set(config);
  both.set(plan.head, config.length);
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', both));
  return [...digest.subarray(0, 6)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

export interface InstallTarget {
  readonly id: string;
  readonly source: string;
  readonly licence: string | null;
  /** What to ask for again to continue. */
  readonly request: string;
}

/** How much of our weights file is there from an earlier try of the same plan. */
async function haveBytes(storage: ModelStorage, folder: string, { head, totalBytes }: WeightsPlan): Promise<number> {
  const source = await storage.open(folder, WEIGHTS_FILE);
  if (!source || source.size < head.length || source.size > totalBytes) return 0;
  const there = source.read(0, head.length);
  return there.every((byte, i) => byte === head[i]) ? source.size : 0;
}

/** Moves one group of neighbouring pieces: the bytes between them are dropped. */
async function moveGroup(
  files: ModelFiles,
  group: PieceGroup,
  appender: FileAppender,
  hasher: Hasher | null,
  meter: TransferMeter,
) {
  await files.stream(group.file, group.begin, group.end, async (bytes, position) => {
    const until = position + bytes.length;
    hasher?.update(bytes.subarray(0, group.end - position));
    for (const { begin, end } of group.pieces) {
      const from = Math.max(begin, position);
      const to = Math.min(end, until);
      if (from >= to) continue;
      await appender.write(bytes.subarray(from - position, to - position));
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
  // In the order in which they lie in the file, behind each other and behind the header, which was read first.
  const tensors = [...file.tensors].sort(([, a], [, b]) => a.begin - b.begin);
  for (const [name, { shape, begin, end }] of tensors) {
    signal.throwIfAborted();
    reader.tensor(name, shape);
    meter.advance(end - begin);
    // Lets an abort arrive.
    await Promise.resolve();
  }
  return hasher.digest();
}

/** Moves what is missing. @returns the digests of the files that were fetched whole. @throws DigestMismatch */
async function moveWeights(
  files: ModelFiles,
  plan: WeightsPlan,
  have: number,
  storage: ModelStorage,
  folder: string,
  meter: TransferMeter,
): Promise<OriginDigest[]> {
  const stored = await storage.open(folder, WEIGHTS_FILE);
  const origins: OriginDigest[] = [];
  const requests = planRequests(plan, Math.max(have, plan.head.length));
  const hashers = await Promise.all(requests.map((group) => hasherBefore(group, plan, have, stored)));
  const appender = await storage.append(folder, WEIGHTS_FILE, have);
  try {
    if (have === 0) await appender.write(plan.head);
    for (const [i, group] of requests.entries()) {
      await moveGroup(files, group, appender, hashers[i], meter);
      const file = plan.files.find((candidate) => candidate.file === group.file);
      const digest = hashers[i]?.digest();
      if (file && digest) origins.push(confirm(file, digest));
    }
  } finally {
    await appender.close();
  }
  return origins;
}

/** A cut connection can be continued, and so can a download that was cancelled; anything else is no model. */
const canContinue = (error: unknown, signal: AbortSignal): boolean =>
  signal.aborted ||
  (error instanceof SourceError &&
    !(error instanceof DigestMismatch) &&
    !(error instanceof HttpRefusal && error.status === 416));

/**
 * Moves weights and small files into the storage and writes the manifest last. What a connection left unfinished is continued; what turns
 * out to be damaged, or does not fit, is removed.
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
  const folder = folderOf(target.id);
  const smallBytes = [...small.values()].reduce((sum, { length }) => sum + length, 0);
  const have = await haveBytes(storage, folder, plan);
  let weights: WeightsDigest;
  try {
    await checkSpace(storage, plan.totalBytes + smallBytes - have);
    await writeUnfinished(storage, {
      id: target.id,
      request: target.request,
      totalBytes: plan.totalBytes + smallBytes,
    });
    for (const [name, bytes] of small) await storage.write(folder, name, bytes);
    meter.phase('weights', Math.max(have, plan.head.length), plan.totalBytes);
    const origins = await moveWeights(files, plan, have, storage, folder, meter);
    meter.phase('check', 0, plan.totalBytes - plan.head.length);
    weights = { sha256: await checkWeights(storage, folder, meter, signal), origins };
  } catch (error) {
    if (isFull(error)) {
      await storage.remove(folder);
      throw noSpace(plan.totalBytes + smallBytes, (await storage.use()).free);
    }
    if (!canContinue(error, signal)) await storage.remove(folder);
    throw error;
  }
  const manifest: ModelManifest = {
    version: 1,
    id: target.id,
    source: target.source,
    licence: target.licence,
    facts,
    weights,
    files: [
      ...[...small].map(([name, { length }]) => ({ name, bytes: length })),
      { name: WEIGHTS_FILE, bytes: plan.totalBytes },
    ],
  };
  await writeManifest(storage, manifest);
  return manifest;
}
