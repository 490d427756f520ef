/** What people read when an adapter does not fit. File names, keys and paths stand as the files have them. */
import { counted } from '../../core/counted.ts';
import { catalogue } from '../../core/language/catalogue.ts';
import type { TowerName } from '../../core/adapter-layout.ts';

const shape = (sizes: readonly number[]): string => `[${sizes.join(', ')}]`;

const some = (items: readonly string[]): string =>
  items.length > 3 ? `${items.slice(0, 3).join(', ')} and ${items.length - 3} more` : items.join(', ');

export const PEFT_CHECKS = catalogue('modelPeft', {
  otherType: (file: string, type: string) =>
    `${file}: peft_type is “${type}”; only LORA adapters can be evaluated here.`,
  cannotUse: (file: string, why: string) => `${file}: the adapter cannot be used: ${why}.`,
  bias: 'it has a bias behind its factors (lora_bias), which this page does not compute. Train it with lora_bias=False',
  modelBias: 'it also trained biases of the model (bias). Train it with bias="none"',
  fan: 'fan_in_fan_out is for other models than these',
  replication: 'it repeats layers of the model (layer_replication)',
  initialisation:
    'its initialisation (init_lora_weights) changed the frozen weights. Convert it to plain LoRA: save_pretrained with path_initial_model_for_weight_conversion',
  variant: (key: string) => `it is of a variant of LoRA (${key}) that this page does not compute`,
  patternTooLarge: (file: string, pattern: string) =>
    `${file}: the pattern “${pattern}” is too large to be matched. List the modules by name instead.`,
  patternRefused: (file: string, pattern: string, why: string) =>
    `${file}: the pattern “${pattern}” cannot be matched here (${why}). Lookahead, lookbehind and references to groups are not supported: list the modules by name instead.`,
  patternsTooLarge: (file: string) => `${file}: its patterns are too large for the number of modules in the file.`,

  doesNotFit: (why: string) => `The adapter does not fit: ${why}`,
  stranger: (tensor: string) => `“${tensor}” is neither a LoRA factor nor the classifier of this backbone.`,
  otherShape: (tensor: string, is: readonly number[], due: readonly number[]) =>
    `“${tensor}” has shape ${shape(is)}; rank and backbone call for ${shape(due)}.`,
  unsaidDora: (tensor: string) => `“${tensor}” is of DoRA, but adapter_config.json does not say so (use_dora).`,
  noMagnitudes: (module: string) =>
    `“${module}” has no magnitudes (lora_magnitude_vector), though adapter_config.json says use_dora.`,
  otherModule: (module: string) => `“${module}” is a module that this page does not adapt.`,
  noTower: (module: string, tower: TowerName) =>
    `“${module}” lies in the ${tower} tower, which this backbone does not have.`,
  noLayer: (module: string, layer: number, tower: TowerName, layers: number) =>
    `“${module}” is layer ${layer}; the ${tower} tower of this backbone has ${counted(layers, 'layer')}.`,
  oneFactor: (module: string) => `“${module}” has only one of its two factors.`,
  classifierOfClip: 'it brings a classifier, but a CLIP classifies by its prompts.',
  halfClassifier: 'its classifier has only one of weight and bias.',
  patchClassifier:
    'its classifier also reads the mean of the patch tokens; this page classifies by the class token alone.',
  meanClassifier:
    'its classifier reads the mean of the patch tokens, as CLIPForImageClassification does; this page classifies by the class token.',
  unsaidClassifier:
    'Its configuration does not say for which model it was trained. The classifier is read as one of the class token; one of CLIPForImageClassification reads the mean of the patch tokens, and would be wrong here.',
  leftOut: (modules: readonly string[]) =>
    `Left out, as PEFT would: ${some(modules)} (in the file, but not among target_modules).`,
  withoutEffect: (modules: readonly string[]) => `Targeted but not in the file, so without effect: ${some(modules)}.`,
  noTarget: 'none of its factors belongs to its own target_modules.',
  noFactors: 'the file holds no LoRA factors.',
  otherRank: (module: string, rank: number) => `rank_pattern gives “${module}” the rank ${rank}.`,
  unsoundScaleOf: (module: string, what: string) => `of “${module}” ${what}`,
  twice: (tower: TowerName, layer: number, projection: string) =>
    `it adapts ${tower} layer ${layer} ${projection} twice, under two names.`,
  unsoundValue: (tensor: string, value: number, at: number) => `“${tensor}” holds ${value} at index ${at}.`,
  tooLargeValue: (tensor: string, value: number, at: number, most: number) =>
    `“${tensor}” holds ${value} at index ${at}; no trained adapter holds numbers above ${most.toLocaleString('en')}.`,
  unsoundScale: (scale: number, most: number) =>
    `its scale is ${scale}; no trained adapter is scaled by more than ${most.toLocaleString('en')}.`,

  otherUpdate: (tensor: string, is: readonly number[], update: readonly number[]) =>
    `The adapter does not fit: “${tensor}” is ${shape(is)}, its update ${shape(update)}.`,
  noWeights: (module: string) =>
    `The checkpoint does not hold the weights of “${module}”, which the adapter changes. Fetch the whole model, or export the adapter.`,
  zeroScale: (layer: number, projection: string) =>
    `The adapter of vision layer ${layer} ${projection} cannot be written: the model’s layer scale is 0 there.`,
});
