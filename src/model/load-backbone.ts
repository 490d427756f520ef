/** A folder with a Hugging Face checkpoint → everything needed to use it. */
import type { Backbone } from './backbone.ts';
import { parseModelConfig, type ModelConfig } from './config.ts';
import { defaultPreprocessing, parsePreprocessing, type Preprocessing } from './preprocessing.ts';
import { readCheckpoint } from './read-checkpoint.ts';
import { parseSafetensors } from './safetensors.ts';
import { createPromptTokenizer, type PromptTokenizer } from './tokenizer.ts';
import { ModelConfigError, parseJsonBytes } from './validate-json.ts';

export interface LoadedBackbone {
  readonly backbone: Backbone;
  readonly config: ModelConfig;
  readonly preprocessing: Preprocessing;
  /** Null for backbones without a text tower, and where the folder has no tokenizer.json. */
  readonly tokenizer: PromptTokenizer | null;
}

/** Reads a file of the folder by its name; null where there is none. Rejects when reading fails otherwise. */
export type FileReader = (file: string) => Promise<ArrayBuffer | null>;

async function readRequired(read: FileReader, file: string): Promise<ArrayBuffer> {
  const bytes = await read(file);
  if (!bytes) throw new ModelConfigError(`The model folder has no ${file}.`);
  return bytes;
}

async function readJson(read: FileReader, file: string): Promise<unknown> {
  const bytes = await read(file);
  return bytes && parseJsonBytes(file, bytes);
}

async function loadTokenizer(read: FileReader): Promise<PromptTokenizer | null> {
  const [tokenizer, options] = await Promise.all([
    readJson(read, 'tokenizer.json'),
    readJson(read, 'tokenizer_config.json'),
  ]);
  return tokenizer === null ? null : createPromptTokenizer(tokenizer, options ?? {});
}

/**
 * Loads config.json and model.safetensors, and preprocessor_config.json, tokenizer.json and tokenizer_config.json where they
 * exist. DINOv2's positions are interpolated to the input size of its preprocessing.
 * @throws ModelConfigError, SafetensorsError, CheckpointError or TokenizerError, each naming file and place.
 */
export async function loadBackbone(read: FileReader): Promise<LoadedBackbone> {
  const config = parseModelConfig(parseJsonBytes('config.json', await readRequired(read, 'config.json')));
  const [weights, preprocessorJson, tokenizer] = await Promise.all([
    readRequired(read, 'model.safetensors'),
    readJson(read, 'preprocessor_config.json'),
    config.modelType === 'clip' ? loadTokenizer(read) : null,
  ]);
  const preprocessing =
    preprocessorJson === null ? defaultPreprocessing(config) : parsePreprocessing(preprocessorJson, config);
  const backbone = readCheckpoint(config, parseSafetensors(weights), preprocessing.imageSize);
  return { backbone, config, preprocessing, tokenizer };
}
