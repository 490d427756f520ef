/** Reads and writes adapter files for a loaded backbone. */
import type { LoadedBackbone } from '../model/load-backbone.ts';
import { openWeights, type FileOpener } from '../model/open-weights.ts';
import { adapterBaseOf } from '../model/peft/base.ts';
import { parsePeftConfig } from '../model/peft/config.ts';
import { mergedConfig, mergedWeights } from '../model/peft/merge-weights.ts';
import { readPeft } from '../model/peft/read.ts';
import type { FlatAdapter } from '../model/peft/write.ts';
import { parseSafetensors } from '../model/safetensors.ts';
import { ModelConfigError, parseJsonBytes } from '../model/validate-json.ts';
import type { MergedModel, PeftBytes, ReadAdapter } from './protocol.ts';
import { WORKER_WORDS } from './words.ts';

/** @throws ModelConfigError or SafetensorsError naming what does not fit. */
export function readAdapterFor({ backbone, config }: LoadedBackbone, files: PeftBytes): ReadAdapter {
  const peft = parsePeftConfig(files.config);
  const base = adapterBaseOf(backbone, config, peft.use_dora);
  const { base_model_name_or_path: baseModel, revision } = peft;
  return { ...readPeft(peft, parseSafetensors(files.weights), base), base, baseModel, revision };
}

/** @throws ModelConfigError when the checkpoint lacks a tensor. */
export async function mergeIntoModel(
  { backbone, config }: LoadedBackbone,
  open: FileOpener,
  adapter: FlatAdapter,
  classes: readonly string[],
): Promise<MergedModel> {
  const [weights, json] = await Promise.all([openWeights(open), open('config.json')]);
  if (!json) throw new ModelConfigError(WORKER_WORDS.noConfig);
  const base = adapterBaseOf(backbone, config, false);
  const original = parseJsonBytes('config.json', json.read(0, json.size).buffer);
  // Each part immediately becomes its own blob: the browser keeps blobs outside this worker's memory, and large ones on disk.
  const parts = Array.from(mergedWeights(weights, adapter, base), (part) => new Blob([part]));
  return {
    weights: new Blob(parts, { type: 'application/octet-stream' }),
    config: mergedConfig(original, adapter, base, classes),
  };
}
