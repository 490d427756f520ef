/** adapter_config.json: the keys written by PEFT that affect what an adapter computes. */
import * as v from 'valibot';
import { Count, ModelConfigError, parseJsonBytes, validateJson } from '../validate-json.ts';
import { PEFT_CHECKS } from './words.ts';

export const ADAPTER_CONFIG_FILE = 'adapter_config.json';
export const ADAPTER_WEIGHTS_FILE = 'adapter_model.safetensors';
/** The weights in a format that can run code; never read. */
export const PICKLE_FILE = 'adapter_model.bin';
/** Written by this project beside an adapter: how it was trained. */
export const PROVENANCE_FILE = 'copra.json';
/** The LoRA adapter of the largest backbone this page trains is a tenth of this. */
export const MAX_WEIGHTS_BYTES = 512 * 2 ** 20;

const Names = v.union([v.string(), v.array(v.string())]);
const Patterns = v.nullish(v.record(v.string(), v.pipe(v.number(), v.finite())), {});
const Flag = v.nullish(v.boolean(), false);
const Layers = v.nullish(v.union([v.number(), v.array(v.number())]), null);

/** What switches variants on whose layers compute something else than s·B·A from the same factors. */
const VARIANTS = ['kasa_config', 'arrow_config', 'alora_invocation_tokens', 'use_qalora', 'use_bdlora'] as const;

const Schema = v.object({
  peft_type: v.string(),
  base_model_name_or_path: v.nullish(v.string(), null),
  revision: v.nullish(v.string(), null),
  auto_mapping: v.nullish(v.object({ base_model_class: v.nullish(v.string(), '') }), null),
  // PEFT's own defaults
  r: v.nullish(Count, 8),
  lora_alpha: v.nullish(v.pipe(v.number(), v.finite()), 8),
  use_rslora: Flag,
  rank_pattern: Patterns,
  alpha_pattern: Patterns,
  target_modules: v.nullish(Names, null),
  exclude_modules: v.nullish(Names, null),
  layers_to_transform: Layers,
  layers_pattern: v.nullish(Names, null),
  modules_to_save: v.nullish(v.array(v.string()), null),
  use_dora: Flag,
  lora_bias: Flag,
  fan_in_fan_out: Flag,
  bias: v.nullish(v.string(), 'none'),
  layer_replication: v.nullish(v.array(v.unknown()), null),
  init_lora_weights: v.nullish(v.union([v.boolean(), v.string()]), true),
  ...v.entriesFromList(VARIANTS, v.nullish(v.unknown(), null)),
});
export type PeftConfig = v.InferOutput<typeof Schema>;

/** Initialisations that change the frozen weights, so that the adapter does not fit the published ones. */
export const CHANGED_BASES = ['pissa', 'olora', 'corda', 'loftq', 'lora_ga'];

const changesBase = (initialisation: string): boolean =>
  CHANGED_BASES.some((name) => initialisation.toLowerCase().startsWith(name));

const REFUSALS: readonly (readonly [
  (config: PeftConfig) => boolean,
  'bias' | 'modelBias' | 'fan' | 'replication' | 'initialisation',
])[] = [
  [({ lora_bias: bias }) => bias, 'bias'],
  [({ bias }) => bias !== 'none', 'modelBias'],
  [({ fan_in_fan_out: fan }) => fan, 'fan'],
  [({ layer_replication: layers }) => layers !== null, 'replication'],
  [({ init_lora_weights: init }) => typeof init === 'string' && changesBase(init), 'initialisation'],
];

/** @throws ModelConfigError when it is not a configuration of a LoRA adapter, or uses an unsupported option. */
export function parsePeftConfig(bytes: ArrayBuffer): PeftConfig {
  const config = validateJson(ADAPTER_CONFIG_FILE, Schema, parseJsonBytes(ADAPTER_CONFIG_FILE, bytes));
  if (config.peft_type.toUpperCase() !== 'LORA')
    throw new ModelConfigError(PEFT_CHECKS.otherType(ADAPTER_CONFIG_FILE, config.peft_type));
  const refusal = REFUSALS.find(([applies]) => applies(config));
  if (refusal) throw new ModelConfigError(PEFT_CHECKS.cannotUse(ADAPTER_CONFIG_FILE, PEFT_CHECKS[refusal[1]]));
  const variant = VARIANTS.find((key) => config[key]);
  if (variant) throw new ModelConfigError(PEFT_CHECKS.cannotUse(ADAPTER_CONFIG_FILE, PEFT_CHECKS.variant(variant)));
  return config;
}
