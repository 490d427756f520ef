/** The weights of a model folder, in one file or in several, as one SafetensorsFile. */
import * as v from 'valibot';
import type { ByteSource } from '../platform/byte-source.ts';
import { openSafetensors, SafetensorsError, type SafetensorsFile, type TensorInfo } from './safetensors.ts';
import { ModelConfigError, parseJsonBytes, validateJson } from './validate-json.ts';
import { INDEX_FILE, noWeights, WEIGHTS_FILE } from './weight-files.ts';
import { FILE_CHECKS } from './words.ts';

/** Opens a file for random access by its name; null where there is none. */
export type FileOpener = (file: string) => Promise<ByteSource | null>;

const PlainName = v.pipe(
  v.string(),
  v.regex(/^[\w.-]{1,120}\.safetensors$/, () => FILE_CHECKS.noWeightsName),
);
const Index = v.object({ weight_map: v.record(v.string(), PlainName) });

/** Tensor → file. @throws ModelConfigError when the index is not such a map. */
export function parseShardIndex(json: unknown): ReadonlyMap<string, string> {
  return new Map(Object.entries(validateJson(INDEX_FILE, Index, json).weight_map));
}

/**
 * Joins several files into one. A tensor is read from the file that the index names; other tensors in that file are ignored.
 * @throws SafetensorsError when the index names a tensor that its file does not have.
 */
function joinShards(index: ReadonlyMap<string, string>, shards: ReadonlyMap<string, SafetensorsFile>): SafetensorsFile {
  const tensors = new Map<string, TensorInfo>();
  const shardOf = (name: string): SafetensorsFile => {
    const file = index.get(name);
    const shard = file === undefined ? undefined : shards.get(file);
    if (!shard) throw new SafetensorsError(FILE_CHECKS.notInFiles(name));
    return shard;
  };
  for (const [name, file] of index) {
    const info = shards.get(file)?.tensors.get(name);
    if (!info) throw new SafetensorsError(FILE_CHECKS.notInShard(INDEX_FILE, name, file));
    tensors.set(name, info);
  }
  return {
    tensors,
    metadata: new Map([...shards.values()].flatMap(({ metadata }) => [...metadata])),
    raw: (name) => shardOf(name).raw(name),
    float32: (name) => shardOf(name).float32(name),
    int32: (name) => shardOf(name).int32(name),
  };
}

/** Errors in one of several files say which. */
function openNamed(file: string, source: ByteSource): SafetensorsFile {
  try {
    return openSafetensors(source);
  } catch (error) {
    if (error instanceof SafetensorsError) throw new SafetensorsError(`${file}: ${error.message}`);
    throw error;
  }
}

/** @throws ModelConfigError when there are no weights, SafetensorsError when a file is damaged. */
export async function openWeights(open: FileOpener): Promise<SafetensorsFile> {
  const single = await open(WEIGHTS_FILE);
  if (single) return openNamed(WEIGHTS_FILE, single);
  const indexSource = await open(INDEX_FILE);
  if (!indexSource) throw new ModelConfigError(noWeights('folder'));
  const index = parseShardIndex(parseJsonBytes(INDEX_FILE, indexSource.read(0, indexSource.size).buffer));
  const shards = new Map<string, SafetensorsFile>();
  for (const file of new Set(index.values())) {
    const source = await open(file);
    if (!source) throw new ModelConfigError(FILE_CHECKS.noShard(file, INDEX_FILE));
    shards.set(file, openNamed(file, source));
  }
  return joinShards(index, shards);
}
