/** Describes a model from its small files and the headers of its weights, before any weights are fetched. */
import { loadModelConfig, loadTokenizer, type FileReader } from '../load-backbone.ts';
import type { ModelConfig } from '../families/registry.ts';
import { factsOf } from '../facts-of.ts';
import type { ModelFacts } from '../model-facts.ts';
import { neededTensors } from '../needed-tensors.ts';
import { parseShardIndex } from '../open-weights.ts';
import { imageProcessorIn, PREPROCESSOR_FILE, PROCESSOR_FILE } from '../preprocessing.ts';
import {
  dataStartOf,
  DTYPE_BYTES,
  parseSafetensorsHeader,
  PREFIX_BYTES,
  SafetensorsError,
  type SafetensorsHeader,
  type TensorInfo,
} from '../safetensors.ts';
import { ModelConfigError, parseJsonBytes } from '../validate-json.ts';
import { INDEX_FILE, noWeights, WEIGHTS_FILE } from '../weight-files.ts';
import type { ModelFiles } from './model-files.ts';
import { planWeights, type RemoteWeights, type WeightsPlan } from './weights-plan.ts';
import { HUB_WORDS } from './words.ts';

/** Limit for small files; the largest are those of tokenizers, at a few MB. */
const MAX_SMALL_FILE = 32_000_000;
/** Most headers are shorter; a longer one takes a second request. */
const FIRST_BYTES = 65_536;
/** Headers of models this page can hold are far shorter: a longer one is a mistake or an attack. */
const MAX_HEADER = 25_000_000;
const MAX_SHARDS = 64;
const ALWAYS = ['config.json', PREPROCESSOR_FILE];
const TOKENIZER = ['tokenizer.json', 'tokenizer_config.json'];
const OLD_TOKENIZER = ['vocab.json', 'merges.txt', 'tokenizer_config.json'];

export interface ModelDescription {
  readonly config: ModelConfig;
  readonly facts: ModelFacts;
  readonly small: ReadonlyMap<string, Uint8Array<ArrayBuffer>>;
  readonly plan: WeightsPlan;
}

/** Before transformers 5 the file says nothing of images; and where there is no file, some hosts answer with their start page. */
const preparesImages = (bytes: Uint8Array<ArrayBuffer>): boolean =>
  !new TextDecoder().decode(bytes).trimStart().startsWith('<') &&
  imageProcessorIn(parseJsonBytes(PROCESSOR_FILE, bytes.buffer)) !== null;

async function readSmall(files: ModelFiles): Promise<Map<string, Uint8Array<ArrayBuffer>>> {
  const small = new Map<string, Uint8Array<ArrayBuffer>>();
  const take = async (names: readonly string[]) => {
    for (const name of names) {
      const bytes = small.has(name) ? null : await files.whole(name, MAX_SMALL_FILE);
      if (bytes) small.set(name, bytes);
    }
  };
  await take(ALWAYS);
  const processor = await files.whole(PROCESSOR_FILE, MAX_SMALL_FILE);
  // Else it is no part of the model, whose id may be that of its files.
  if (processor && preparesImages(processor)) small.set(PROCESSOR_FILE, processor);
  const config = small.get('config.json');
  if (!config) throw new ModelConfigError(HUB_WORDS.noConfig);
  const { config: parsed } = await loadModelConfig(readerOf(small));
  if ('text' in parsed) {
    await take(TOKENIZER);
    if (!small.has('tokenizer.json')) await take(OLD_TOKENIZER);
    if (!(await loadTokenizer(readerOf(small)))) throw new ModelConfigError(HUB_WORDS.noTokenizer);
  }
  return small;
}

const readerOf =
  (small: ReadonlyMap<string, Uint8Array<ArrayBuffer>>): FileReader =>
  (file) =>
    Promise.resolve(small.get(file)?.buffer ?? null);

/** Null if there is no such file. @throws SafetensorsError naming the file when its header is damaged. */
export async function readHeader(files: ModelFiles, file: string): Promise<RemoteWeights | null> {
  const first = await files.prefix(file, FIRST_BYTES);
  if (!first) return null;
  try {
    const dataStart = dataStartOf(first.bytes, first.total ?? Infinity);
    if (dataStart > MAX_HEADER) throw new SafetensorsError(HUB_WORDS.headerTooLong(dataStart));
    const bytes = first.bytes.length >= dataStart ? first.bytes : (await files.prefix(file, dataStart))?.bytes;
    if (!bytes || bytes.length < dataStart)
      throw new SafetensorsError(HUB_WORDS.headerCutOff(dataStart, bytes?.length ?? 0));
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
  if (!indexBytes) throw new ModelConfigError(noWeights('it'));
  const index = parseShardIndex(parseJsonBytes(INDEX_FILE, indexBytes.buffer));
  const names = [...new Set(index.values())].sort();
  if (names.length > MAX_SHARDS)
    throw new ModelConfigError(HUB_WORDS.tooManyShards(INDEX_FILE, names.length, MAX_SHARDS));
  const weights: RemoteWeights[] = [];
  for (const name of names) {
    const shard = await readHeader(files, name);
    if (!shard) throw new ModelConfigError(HUB_WORDS.noShard(name, INDEX_FILE));
    weights.push(shard);
  }
  return { weights, fileOf: (name) => index.get(name) ?? '' };
}

/**
 * Reads everything that can be known before weights are fetched.
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
