/** timm's plain ViTs. In their tensors q, k and v are one fused map, and some have a layer scale. */
import type { BlockWeights, LinearWeights, VitBackbone } from '../backbone.ts';
import { foldScale } from '../layer-scale.ts';
import { resizePositions } from '../resize-positions.ts';
import type { SafetensorsFile } from '../safetensors.ts';
import { createWeightReader, type WeightReader } from '../weight-reader.ts';
import type { Family, ImageDefaults } from './family.ts';
import { parseTimmConfig, type TimmConfig } from './timm-config.ts';

/** [3·width, width] → the maps of q, k and v, whose rows lie one after the other. */
function splitFused({ weight, bias }: LinearWeights, width: number): Pick<BlockWeights, 'q' | 'k' | 'v'> {
  const part = (index: number): LinearWeights => ({
    weight: weight.subarray(index * width * width, (index + 1) * width * width),
    bias: bias && bias.subarray(index * width, (index + 1) * width),
    inFeatures: width,
    outFeatures: width,
  });
  return { q: part(0), k: part(1), v: part(2) };
}

function readBlock(weights: WeightReader, at: string, { vision, qkvBias }: TimmConfig): BlockWeights {
  const { width, mlpWidth } = vision;
  const scaled = (scale: string, linear: LinearWeights) =>
    weights.has(`${at}.${scale}.gamma`) ? foldScale(weights.tensor(`${at}.${scale}.gamma`, [width]), linear) : linear;
  return {
    ln1: weights.norm(`${at}.norm1`, width),
    ...splitFused(weights.linear(`${at}.attn.qkv`, 3 * width, width, qkvBias), width),
    o: scaled('ls1', weights.linear(`${at}.attn.proj`, width, width, true)),
    ln2: weights.norm(`${at}.norm2`, width),
    fc1: weights.linear(`${at}.mlp.fc1`, mlpWidth, width, true),
    fc2: scaled('ls2', weights.linear(`${at}.mlp.fc2`, width, mlpWidth, true)),
  };
}

function readHead(file: SafetensorsFile, width: number): LinearWeights | null {
  const shape = file.tensors.get('head.weight')?.shape;
  return shape?.length === 2 && shape[0] > 0
    ? createWeightReader(file, '').linear('head', shape[0], width, true)
    : null;
}

/**
 * @param imageSize side of the images, in pixels; positions are interpolated if it differs from the checkpoint's.
 * @throws CheckpointError when a tensor is missing, has the wrong shape, or is not finite.
 */
function readTimm(config: TimmConfig, file: SafetensorsFile, imageSize: number): VitBackbone {
  const { vision } = config;
  const weights = createWeightReader(file, '');
  const { width, patchSize, channels } = vision;
  const side = imageSize / patchSize;
  const positions = weights.tensor('pos_embed', [1, vision.tokens, width]);
  return {
    kind: 'vit',
    vision: {
      config: { ...vision, imageSize, tokens: 1 + side ** 2 },
      patchEmbedding: {
        weight: weights.tensor('patch_embed.proj.weight', [width, channels, patchSize, patchSize]),
        bias: weights.tensor('patch_embed.proj.bias', [width]),
        inFeatures: channels * patchSize ** 2,
        outFeatures: width,
      },
      classToken: weights.tensor('cls_token', [1, 1, width]),
      positions: resizePositions(positions, vision.imageSize / patchSize, side, width),
      preNorm: null,
      blocks: Array.from({ length: vision.layers }, (_, i) => readBlock(weights, `blocks.${i}`, config)),
      finalNorm: weights.norm('norm', width),
    },
    classifier: readHead(file, width),
  };
}

/** As pretrained_cfg says. */
const imageDefaults = ({ input }: TimmConfig): ImageDefaults => ({
  mean: input.mean,
  std: input.std,
  filter: input.filter,
  imageSize: null,
  edge: (side) => Math.floor(side / input.cropShare + 1e-9),
  keepAspect: input.keepAspect,
  cropRounding: 'even',
  sizeIsSquare: false,
  crops: true,
});

export const timm: Family<TimmConfig> = {
  label: 'timm ViT',
  transformers: null,
  parseConfig: parseTimmConfig,
  readCheckpoint: readTimm,
  imageDefaults,
};
