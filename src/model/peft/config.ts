/** adapter_config.json: the keys written by PEFT that affect what an adapter computes. */
import * as v from 'valibot';
import { Count, ModelConfigError, parseJsonBytes, validateJson } from '../validate-json.ts';

export const CONFIG_FILE = 'adapter_config.json';
export const WEIGHTS_FILE = 'adapter_model.safetensors';

const Names = v.union([v.string(), v.array(v.string())]);
const Patterns = v.nullish(v.record(v.string(), v.pipe(v.number(), v.finite())), {});
const Flag = v.nullish(v.boolean(), false);
const Layers = v.nullish(v.union([v.number(), v.array(v.number())]), null);

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
});
export type PeftConfig = v.InferOutput<typeof Schema>;

/** Initialisations that change the frozen weights, so that the adapter does not fit the published ones. */
const CHANGED_BASE = /^(pissa|olora|corda|loftq)/i;

const REFUSALS: readonly (readonly [(config: PeftConfig) => boolean, string])[] = [
  [
    ({ lora_bias: bias }) => bias,
    'it has a bias behind its factors (lora_bias), which this page does not compute. Train it with lora_bias=False',
  ],
  [({ bias }) => bias !== 'none', 'it also trained biases of the model (bias). Train it with bias="none"'],
  [({ fan_in_fan_out: fan }) => fan, 'fan_in_fan_out is for other models than these'],
  [({ layer_replication: layers }) => layers !== null, 'it repeats layers of the model (layer_replication)'],
  [
    ({ init_lora_weights: init }) => typeof init === 'string' && CHANGED_BASE.test(init),
    'its initialisation (init_lora_weights) changed the frozen weights. Convert it to plain LoRA: save_pretrained with path_initial_model_for_weight_conversion',
  ],
];

/** @throws ModelConfigError when it is not a configuration of a LoRA adapter, or uses an unsupported option. */
export function parsePeftConfig(bytes: ArrayBuffer): PeftConfig {
  const config = validateJson(CONFIG_FILE, Schema, parseJsonBytes(CONFIG_FILE, bytes));
  if (config.peft_type.toUpperCase() !== 'LORA')
    throw new ModelConfigError(
      `${CONFIG_FILE}: peft_type is "${config.peft_type}"; only LORA adapters can be evaluated here.`,
    );
  const refusal = REFUSALS.find(([applies]) => applies(config));
  if (refusal) throw new ModelConfigError(`${CONFIG_FILE}: the adapter cannot be used: ${refusal[1]}.`);
  return config;
}
