/** Backbones with made-up weights: to test a device in the shapes of a backbone, or in smaller ones that take the same kernels. */
import { stream, type Rng } from '../../core/rng.ts';
import type {
  Backbone,
  ClipBackbone,
  LinearWeights,
  TextTower,
  TowerConfig,
  VisionTower,
} from '../../model/backbone.ts';
import type { Objective } from '../engine.ts';
import { blockOf, norm, normals, type MakeLinear } from '../random-weights.ts';

type Features = Pick<LinearWeights, 'inFeatures' | 'outFeatures'>;
type VisionShape = Pick<VisionTower, 'config' | 'patchEmbedding' | 'preNorm'>;

/** What decides the shapes of a backbone. */
export type Shapes =
  | { readonly kind: 'vit'; readonly vision: VisionShape }
  | {
      readonly kind: ClipBackbone['kind'];
      readonly vision: VisionShape;
      readonly text: Pick<TextTower, 'config'>;
      readonly visionProjection: Features;
      readonly textProjection: Features;
    };

/** Nonzero weights of a row: dense on the device, sparse and so cheap in the reference. */
const ENTRIES = 8;
/** Vocabulary of the test. The words of its prompts do not matter, so a small table replaces the backbone's. */
const VOCABULARY = 12;

/** Every row has ENTRIES normally distributed weights, spread over its columns. */
const sparseLinear: MakeLinear = (rng, outFeatures, inFeatures, bias) => {
  const entries = Math.min(ENTRIES, inFeatures);
  const weight = new Float32Array(outFeatures * inFeatures);
  for (let o = 0; o < outFeatures; o++)
    for (let e = 0; e < entries; e++) {
      const [from, to] = [e, e + 1].map((edge) => Math.floor((edge * inFeatures) / entries));
      weight[o * inFeatures + from + rng.integer(to - from)] = rng.normal() / Math.sqrt(entries);
    }
  return { weight, bias: bias ? normals(rng, outFeatures, 0.1) : null, inFeatures, outFeatures };
};

/** Its shapes, with random weights. */
function towerOf<C extends TowerConfig>(rng: Rng, config: C) {
  return {
    config,
    positions: normals(rng, config.tokens * config.width, 0.3),
    blocks: Array.from({ length: config.layers }, () => blockOf(rng, config, sparseLinear)),
    finalNorm: norm(rng, config.width),
  };
}

function visionOf(rng: Rng, { config, patchEmbedding, preNorm }: VisionShape): VisionTower {
  const { width } = config;
  return {
    ...towerOf(rng, config),
    patchEmbedding: sparseLinear(rng, width, patchEmbedding.inFeatures, patchEmbedding.bias !== null),
    classToken: normals(rng, width, 0.3),
    preNorm: preNorm && norm(rng, width),
  };
}

function textOf(rng: Rng, { config }: Pick<TextTower, 'config'>): TextTower {
  return {
    ...towerOf(rng, { ...config, vocabulary: VOCABULARY, endToken: VOCABULARY - 1 }),
    tokenEmbedding: normals(rng, VOCABULARY * config.width, 0.3),
  };
}

/** A backbone of these shapes. */
export function probeOf(backbone: Shapes): Backbone {
  const rng = stream(5, 'pretrain');
  const vision = visionOf(rng, backbone.vision);
  if (backbone.kind === 'vit') return { kind: 'vit', vision, classifier: null };
  const projection = ({ outFeatures, inFeatures }: Features) => sparseLinear(rng, outFeatures, inFeatures, false);
  return {
    kind: 'clip',
    vision,
    text: textOf(rng, backbone.text),
    visionProjection: projection(backbone.visionProjection),
    textProjection: projection(backbone.textProjection),
    logitScale: Math.log(10),
  };
}

/** Prompts as long as they may be, and one token shorter, so that the causal mask matters. */
export function objectiveFor(probe: Backbone, classes: number): Objective {
  if (probe.kind === 'vit') return { kind: 'linear', classes };
  const { tokens: context, endToken } = probe.text.config;
  const tokens = Int32Array.from({ length: classes * context }, (_, i) => {
    const [prompt, place] = [Math.floor(i / context), i % context];
    return place >= context - 1 - (prompt % 2) ? endToken : 1 + ((i * 7) % (VOCABULARY - 2));
  });
  return { kind: 'clip', classes, tokens };
}

/** A row of so many values, or of more, is added up in another way (webgpu/kernels/row-lanes.ts). */
const LONG = [17, 129];
/** Values are loaded four by four where rows can be divided by four. */
const VECTOR = 4;

/** How rows of this length are added up. */
const lengthClass = (length: number): number => LONG.filter((least) => length >= least).length;

/** The least number of classes whose scores are added up in the same way. */
export const fewClasses = (classes: number): number => [3, ...LONG][lengthClass(classes)];

/** The least length, from the longest that is not short, of which a kernel cannot tell this one. */
export function shortened(length: number): number {
  const least = LONG[LONG.length - 1] + VECTOR - 1;
  return Math.min(length, least - (least % VECTOR) + (length % VECTOR));
}

function narrow<C extends TowerConfig>(config: C, tokens: number): C {
  const { layers, width, heads, mlpWidth } = config;
  const size = width / heads;
  const isAlike = (few: number) =>
    lengthClass(few * size) === lengthClass(width) && (few * size) % VECTOR === width % VECTOR;
  const few = Array.from({ length: heads }, (_, i) => i + 1).find(isAlike) ?? heads;
  const most = LAYERS_OF_ALL_KINDS;
  return {
    ...config,
    layers: Math.min(layers, most),
    width: few * size,
    heads: few,
    mlpWidth: shortened(mlpWidth),
    tokens,
  };
}

/** The lowest layer needs no gradient of its input, and the last one of a vision tower computes the class token only. */
const LAYERS_OF_ALL_KINDS = 3;
/** Tokens of an image: few, because which kernels a tower takes behind its attention does not depend on them. */
const FEW_TOKENS = 17;

/**
 * The least shapes that take the kernels of a backbone: heads of the same size, and rows that are added up and loaded in the same way. Only the attention over
 * images may be of another kind, as it is over fewer tokens.
 * @param promptTokens of the longest prompt
 */
export function leastShapes(backbone: Shapes, promptTokens: number): Shapes {
  const { config } = backbone.vision;
  const patches = Math.min(config.tokens, FEW_TOKENS) - 1;
  const vision = { ...backbone.vision, config: { ...narrow(config, 1 + patches), blankPatches: 0 } };
  if (backbone.kind === 'vit') return { kind: 'vit', vision };
  const text = narrow(backbone.text.config, Math.min(backbone.text.config.tokens, promptTokens));
  const outFeatures = shortened(backbone.visionProjection.outFeatures);
  return {
    kind: 'clip',
    vision,
    text: { config: text },
    visionProjection: { inFeatures: vision.config.width, outFeatures },
    textProjection: { inFeatures: text.width, outFeatures },
  };
}
