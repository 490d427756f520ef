/** A backbone whose weights are stored in one flat row on the device: views for computation, and targets for gradients. */
import { PROJECTIONS, type Projection } from '../../../src/core/adapter-layout.ts';
import type { ClipBackbone, LinearWeights, TextTower, VisionTower } from '../../../src/model/backbone.ts';
import type { DeviceLinear } from '../../../src/engine/operands.ts';
import type { DeviceBackbone, DeviceNorm } from '../../../src/engine/passes/weights.ts';
import type { ClipLayout } from './clip-parameters.ts';
import type { TrainableDevice, WeightGradient } from './trainable-device.ts';
import type {
  BlockWeightGradients,
  FeatureWeightGradients,
  TextWeightGradients,
  VisionWeightGradients,
} from './weight-gradients.ts';

export interface TrainedBackbone<T> {
  /** Valid until `free`; its tensors are replaced by `refresh`. */
  readonly backbone: DeviceBackbone<T>;
  /** Updates the views after `params` changed. */
  refresh(): void;
}

const SLOT = Int32Array.of(0);

/**
 * @param params [1, layout.size]
 * @param like a backbone of the same shape
 */
export function trainedBackbone<T>(
  device: TrainableDevice<T>,
  params: T,
  layout: ClipLayout,
  like: ClipBackbone,
): TrainedBackbone<T> {
  const linears: DeviceLinear[] = [];
  /** Copies of small tensors, with functions to refresh and free each. */
  const copies: { renew(): void; free(): void }[] = [];

  const linear = (name: string, { inFeatures, outFeatures, bias }: LinearWeights): DeviceLinear => {
    const biasOffset = bias ? layout.offsetOf(`${name}.bias`) : -1;
    const view = device.linearView(params, layout.offsetOf(`${name}.weight`), biasOffset, inFeatures, outFeatures);
    linears.push(view);
    return view;
  };
  const copyInto = <K extends string>(target: Record<K, T>, key: K, name: string, rows: number, cols: number): void => {
    const copy = () => device.sliceSlots(params, layout.offsetOf(name), rows, cols, SLOT);
    target[key] = copy();
    copies.push({
      renew() {
        device.free(target[key]);
        target[key] = copy();
      },
      free: () => device.free(target[key]),
    });
  };
  const norm = (name: string, width: number, epsilon: number): DeviceNorm<T> => {
    const copied = { epsilon } as { gain: T; bias: T; epsilon: number };
    copyInto(copied, 'gain', `${name}.gain`, 1, width);
    copyInto(copied, 'bias', `${name}.bias`, 1, width);
    return copied;
  };
  const tower = (name: 'vision' | 'text', { config, blocks }: VisionTower | TextTower) => {
    const { tokens, width, mlpWidth, heads, activation, layerNormEps } = config;
    const projections = (index: number) =>
      Object.fromEntries(
        PROJECTIONS.map((key) => [key, linear(`${name}.blocks.${index}.${key}`, blocks[index][key])]),
      ) as Record<Projection, DeviceLinear>;
    return {
      tokens,
      width,
      mlpWidth,
      heads,
      activation,
      blocks: blocks.map((_, i) => ({
        ...projections(i),
        ln1: norm(`${name}.blocks.${i}.ln1`, width, layerNormEps),
        ln2: norm(`${name}.blocks.${i}.ln2`, width, layerNormEps),
      })),
      finalNorm: norm(`${name}.finalNorm`, width, layerNormEps),
    };
  };

  const { vision, text } = like;
  const { config } = vision;
  const imageTensors = {} as { classToken: T; positions: T };
  copyInto(imageTensors, 'classToken', 'vision.classToken', 1, config.width);
  copyInto(imageTensors, 'positions', 'vision.positions', config.tokens, config.width);
  const textTensors = {} as { tokenEmbedding: T; positions: T };
  copyInto(textTensors, 'tokenEmbedding', 'text.tokenEmbedding', text.config.vocabulary, text.config.width);
  copyInto(textTensors, 'positions', 'text.positions', text.config.tokens, text.config.width);
  const deviceVision = Object.assign(imageTensors, tower('vision', vision), {
    patchEmbedding: linear('vision.patchEmbedding', vision.patchEmbedding),
    patches: config.tokens - 1,
    patchLength: vision.patchEmbedding.inFeatures,
    preNorm: vision.preNorm && norm('vision.preNorm', config.width, config.layerNormEps),
  });
  const deviceText = Object.assign(textTensors, tower('text', text), {
    endToken: text.config.endToken,
    vocabulary: text.config.vocabulary,
  });
  return {
    backbone: {
      vision: deviceVision,
      clip: {
        text: deviceText,
        visionProjection: linear('visionProjection', like.visionProjection),
        textProjection: linear('textProjection', like.textProjection),
        // The initial value; training reads the current one from `params`.
        logitScale: like.logitScale,
      },
      free() {
        copies.forEach((copy) => copy.free());
        linears.forEach((view) => device.freeLinear(view));
      },
    },
    refresh() {
      copies.forEach((copy) => copy.renew());
      linears.forEach((view) => device.refreshLinear(view));
    },
  };
}

export interface ClipWeightGradients<T> {
  readonly vision: VisionWeightGradients<T>;
  readonly text: TextWeightGradients<T>;
}

/** @param gradients [1, layout.size] */
export function weightGradientTargets<T>(
  gradients: T,
  layout: ClipLayout,
  { vision, text }: ClipBackbone,
): ClipWeightGradients<T> {
  const at = (name: string): WeightGradient<T> => ({
    gradients,
    weightOffset: layout.offsetOf(name),
    biasOffset: -1,
  });
  const linear = (name: string): WeightGradient<T> => {
    const bias = `${name}.bias`;
    return { ...at(`${name}.weight`), biasOffset: layout.has(bias) ? layout.offsetOf(bias) : -1 };
  };
  const norm = (name: string): WeightGradient<T> => ({
    ...at(`${name}.gain`),
    biasOffset: layout.offsetOf(`${name}.bias`),
  });
  const block = (name: string): BlockWeightGradients<T> => ({
    ...(Object.fromEntries(PROJECTIONS.map((key) => [key, linear(`${name}.${key}`)])) as Record<
      Projection,
      WeightGradient<T>
    >),
    ln1: norm(`${name}.ln1`),
    ln2: norm(`${name}.ln2`),
  });
  const feature = (tower: 'vision' | 'text'): FeatureWeightGradients<T> => ({
    finalNorm: norm(`${tower}.finalNorm`),
    projection: linear(`${tower}Projection`),
  });
  return {
    vision: {
      embedding: {
        patchEmbedding: linear('vision.patchEmbedding'),
        classToken: at('vision.classToken'),
        positions: at('vision.positions'),
        preNorm: vision.preNorm && norm('vision.preNorm'),
      },
      blocks: vision.blocks.map((_, i) => block(`vision.blocks.${i}`)),
      feature: feature('vision'),
    },
    text: {
      embedding: { tokenEmbedding: at('text.tokenEmbedding'), positions: at('text.positions') },
      blocks: text.blocks.map((_, i) => block(`text.blocks.${i}`)),
      feature: feature('text'),
    },
  };
}
