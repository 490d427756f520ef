/** Keys of a tower in config.json of transformers, and the sizes and options they give. */
import * as v from 'valibot';
import type { Activation, TowerConfig, VisionTower } from '../backbone.ts';
import { Count, ModelConfigError } from '../validate-json.ts';
import { FILE_CHECKS } from '../words.ts';

export const CONFIG_FILE = 'config.json';

const ACTIVATIONS: Readonly<Record<string, Activation>> = {
  quick_gelu: 'quick_gelu',
  gelu: 'gelu',
  gelu_pytorch_tanh: 'gelu_tanh',
  gelu_new: 'gelu_tanh',
};

const HiddenAct = v.pipe(
  v.string(),
  v.check(
    (name) => Object.hasOwn(ACTIVATIONS, name),
    (issue) => FILE_CHECKS.activation(issue.input, Object.keys(ACTIVATIONS).join(', ')),
  ),
  v.transform((name) => ACTIVATIONS[name]),
);
const Epsilon = v.pipe(v.number(), v.minValue(0), v.maxValue(1));

/** Keys every tower has, with the defaults its transformers class gives them. */
export const towerEntries = (defaults: { width: number; mlp: number; heads: number; act: string; eps: number }) => ({
  hidden_size: v.nullish(Count, defaults.width),
  intermediate_size: v.nullish(Count, defaults.mlp),
  num_hidden_layers: v.nullish(Count, 12),
  num_attention_heads: v.nullish(Count, defaults.heads),
  hidden_act: v.nullish(HiddenAct, defaults.act),
  layer_norm_eps: v.nullish(Epsilon, defaults.eps),
});
export const imageEntries = (patchSize: number) => ({
  image_size: v.nullish(Count, 224),
  patch_size: v.nullish(Count, patchSize),
  num_channels: v.nullish(Count, 3),
});

interface TowerKeys {
  readonly hidden_size: number;
  readonly num_hidden_layers: number;
  readonly num_attention_heads: number;
  readonly hidden_act: Activation;
  readonly layer_norm_eps: number;
}

/** @throws ModelConfigError when the heads do not divide the width. @param where the place in the file */
export function towerConfig(where: string, keys: TowerKeys, mlpWidth: number, tokens: number): TowerConfig {
  const { hidden_size: width, num_attention_heads: heads } = keys;
  if (width % heads !== 0)
    throw new ModelConfigError(
      FILE_CHECKS.notMultiple(`${CONFIG_FILE}, ${where}`, 'hidden_size', width, 'num_attention_heads', heads),
    );
  return {
    layers: keys.num_hidden_layers,
    width,
    mlpWidth,
    heads,
    tokens,
    activation: keys.hidden_act,
    layerNormEps: keys.layer_norm_eps,
  };
}

/** @throws ModelConfigError when the patches do not divide the image, or the images are not RGB. @param where the place in the file */
export function visionConfig(
  where: string,
  keys: TowerKeys & { readonly image_size: number; readonly patch_size: number; readonly num_channels: number },
  mlpWidth: number,
  blankPatches = 0,
): VisionTower['config'] {
  const { image_size: imageSize, patch_size: patchSize, num_channels: channels } = keys;
  if (imageSize % patchSize !== 0)
    throw new ModelConfigError(
      FILE_CHECKS.notMultiple(`${CONFIG_FILE}, ${where}`, 'image_size', imageSize, 'patch_size', patchSize),
    );
  if (channels !== 3) throw new ModelConfigError(FILE_CHECKS.channels(`${CONFIG_FILE}, ${where}`, channels));
  const tokens = 1 + blankPatches + (imageSize / patchSize) ** 2;
  return {
    ...towerConfig(where, keys, mlpWidth, tokens),
    imageSize,
    patchSize,
    channels,
    ...(blankPatches > 0 && { blankPatches }),
  };
}
