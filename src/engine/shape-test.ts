/**
 * Tests a device at the shapes of a backbone. Kernels are chosen and tiled by head width, tokens and widths, so a kernel that is right for a tiny
 * model can be wrong for a larger one. Two layers of each tower in the backbone's own shapes are evaluated and
 * trained for a step, and compared with float64.
 */
import { createAdapterLayout, PROJECTIONS, type TowerName } from '../core/adapter-layout.ts';
import { stream, type Rng } from '../core/rng.ts';
import {
  towerShapes,
  type Backbone,
  type BlockWeights,
  type LayerNormWeights,
  type LinearWeights,
  type TextTower,
  type TowerConfig,
  type VisionTower,
} from '../model/backbone.ts';
import { gradientTolerance, relativeError, TOLERANCE } from './agreement.ts';
import type { Engine, EngineInfo, Objective } from './engine.ts';
import { factorSegments } from './passes/optimizer.ts';
import { createDeviceEngine } from './passes/device-engine.ts';
import { createReferenceDevice } from './devices/reference/reference-device.ts';
import { ENGINE_NOTICES } from './words.ts';

/** What is compared, in this order. */
const ANSWERS = ['logits', 'losses', 'gradient norms', 'gradients'] as const;
type AnswerKind = (typeof ANSWERS)[number];

/** The last layer of a vision tower computes the class token only; a second layer covers whole sequences. */
const LAYERS: Record<TowerName, number> = { vision: 2, text: 1 };
const CLASSES = 2;
const RANK = 2;
/** Nonzero weights of a row: dense on the device, sparse and so cheap in the reference. */
const ENTRIES = 8;
/** Vocabulary of the test. The words of its prompts do not matter, so a small table replaces the backbone's. */
const VOCABULARY = 12;
/** From this many tokens on one image is tested, because the reference is slow. */
const MANY_TOKENS = 64;

const normals = (rng: Rng, length: number, scale: number, offset = 0): Float32Array =>
  Float32Array.from({ length }, () => offset + scale * rng.normal());

/** Every row has ENTRIES normally distributed weights, spread over its columns. */
function sparseLinear(rng: Rng, outFeatures: number, inFeatures: number, bias: boolean): LinearWeights {
  const entries = Math.min(ENTRIES, inFeatures);
  const weight = new Float32Array(outFeatures * inFeatures);
  for (let o = 0; o < outFeatures; o++)
    for (let e = 0; e < entries; e++) {
      const [from, to] = [e, e + 1].map((edge) => Math.floor((edge * inFeatures) / entries));
      weight[o * inFeatures + from + rng.integer(to - from)] = rng.normal() / Math.sqrt(entries);
    }
  return { weight, bias: bias ? normals(rng, outFeatures, 0.1) : null, inFeatures, outFeatures };
}

const norm = (rng: Rng, width: number): LayerNormWeights => ({
  gain: normals(rng, width, 0.1, 1),
  bias: normals(rng, width, 0.1),
});

function blockOf(rng: Rng, { width, mlpWidth }: TowerConfig): BlockWeights {
  const square = () => sparseLinear(rng, width, width, true);
  return {
    ln1: norm(rng, width),
    q: square(),
    k: square(),
    v: square(),
    o: square(),
    ln2: norm(rng, width),
    fc1: sparseLinear(rng, mlpWidth, width, true),
    fc2: sparseLinear(rng, width, mlpWidth, true),
  };
}

/** Its shapes, with random weights in few layers. */
function towerOf<C extends TowerConfig>(rng: Rng, tower: TowerName, config: C) {
  const layers = Math.min(LAYERS[tower], config.layers);
  return {
    config: { ...config, layers },
    positions: normals(rng, config.tokens * config.width, 0.3),
    blocks: Array.from({ length: layers }, () => blockOf(rng, config)),
    finalNorm: norm(rng, config.width),
  };
}

function visionOf(rng: Rng, { config, patchEmbedding, preNorm }: VisionTower): VisionTower {
  const { width } = config;
  return {
    ...towerOf(rng, 'vision', config),
    patchEmbedding: sparseLinear(rng, width, patchEmbedding.inFeatures, patchEmbedding.bias !== null),
    classToken: normals(rng, width, 0.3),
    preNorm: preNorm && norm(rng, width),
  };
}

function textOf(rng: Rng, { config }: TextTower): TextTower {
  return {
    ...towerOf(rng, 'text', { ...config, vocabulary: VOCABULARY, endToken: VOCABULARY - 1 }),
    tokenEmbedding: normals(rng, VOCABULARY * config.width, 0.3),
  };
}

function probeOf(backbone: Backbone): Backbone {
  const rng = stream(5, 'pretrain');
  const vision = visionOf(rng, backbone.vision);
  if (backbone.kind === 'vit') return { kind: 'vit', vision, classifier: null };
  const projection = ({ outFeatures, inFeatures }: LinearWeights) => sparseLinear(rng, outFeatures, inFeatures, false);
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
function objectiveFor(probe: Backbone): Objective {
  if (probe.kind === 'vit') return { kind: 'linear', classes: CLASSES };
  const { tokens: context, endToken } = probe.text.config;
  const tokens = Int32Array.from({ length: CLASSES * context }, (_, i) => {
    const [prompt, place] = [Math.floor(i / context), i % context];
    return place >= context - 1 - prompt ? endToken : 1 + ((i * 7) % (VOCABULARY - 2));
  });
  return { kind: 'clip', classes: CLASSES, tokens };
}

type Answers = Readonly<Record<AnswerKind, Float32Array[]>>;

/** Logits without an adapter; then loss and gradients of a training step. */
async function answers(engine: Engine, probe: Backbone): Promise<Answers> {
  const { tokens, width } = probe.vision.config;
  const images = tokens > MANY_TOKENS ? 1 : 2;
  const rng = stream(6, 'init');
  const patches = normals(rng, images * (tokens - 1) * probe.vision.patchEmbedding.inFeatures, 1);
  const labels = Int32Array.from({ length: images }, (_, i) => i % CLASSES);
  const head = probe.kind === 'vit' ? { classes: CLASSES, features: width } : null;
  const targets = { rank: RANK, towers: ['vision', 'text'] as const, projections: PROJECTIONS };
  const layout = createAdapterLayout(towerShapes(probe), targets, head);
  const adapter = normals(rng, layout.size, 0.1);
  const objective = objectiveFor(probe);
  // Adapters lie where a gradient has to pass everything above: in the lowest layer, where all rows count, on the first and the last map.
  const open = Uint8Array.from(layout.pairs, ({ tower, layer, projection }) =>
    layer === LAYERS[tower] - 1 || projection === 'q' || projection === 'fc2' ? 1 : 0,
  );
  engine.load(probe);
  const evaluator = engine.createEvaluator({ objective, layout, scale: 1 });
  const set = evaluator.imageSet(patches, labels);
  const trainer = engine.createTrainer({
    objective,
    layout,
    scale: 1,
    optimizer: { beta1: 0.9, beta2: 0.999, epsilon: 1e-8, weightDecay: 0.01 },
    initial: [adapter],
    inputDropout: [0],
    dropoutSeeds: [0],
  });
  try {
    const frozen = { adapter, gates: open.slice().fill(0) };
    const { logits } = await evaluator.evaluate([frozen], set, { logits: true });
    const { loss, gradientNorm } = await trainer.step({
      patches,
      labels,
      sourceOfRun: [0],
      gates: open,
      learningRates: Float32Array.of(0.01),
    });
    const [moments] = (await trainer.save()).firstMoments;
    // Factor by factor: a wrong one must not hide behind larger values elsewhere.
    const gradients = factorSegments(layout).map(({ offset, length }) => moments.subarray(offset, offset + length));
    return { logits: [logits ?? new Float32Array()], losses: [loss], 'gradient norms': [gradientNorm], gradients };
  } finally {
    set.dispose();
    evaluator.dispose();
    trainer.dispose();
  }
}

/** The shapes by which kernels are chosen. */
export function shapesOf(backbone: Backbone): string {
  const of = ({ width, mlpWidth, heads, tokens, activation, layerNormEps }: TowerConfig) =>
    [width, mlpWidth, heads, tokens, activation, layerNormEps].join(' ');
  const { vision } = backbone;
  const towers = [of(vision.config), vision.patchEmbedding.inFeatures, vision.preNorm !== null];
  if (backbone.kind === 'clip') towers.push(of(backbone.text.config), backbone.visionProjection.outFeatures);
  return towers.join(' · ');
}

/** Keyed by EngineInfo, an object that every opened device has for itself. */
const passed = new WeakMap<EngineInfo, Set<string>>();

/**
 * Tests a device at the shapes of a backbone, once per device, precision and shapes. Leaves its own small backbone loaded when it tests.
 * @throws Error naming the device, what is wrong and what to do.
 */
export async function testAtShapes(engine: Engine, backbone: Backbone): Promise<void> {
  const key = `${engine.precision} ${shapesOf(backbone)}`;
  const known = passed.get(engine.info) ?? new Set();
  passed.set(engine.info, known);
  if (known.has(key)) return;
  const probe = probeOf(backbone);
  const reference = createDeviceEngine(createReferenceDevice(), {
    rows: 1024,
    tensorBytes: 2 ** 30,
    adapterBytes: 2 ** 30,
  });
  // Weights in half precision are compared with the float64 of the same halves, so that a wrong kernel does not hide behind their rounding.
  reference.choosePrecision(engine.precision);
  const [actual, expected] = [await answers(engine, probe), await answers(reference, probe)];
  for (const what of ANSWERS) {
    const error = Math.max(...expected[what].map((part, i) => relativeError(actual[what][i], part)));
    if (error > (what === 'gradients' ? gradientTolerance(engine.precision) : TOLERANCE))
      throw new Error(
        ENGINE_NOTICES.shapesDiffer(engine.info.device, backbone.vision.config, what, error.toExponential(1)),
      );
  }
  known.add(key);
}
