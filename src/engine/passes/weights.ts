/** Uploads a frozen backbone to a device. */
import type {
  Activation,
  Backbone,
  BlockWeights,
  LayerNormWeights,
  TextTower,
  VisionTower,
} from '../../model/backbone.ts';
import type { Projection } from '../../core/adapter-layout.ts';
import type { Device } from '../device.ts';
import type { DeviceLinear } from '../operands.ts';
import type { Precision } from '../precision.ts';

export interface DeviceNorm<T> {
  /** [1, width] */
  readonly gain: T;
  readonly bias: T;
  readonly epsilon: number;
}

export type DeviceBlock<T> = Record<Projection, DeviceLinear> & {
  readonly ln1: DeviceNorm<T>;
  readonly ln2: DeviceNorm<T>;
};

interface DeviceTower<T> {
  readonly tokens: number;
  readonly width: number;
  readonly mlpWidth: number;
  readonly heads: number;
  readonly activation: Activation;
  readonly blocks: readonly DeviceBlock<T>[];
  readonly finalNorm: DeviceNorm<T>;
}

export interface DeviceVision<T> extends DeviceTower<T> {
  readonly patchEmbedding: DeviceLinear;
  /** Of an image, blank ones among them. */
  readonly patches: number;
  /** Values of a patch: 3 · patchSize². */
  readonly patchLength: number;
  /** [1, width] */
  readonly classToken: T;
  /** [1 + patches, width] */
  readonly positions: T;
  /** CLIP's norm in front of the blocks; null for other towers. */
  readonly preNorm: DeviceNorm<T> | null;
}

export interface DeviceText<T> extends DeviceTower<T> {
  /** [vocabulary, width] */
  readonly tokenEmbedding: T;
  /** [tokens, width] */
  readonly positions: T;
  readonly endToken: number;
  readonly vocabulary: number;
}

/** A backbone on a device, which owns its tensors until `free`. */
export interface DeviceBackbone<T> {
  readonly vision: DeviceVision<T>;
  /** Null for a ViT. */
  readonly clip: {
    readonly text: DeviceText<T>;
    readonly visionProjection: DeviceLinear;
    readonly textProjection: DeviceLinear;
    readonly logitScale: number;
  } | null;
  free(): void;
}

/** Copies the weights of a backbone to the device, packed for its linear maps. @throws RangeError when a weight is too large for half precision */
export function uploadBackbone<T>(
  device: Device<T>,
  backbone: Backbone,
  precision: Precision = 'f32',
): DeviceBackbone<T> {
  const tensors: T[] = [];
  const linears: DeviceLinear[] = [];
  const keep = (values: Float32Array, rows: number, cols: number): T => {
    const tensor = device.upload(values, rows, cols);
    tensors.push(tensor);
    return tensor;
  };
  const linear = (weights: BlockWeights['q']): DeviceLinear => {
    const prepared = device.linear(weights, precision);
    linears.push(prepared);
    return prepared;
  };
  const norm = (weights: LayerNormWeights, epsilon: number): DeviceNorm<T> => ({
    gain: keep(weights.gain, 1, weights.gain.length),
    bias: keep(weights.bias, 1, weights.bias.length),
    epsilon,
  });
  const tower = ({ config, blocks, finalNorm }: VisionTower | TextTower): DeviceTower<T> => ({
    tokens: config.tokens,
    width: config.width,
    mlpWidth: config.mlpWidth,
    heads: config.heads,
    activation: config.activation,
    blocks: blocks.map((block) => ({
      ln1: norm(block.ln1, config.layerNormEps),
      q: linear(block.q),
      k: linear(block.k),
      v: linear(block.v),
      o: linear(block.o),
      ln2: norm(block.ln2, config.layerNormEps),
      fc1: linear(block.fc1),
      fc2: linear(block.fc2),
    })),
    finalNorm: norm(finalNorm, config.layerNormEps),
  });

  const { vision } = backbone;
  const deviceVision: DeviceVision<T> = {
    ...tower(vision),
    patchEmbedding: linear(vision.patchEmbedding),
    patches: vision.config.tokens - 1,
    patchLength: vision.patchEmbedding.inFeatures,
    classToken: keep(vision.classToken, 1, vision.config.width),
    positions: keep(vision.positions, vision.config.tokens, vision.config.width),
    preNorm: vision.preNorm && norm(vision.preNorm, vision.config.layerNormEps),
  };
  const clip =
    backbone.kind === 'clip'
      ? {
          text: {
            ...tower(backbone.text),
            tokenEmbedding: keep(
              backbone.text.tokenEmbedding,
              backbone.text.config.vocabulary,
              backbone.text.config.width,
            ),
            positions: keep(backbone.text.positions, backbone.text.config.tokens, backbone.text.config.width),
            endToken: backbone.text.config.endToken,
            vocabulary: backbone.text.config.vocabulary,
          },
          visionProjection: linear(backbone.visionProjection),
          textProjection: linear(backbone.textProjection),
          logitScale: backbone.logitScale,
        }
      : null;
  return {
    vision: deviceVision,
    clip,
    free: () => {
      device.free(...tensors);
      linears.forEach((prepared) => device.freeLinear(prepared));
    },
  };
}
