/** All weights of a CLIP backbone as one flat vector: its layout, and conversion in both directions. */
import { PROJECTIONS } from '../../../src/core/adapter-layout.ts';
import type {
  BlockWeights,
  ClipBackbone,
  LayerNormWeights,
  LinearWeights,
  TextTower,
  VisionTower,
} from '../../../src/model/backbone.ts';

export interface Parameter {
  /** e.g. "vision.blocks.3.q.weight". */
  readonly name: string;
  readonly offset: number;
  readonly length: number;
  /** Weight decay applies to matrices and tables, not to gains, biases, the class token and the logit scale. */
  readonly decay: 0 | 1;
}

export interface ClipLayout {
  readonly parameters: readonly Parameter[];
  /** Length of the flat vector. */
  readonly size: number;
  /** @throws Error for an unknown tensor. */
  offsetOf(name: string): number;
  has(name: string): boolean;
}

type Visit = (name: string, values: Float32Array, matrix: boolean) => Float32Array;

const mapNorm = (visit: Visit, name: string, { gain, bias }: LayerNormWeights): LayerNormWeights => ({
  gain: visit(`${name}.gain`, gain, false),
  bias: visit(`${name}.bias`, bias, false),
});

const mapLinear = (visit: Visit, name: string, linear: LinearWeights): LinearWeights => ({
  ...linear,
  weight: visit(`${name}.weight`, linear.weight, true),
  bias: linear.bias && visit(`${name}.bias`, linear.bias, false),
});

function mapBlock(visit: Visit, name: string, block: BlockWeights): BlockWeights {
  const linears = PROJECTIONS.map((key) => [key, mapLinear(visit, `${name}.${key}`, block[key])] as const);
  return {
    ...(Object.fromEntries(linears) as Pick<BlockWeights, (typeof PROJECTIONS)[number]>),
    ln1: mapNorm(visit, `${name}.ln1`, block.ln1),
    ln2: mapNorm(visit, `${name}.ln2`, block.ln2),
  };
}

const mapVision = (visit: Visit, vision: VisionTower): VisionTower => ({
  config: vision.config,
  patchEmbedding: mapLinear(visit, 'vision.patchEmbedding', vision.patchEmbedding),
  classToken: visit('vision.classToken', vision.classToken, false),
  positions: visit('vision.positions', vision.positions, true),
  preNorm: vision.preNorm && mapNorm(visit, 'vision.preNorm', vision.preNorm),
  blocks: vision.blocks.map((block, i) => mapBlock(visit, `vision.blocks.${i}`, block)),
  finalNorm: mapNorm(visit, 'vision.finalNorm', vision.finalNorm),
});

const mapText = (visit: Visit, text: TextTower): TextTower => ({
  config: text.config,
  tokenEmbedding: visit('text.tokenEmbedding', text.tokenEmbedding, true),
  positions: visit('text.positions', text.positions, true),
  blocks: text.blocks.map((block, i) => mapBlock(visit, `text.blocks.${i}`, block)),
  finalNorm: mapNorm(visit, 'text.finalNorm', text.finalNorm),
});

/** Visits every tensor in a fixed order and returns a backbone made of the results. */
function mapClip(visit: Visit, backbone: ClipBackbone): ClipBackbone {
  return {
    kind: 'clip',
    vision: mapVision(visit, backbone.vision),
    text: mapText(visit, backbone.text),
    visionProjection: mapLinear(visit, 'visionProjection', backbone.visionProjection),
    textProjection: mapLinear(visit, 'textProjection', backbone.textProjection),
    logitScale: visit('logitScale', Float32Array.of(backbone.logitScale), false)[0],
  };
}

export function clipLayout(backbone: ClipBackbone): ClipLayout {
  const parameters: Parameter[] = [];
  let size = 0;
  mapClip((name, values, matrix) => {
    parameters.push({ name, offset: size, length: values.length, decay: matrix ? 1 : 0 });
    size += values.length;
    return values;
  }, backbone);
  const offsets = new Map(parameters.map(({ name, offset }) => [name, offset]));
  return {
    parameters,
    size,
    has: (name) => offsets.has(name),
    offsetOf(name) {
      const offset = offsets.get(name);
      if (offset === undefined) throw new Error(`The backbone has no parameter "${name}".`);
      return offset;
    },
  };
}

/** @returns [layout.size] */
export function flattenClip(backbone: ClipBackbone, layout: ClipLayout): Float32Array {
  const flat = new Float32Array(layout.size);
  mapClip((name, values) => {
    flat.set(values, layout.offsetOf(name));
    return values;
  }, backbone);
  return flat;
}

/** A backbone with the shapes of `like` and copies of the values in `flat` [layout.size]. */
export function unflattenClip(flat: Float32Array, layout: ClipLayout, like: ClipBackbone): ClipBackbone {
  return mapClip((name, { length }) => {
    const offset = layout.offsetOf(name);
    return flat.slice(offset, offset + length);
  }, like);
}
