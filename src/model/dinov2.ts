/** Tensor names of Hugging Face's DINOv2 with a plain MLP (small, base, large). */
import type { BlockWeights, VitBackbone } from './backbone.ts';
import type { VitConfig } from './config.ts';
import { foldScale } from './layer-scale.ts';
import type { SafetensorsFile } from './safetensors.ts';
import { CLASS_TOKEN, findLayers, readAttention, readEmbeddings } from './vit.ts';
import { createWeightReader, findPrefix, type WeightReader } from './weight-reader.ts';

function readBlock(weights: WeightReader, at: string, { vision, qkvBias }: VitConfig): BlockWeights {
  const { width, mlpWidth } = vision;
  const attention = readAttention(weights, at, width, qkvBias);
  return {
    ...attention,
    o: foldScale(weights.tensor(`${at}.layer_scale1.lambda1`, [width]), attention.o),
    ln1: weights.norm(`${at}.norm1`, width),
    ln2: weights.norm(`${at}.norm2`, width),
    fc1: weights.linear(`${at}.mlp.fc1`, mlpWidth, width, true),
    fc2: foldScale(
      weights.tensor(`${at}.layer_scale2.lambda1`, [width]),
      weights.linear(`${at}.mlp.fc2`, width, mlpWidth, true),
    ),
  };
}

/**
 * The checkpoint's own classifier is not read: it takes the mean of the patch tokens as well as the class token.
 * @param imageSize side of the images, in pixels (published checkpoints say 518 but are used at 224).
 * @throws CheckpointError when a tensor is missing, has the wrong shape, or is not finite.
 */
export function readDinov2(config: VitConfig, file: SafetensorsFile, imageSize: number): VitBackbone {
  const prefix = findPrefix(file, CLASS_TOKEN, ['dinov2.', '']);
  const weights = createWeightReader(file, prefix);
  const layer = findLayers(file, prefix, '0.norm1.weight');
  return {
    kind: 'vit',
    vision: {
      ...readEmbeddings(weights, config.vision, imageSize),
      blocks: Array.from({ length: config.vision.layers }, (_, i) => readBlock(weights, `${layer}${i}`, config)),
      finalNorm: weights.norm('layernorm', config.vision.width),
    },
    classifier: null,
  };
}
