/** A folder with a Hugging Face checkpoint → everything needed to use it. */
import type { Backbone } from './backbone.ts';
import { parseModelConfig } from './config.ts';
import { familyOf, type ModelConfig } from './families/registry.ts';
import { memoryBytes } from '../platform/byte-source.ts';
import { clipTokenizerJson } from './clip-tokenizer.ts';
import { atImageSize } from './image-geometry.ts';
import { openWeights, type FileOpener } from './open-weights.ts';
import {
  defaultPreprocessing,
  parsePreprocessing,
  parseProcessor,
  PREPROCESSOR_FILE,
  PROCESSOR_FILE,
  type Preprocessing,
} from './preprocessing.ts';
import { readCheckpoint } from './read-checkpoint.ts';
import { createPromptTokenizer, type PromptTokenizer } from './tokenizer.ts';
import { ModelConfigError, parseJsonBytes } from './validate-json.ts';
import { FILE_CHECKS } from './words.ts';

export interface LoadedBackbone {
  readonly backbone: Backbone;
  readonly config: ModelConfig;
  readonly preprocessing: Preprocessing;
  /** Null for backbones without a text tower, and where the folder has no tokenizer.json. */
  readonly tokenizer: PromptTokenizer | null;
}

/** Reads a file of the folder by its name; null if there is none. Rejects on other read errors. */
export type FileReader = (file: string) => Promise<ArrayBuffer | null>;

async function readRequired(read: FileReader, file: string): Promise<ArrayBuffer> {
  const bytes = await read(file);
  if (!bytes) throw new ModelConfigError(FILE_CHECKS.noFile(file));
  return bytes;
}

async function readJson(read: FileReader, file: string): Promise<unknown> {
  const bytes = await read(file);
  return bytes && parseJsonBytes(file, bytes);
}

/** @throws TokenizerError when there is one that cannot be used. */
export async function loadTokenizer(read: FileReader): Promise<PromptTokenizer | null> {
  const [tokenizer, options] = await Promise.all([
    readJson(read, 'tokenizer.json'),
    readJson(read, 'tokenizer_config.json'),
  ]);
  if (tokenizer !== null) return createPromptTokenizer(tokenizer, options ?? {});
  const [vocabulary, merges] = await Promise.all([readJson(read, 'vocab.json'), read('merges.txt')]);
  if (vocabulary === null || merges === null) return null;
  return createPromptTokenizer(clipTokenizerJson(vocabulary, new TextDecoder().decode(merges)), options ?? {});
}

/** Null where the folder does not say how images are prepared. */
async function readPreprocessing(read: FileReader, config: ModelConfig): Promise<Preprocessing | null> {
  // The config.json of timm says how images are prepared; a preprocessor_config.json beside it was written by a converter.
  if (familyOf(config).transformers === null) return null;
  // Of the two, transformers takes what the processor says.
  const processor = await readJson(read, PROCESSOR_FILE);
  const nested = processor === null ? null : parseProcessor(processor, config);
  if (nested) return nested;
  const json = await readJson(read, PREPROCESSOR_FILE);
  return json === null ? null : parsePreprocessing(json, config);
}

/** Config and image preprocessing of a folder, known before the weights are read. */
export async function loadModelConfig(
  read: FileReader,
): Promise<{ config: ModelConfig; preprocessing: Preprocessing }> {
  const config = parseModelConfig(parseJsonBytes('config.json', await readRequired(read, 'config.json')));
  return { config, preprocessing: (await readPreprocessing(read, config)) ?? defaultPreprocessing(config) };
}

export interface LoadOptions {
  /** Random access to large files; without it they are read whole. */
  readonly open?: FileOpener;
  /** Side of the images in pixels, a multiple of the patch size; null: the size of the model's own preprocessing. */
  readonly imageSize?: number | null;
}

/**
 * Loads config.json and the weights, and the preparation of images and the tokenizer where they exist. Positions are interpolated to the
 * input size.
 * @throws ModelConfigError, SafetensorsError, CheckpointError or TokenizerError, each naming file and place.
 */
export async function loadBackbone(read: FileReader, options: LoadOptions = {}): Promise<LoadedBackbone> {
  const inMemory: FileOpener = async (file) => {
    const bytes = await read(file);
    return bytes && memoryBytes(bytes);
  };
  const { config, preprocessing: published } = await loadModelConfig(read);
  const preprocessing = atImageSize(published, options.imageSize ?? published.imageSize);
  const [weights, tokenizer] = await Promise.all([
    openWeights(options.open ?? inMemory),
    'text' in config ? loadTokenizer(read) : null,
  ]);
  const backbone = readCheckpoint(config, weights, preprocessing.imageSize);
  return { backbone, config, preprocessing, tokenizer };
}
