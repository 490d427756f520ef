/** Small models, populations and instrumented devices for the tests of the passes. */
import {
  createAdapterLayout,
  PROJECTIONS,
  type AdapterLayout,
  type AdapterTargets,
} from '../../core/adapter-layout.ts';
import { stream } from '../../core/rng.ts';
import {
  towerShapes,
  type Activation,
  type Backbone,
  type ClipBackbone,
  type VitBackbone,
} from '../../model/backbone.ts';
import type { Device } from '../device.ts';
import { ADAMW, type Engine, type Objective, type Trainer, type TrainBatch, type TrainerSpec } from '../engine.ts';
import { createReferenceDevice, type ReferenceDevice } from '../devices/reference/reference-device.ts';
import { tinyClip, tinyImages, tinyPrompts, type TinyClipShape } from '../tiny-clip.ts';
import { createDeviceEngine } from './device-engine.ts';

export const SHAPE: TinyClipShape = { layers: 2, width: 8, heads: 2, imageSize: 4, patchSize: 2 };
export const CLASSES = 3;
export const OPTIMIZER = { ...ADAMW, weightDecay: 0.01 };

/** tinyClip with any activation and as many text layers as vision layers. */
export function testClip(activation: Activation = 'quick_gelu', shape: TinyClipShape = SHAPE): ClipBackbone {
  const clip = tinyClip(shape);
  const { blocks } = tinyClip({ ...shape, layers: shape.layers + 1 }).vision; // other weights than the vision tower's
  const { vision, text } = clip;
  return {
    ...clip,
    vision: { ...vision, config: { ...vision.config, activation } },
    text: { ...text, blocks: blocks.slice(1), config: { ...text.config, layers: shape.layers, activation } },
  };
}

/** A ViT without pre-norm. */
export function testVit(activation: Activation = 'gelu', shape: TinyClipShape = SHAPE): VitBackbone {
  const { vision } = testClip(activation, shape);
  return { kind: 'vit', vision: { ...vision, preNorm: null }, classifier: null };
}

export const testObjective = (backbone: Backbone, classes = CLASSES): Objective =>
  backbone.kind === 'clip' ? { kind: 'clip', classes, tokens: tinyPrompts(classes) } : { kind: 'linear', classes };

export function testLayout(
  backbone: Backbone,
  targets: Partial<AdapterTargets> = {},
  classes = CLASSES,
): AdapterLayout {
  const head = backbone.kind === 'vit' ? { classes, features: backbone.vision.config.width } : null;
  const all: AdapterTargets = { rank: 2, towers: ['vision', 'text'], projections: PROJECTIONS };
  return createAdapterLayout(towerShapes(backbone), { ...all, ...targets }, head);
}

/** Normally distributed adapters: unlike initial ones, every factor matters. */
export const randomAdapter = (layout: AdapterLayout, seed: number, deviation = 0.3): Float32Array => {
  const rng = stream(seed, 'init');
  return Float32Array.from({ length: layout.size }, () => deviation * rng.normal());
};

export function randomGates(layout: AdapterLayout, runs: number, seed: number, probability = 0.5): Uint8Array {
  const rng = stream(seed, 'gates');
  return Uint8Array.from({ length: runs * layout.pairs.length }, () => (rng.uniform() < probability ? 1 : 0));
}

/** Images as patches for `count` images: a different selection for every seed. */
export function images(count: number, seed: number, shape: TinyClipShape = SHAPE): Float32Array {
  const perImage = 3 * shape.imageSize ** 2;
  return tinyImages(count + seed, shape).slice(seed * perImage);
}

export const labelsOf = (count: number, seed = 0): Int32Array =>
  Int32Array.from({ length: count }, (_, i) => (i * 2 + seed) % CLASSES);

export interface TestPopulation {
  readonly backbone: Backbone;
  readonly layout: AdapterLayout;
  readonly spec: TrainerSpec;
  readonly batch: (step: number, overrides?: Partial<TrainBatch>) => TrainBatch;
}

export interface PopulationOptions {
  readonly runs?: number;
  readonly batchSize?: number;
  readonly scale?: number;
  readonly dropout?: readonly number[];
  /** For every run, which source; all 0 unless given. */
  readonly sources?: readonly number[];
  readonly targets?: Partial<AdapterTargets>;
  /** Share of gates that are open; 1 unless given. */
  readonly probability?: number;
  readonly gates?: Uint8Array;
  readonly learningRate?: number;
  /** Ratios of learning rates, LoRA+. */
  readonly ratios?: readonly number[];
  /** Radii of perturbations, SAM. */
  readonly radii?: readonly number[];
  /** [runs, pairs] */
  readonly branchFactors?: Float32Array;
}

export function testPopulation(backbone: Backbone, options: PopulationOptions = {}): TestPopulation {
  const { runs = 2, batchSize = 3, scale = 0.7, probability = 1, learningRate = 0.01 } = options;
  const layout = testLayout(backbone, options.targets);
  const sourceOfRun = options.sources ?? new Array<number>(runs).fill(0);
  const images_ = (Math.max(...sourceOfRun) + 1) * batchSize;
  const spec: TrainerSpec = {
    objective: testObjective(backbone),
    layout,
    scale,
    optimizer: OPTIMIZER,
    initial: Array.from({ length: runs }, (_, run) => randomAdapter(layout, run + 1)),
    inputDropout: options.dropout ?? new Array<number>(runs).fill(0),
    dropoutSeeds: Array.from({ length: runs }, (_, run) => 11 + run),
    ...(options.ratios ? { rateRatios: options.ratios } : {}),
    ...(options.radii ? { radii: options.radii } : {}),
  };
  const batch = (step: number, overrides: Partial<TrainBatch> = {}): TrainBatch => ({
    patches: images(images_, step),
    labels: labelsOf(images_, step),
    sourceOfRun,
    gates: options.gates ?? randomGates(layout, runs, 31 + step, probability),
    learningRates: Float32Array.from({ length: runs }, (_, run) => learningRate * (1 + run)),
    ...(options.branchFactors ? { branchFactors: options.branchFactors } : {}),
    ...overrides,
  });
  return { backbone, layout, spec, batch };
}

/** Four steps, each read before the next is asked for. @param duringStep is called when a step was asked for */
export async function stepByStep(
  engine: Engine,
  { backbone, spec, batch }: TestPopulation,
  duringStep: (step: number) => void = () => {},
) {
  engine.load(backbone);
  const trainer = engine.createTrainer(spec);
  const steps = [];
  for (let step = 0; step < 4; step++) {
    const taken = trainer.step(batch(step));
    duringStep(step);
    steps.push(await taken);
  }
  return { steps, state: await trainer.save() };
}

/** The same run of a population on its own. */
export function aloneSpec(spec: TrainerSpec, run: number): TrainerSpec {
  const { initial, inputDropout, dropoutSeeds, rateRatios, radii } = spec;
  return {
    ...spec,
    initial: [initial[run]],
    inputDropout: [inputDropout[run]],
    dropoutSeeds: [dropoutSeeds[run]],
    ...(rateRatios ? { rateRatios: [rateRatios[run]] } : {}),
    ...(radii ? { radii: [radii[run]] } : {}),
  };
}

export function aloneBatch(batch: TrainBatch, run: number, runs: number): TrainBatch {
  const source = batch.sourceOfRun[run];
  const sources = Math.max(...batch.sourceOfRun) + 1;
  const part = <A extends Float32Array | Int32Array | Uint8Array>(values: A, index: number, of: number): A =>
    values.slice((index * values.length) / of, ((index + 1) * values.length) / of) as A;
  if (!(batch.patches instanceof Float32Array)) throw new Error('Test batches bring their patches along.');
  return {
    patches: part(batch.patches, source, sources),
    labels: part(batch.labels, source, sources),
    sourceOfRun: [0],
    gates: part(batch.gates, run, runs),
    learningRates: batch.learningRates.slice(run, run + 1),
    ...(batch.inputDropout ? { inputDropout: batch.inputDropout.slice(run, run + 1) } : {}),
    ...(batch.branchFactors ? { branchFactors: part(batch.branchFactors, run, runs) } : {}),
  };
}

export const SMALL_BUDGET = { rows: 64, tensorBytes: 2 ** 30, adapterBytes: 2 ** 20 };

export function loadedEngine<T>(device: Device<T>, backbone: Backbone, budget = SMALL_BUDGET): Engine {
  const engine = createDeviceEngine(device, budget);
  engine.load(backbone);
  return engine;
}

/**
 * The backward takes the norms n of DoRA for constants: finite differences see the same once n stays what it was when it was first asked
 * for, while c = m / n goes on following m.
 */
function withHeldNorms(device: ReferenceDevice): ReferenceDevice {
  const first = new Map<number, Float64Array>(); // by where the magnitudes lie: the scales then
  const doraScales: ReferenceDevice['doraScales'] = (w, factors, offset) => {
    const scales = device.doraScales(w, factors, offset);
    const { data, rows, cols } = scales;
    const then = first.get(offset) ?? data.slice();
    first.set(offset, then);
    for (let slot = 0; slot < rows; slot++)
      for (let o = slot * cols; o < slot * cols + cols / 2; o++) {
        const inverse = o + cols / 2;
        data[o] *= then[inverse] / data[inverse];
        data[inverse] = then[inverse];
      }
    return scales;
  };
  return { ...device, doraScales };
}

/** A population on the float64 device whose losses and gradients can be read unrounded, and whose weights can be moved. */
export interface ExactPopulation {
  readonly trainer: Trainer;
  /** One step without an update: mean loss per run and gradients [runs][size] in float64. */
  measure(
    batch: TrainBatch,
    move?: (params: Float64Array, size: number) => void,
  ): Promise<{ losses: number[]; gradients: Float64Array[] }>;
}

export async function exactPopulation(
  backbone: Backbone,
  spec: TrainerSpec,
  first: TrainBatch,
): Promise<ExactPopulation> {
  const right = withHeldNorms(createReferenceDevice());
  let params: Float64Array | null = null;
  let gradients = new Float64Array();
  let losses = new Float64Array();
  const device: ReferenceDevice = {
    ...right,
    adamw(at, of) {
      params = at.data;
      gradients = of.data.slice();
    },
    crossEntropy(...args) {
      const result = right.crossEntropy(...args);
      losses = result.loss.data.slice();
      return result;
    },
  };
  const trainer = loadedEngine(device, backbone).createTrainer(spec);
  const initial = await trainer.save();
  const runs = spec.initial.length;
  await trainer.step(first);
  return {
    trainer,
    async measure(batch, move) {
      trainer.restore(initial); // the step count is part of the dropout masks
      if (move && params) move(params, spec.layout.size);
      await trainer.step(batch);
      const perRun = losses.length / runs;
      const { size } = spec.layout;
      return {
        losses: Array.from(
          { length: runs },
          (_, run) => losses.subarray(run * perRun, (run + 1) * perRun).reduce((a, b) => a + b, 0) / perRun,
        ),
        gradients: Array.from({ length: runs }, (_, run) => gradients.slice(run * size, (run + 1) * size)),
      };
    },
  };
}
