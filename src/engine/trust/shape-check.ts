/**
 * Tests a device before a study computes a backbone on it, by comparing it with float64. Which kernels there are depends on head width, tokens and widths, so a kernel that
 * is right for a tiny model can be wrong for a larger one: two layers of each tower in the backbone's own shapes are evaluated and trained for a step.
 * On some devices it also depends on how much there is to compute, on runs and images. There the steps of the study, in all cases that its gates make, are taken by few runs on few
 * images of small towers, and their adapters evaluated, with the kernels for every size. Where nothing is trained, evaluations are all that is tested.
 */
import {
  createAdapterLayout,
  PROJECTIONS,
  TOWERS,
  type AdapterLayout,
  type TowerName,
} from '../../core/adapter-layout.ts';
import { stream } from '../../core/rng.ts';
import { towerShapes, type Backbone, type TowerConfig } from '../../model/backbone.ts';
import { gradientTolerance, relativeError, repeats, TOLERANCE } from './agreement.ts';
import {
  ADAMW,
  type Engine,
  type EngineInfo,
  type Objective,
  type StepExample,
  type TrainBatch,
  type TrainerSpec,
  type Variant,
} from '../engine.ts';
import type { KernelChoice } from '../kernel-tuning.ts';
import type { Precision } from '../precision.ts';
import { factorSegments } from '../passes/optimizer.ts';
import { createDeviceEngine } from '../passes/device-engine.ts';
import { gateCases } from '../passes/warm-up.ts';
import { createReferenceDevice } from '../devices/reference/reference-device.ts';
import { normals } from '../random-weights.ts';
import { fewClasses, leastShapes, objectiveFor, probeOf, type Shapes } from './shape-probe.ts';
import { ENGINE_NOTICES } from '../words.ts';

/** What is compared, in this order. */
const ANSWERS = ['logits', 'losses', 'gradient norms', 'gradients'] as const;
type AnswerKind = (typeof ANSWERS)[number];

/** The last layer of a vision tower computes the class token only; a second layer covers whole sequences. */
const LAYERS: Record<TowerName, number> = { vision: 2, text: 1 };
const CLASSES = 2;
const RANK = 2;
/** From this many tokens on one image is tested, because the reference is slow. */
const MANY_TOKENS = 64;

/** The shapes of the backbone, in few layers. */
function shallow(backbone: Backbone): Shapes {
  const few = <C extends TowerConfig>(tower: TowerName, config: C): C => ({
    ...config,
    layers: Math.min(LAYERS[tower], config.layers),
  });
  const vision = { ...backbone.vision, config: few('vision', backbone.vision.config) };
  if (backbone.kind === 'vit') return { kind: 'vit', vision };
  return { ...backbone, vision, text: { config: few('text', backbone.text.config) } };
}

/** What a device is asked. */
interface Questions {
  readonly probe: Backbone;
  readonly spec: TrainerSpec;
  /** Variants that are evaluated together. */
  readonly evaluations: readonly (readonly Variant[])[];
  /** Steps, all from the initial adapters: their learning rates are zero. Empty: nothing is trained. */
  readonly steps: readonly (Pick<TrainBatch, 'gates'> & StepExample)[];
  /** Images, of which all runs see the same. */
  readonly images: number;
}

type Answers = Readonly<Record<AnswerKind, Float32Array[]>>;

/** Adapters of several runs, none of them zero. */
function specOf(objective: Objective, layout: AdapterLayout, runs: number): TrainerSpec {
  const rng = stream(6, 'init');
  return {
    objective,
    layout,
    scale: 1,
    optimizer: { ...ADAMW, weightDecay: 0.01 },
    initial: Array.from({ length: runs }, () => normals(rng, layout.size, 0.1)),
    inputDropout: new Array<number>(runs).fill(0),
    dropoutSeeds: Array.from({ length: runs }, (_, run) => run),
  };
}

interface Layout {
  readonly rank: number;
  readonly classes: number;
  readonly towers?: readonly TowerName[];
  readonly dora?: boolean;
}

function layoutOf(probe: Backbone, { classes, towers = TOWERS, ...targets }: Layout): AdapterLayout {
  const head = probe.kind === 'vit' ? { classes, features: probe.vision.config.width } : null;
  return createAdapterLayout(towerShapes(probe), { ...targets, towers, projections: PROJECTIONS }, head);
}

/** Made up. */
interface Images {
  readonly patches: Float32Array;
  readonly labels: Int32Array;
}

async function logitsOf(engine: Engine, { spec, evaluations }: Questions, images: Images): Promise<Float32Array[]> {
  const { objective, layout, scale } = spec;
  const evaluator = engine.createEvaluator({ objective, layout, scale });
  const set = evaluator.imageSet(images.patches, images.labels);
  try {
    const logits: Float32Array[] = [];
    for (const variants of evaluations)
      logits.push((await evaluator.evaluate(variants, set, { logits: true })).logits ?? new Float32Array());
    return logits;
  } finally {
    set.dispose();
    evaluator.dispose();
  }
}

/** Losses and gradients of the steps. */
async function trainingOf(
  engine: Engine,
  { spec, steps }: Questions,
  images: Images,
): Promise<Omit<Answers, 'logits'>> {
  const runs = spec.initial.length;
  const trainer = engine.createTrainer(spec);
  try {
    const results = [];
    for (const step of steps)
      results.push(
        await trainer.step({
          ...step,
          ...images,
          sourceOfRun: new Array<number>(runs).fill(0),
          learningRates: new Float32Array(runs),
        }),
      );
    const { firstMoments } = await trainer.save();
    return {
      losses: results.map(({ loss }) => loss),
      'gradient norms': results.map(({ gradientNorm }) => gradientNorm),
      // Factor by factor: a wrong one must not hide behind larger values elsewhere.
      gradients: firstMoments.flatMap((moments) =>
        factorSegments(spec.layout).map(({ offset, length }) => moments.subarray(offset, offset + length)),
      ),
    };
  } finally {
    trainer.dispose();
  }
}

async function answersOf(engine: Engine, questions: Questions): Promise<Answers> {
  const { probe, spec, steps, images } = questions;
  const { vision } = probe;
  const made: Images = {
    patches: normals(stream(9, 'init'), images * (vision.config.tokens - 1) * vision.patchEmbedding.inFeatures, 1),
    labels: Int32Array.from({ length: images }, (_, i) => i % spec.objective.classes),
  };
  const logits = await logitsOf(engine, questions, made);
  if (steps.length === 0) return { logits, losses: [], 'gradient norms': [], gradients: [] };
  return { logits, ...(await trainingOf(engine, questions, made)) };
}

/** In the shapes of the backbone, one run on one image or two. */
function questionsAtShapes(backbone: Backbone, trains: boolean): Questions {
  const probe = probeOf(shallow(backbone));
  const spec = specOf(objectiveFor(probe, CLASSES), layoutOf(probe, { rank: RANK, classes: CLASSES }), 1);
  // Adapters lie where a gradient has to pass everything above: in the lowest layer, where all rows count, on the first and the last map.
  const gates = Uint8Array.from(spec.layout.pairs, ({ tower, layer, projection }) =>
    layer === LAYERS[tower] - 1 || projection === 'q' || projection === 'fc2' ? 1 : 0,
  );
  return {
    probe,
    spec,
    evaluations: [[gates.slice().fill(0), gates].map((each) => ({ adapter: spec.initial[0], gates: each }))],
    steps: trains ? [{ gates }] : [],
    images: probe.vision.config.tokens > MANY_TOKENS ? 1 : 2,
  };
}

/** What decides, besides the backbone, which operations the steps of a training take. */
export interface TrainingKind {
  readonly dora: boolean;
  readonly drops: boolean;
  /** Whether branches have factors. */
  readonly rescales: boolean;
  /** Whether a step has two passes. */
  readonly perturbs: boolean;
}

/** What a study asks of a device. */
export interface TestedStudy {
  readonly trainings: readonly TrainingKind[];
  /** False: adapters of these trainings are evaluated, and nothing is trained. */
  readonly trains: boolean;
  readonly classes: number;
  /** Of the longest prompt; null: all that the text tower has. */
  readonly promptTokens: number | null;
}

/** LoRA with nothing besides. */
export const PLAIN: TrainingKind = { dora: false, drops: false, rescales: false, perturbs: false };

/** Runs of the steps of a study: some gates are open in one and closed in the other. */
const RUNS = 2;
/** Images: with their tokens more rows than the largest tile has. */
const IMAGES = 4;
/** Values of an adapter from which its norm is added up in several parts (webgpu/ops/optimizer.ts). */
const LARGE_ADAPTER = 8193;

/** The steps of a training, and evaluations of its adapters, in the least shapes that take its kernels. */
function questionsOfSteps(
  backbone: Backbone,
  { dora, drops, rescales, perturbs }: TrainingKind,
  { trains, classes, promptTokens }: TestedStudy,
): Questions {
  const probe = probeOf(leastShapes(backbone, promptTokens ?? Infinity));
  const count = fewClasses(classes);
  const objective = objectiveOfSteps(probe, count);
  // Fixed features leave the text tower frozen.
  const towers = objective.kind === 'features' ? (['vision'] as const) : undefined;
  const ofRank = (rank: number) => layoutOf(probe, { rank, classes: count, dora, ...(towers && { towers }) });
  const layout = ofRank(Math.max(RANK, Math.ceil((RANK * LARGE_ADAPTER) / ofRank(RANK).size)));
  const plain = specOf(objective, layout, RUNS);
  const spec = perturbs ? { ...plain, radii: new Array<number>(RUNS).fill(0.05) } : plain;
  const gates = gateCases(layout, RUNS);
  const [open, closed, some] = gates;
  const examples: StepExample[] = [
    {},
    ...(drops || rescales
      ? [
          {
            ...(drops && { inputDropout: Float32Array.of(0.5, 0.25) }),
            ...(rescales && { branchFactors: new Float32Array(RUNS * layout.pairs.length).fill(1.5) }),
          },
        ]
      : []),
  ];
  return {
    probe,
    spec,
    // Where all gates of a layer are closed, DoRA takes other kernels.
    evaluations: [[open, closed, some, open], [closed]].map((variants) =>
      variants.map((all, i) => ({ adapter: spec.initial[i % RUNS], gates: all.slice(0, layout.pairs.length) })),
    ),
    steps: trains ? examples.flatMap((example) => gates.map((of) => ({ ...example, gates: of }))) : [],
    images: IMAGES,
  };
}

/** Many classes have made-up features: prompts of as many would keep the reference busy. */
function objectiveOfSteps(probe: Backbone, classes: number): Objective {
  if (probe.kind === 'vit' || classes === fewClasses(CLASSES)) return objectiveFor(probe, classes);
  const width = probe.textProjection.outFeatures;
  const features = normals(stream(8, 'init'), classes * width, 1);
  for (let row = 0; row < classes; row++) {
    const own = features.subarray(row * width, (row + 1) * width);
    const norm = Math.hypot(...own);
    own.forEach((value, i) => (own[i] = value / norm));
  }
  return { kind: 'features', classes, features };
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

const answersInFloat64 = (questions: Questions, precision: Precision): Promise<Answers> => {
  const reference = createDeviceEngine(createReferenceDevice(), {
    rows: 1024,
    tensorBytes: 2 ** 30,
    adapterBytes: 2 ** 30,
  });
  // Weights in half precision are compared with the float64 of the same halves, so that a wrong kernel does not hide behind their rounding.
  reference.choosePrecision(precision);
  reference.load(questions.probe);
  return answersOf(reference, questions);
};

/** @throws Error naming the device, what is wrong and what to do */
function compare({ info, precision }: Engine, { vision }: Backbone, actual: Answers, expected: Answers): void {
  for (const what of ANSWERS) {
    const error = Math.max(...expected[what].map((part, i) => relativeError(actual[what][i], part)));
    if (error > (what === 'gradients' ? gradientTolerance(precision) : TOLERANCE))
      throw new Error(ENGINE_NOTICES.shapesDiffer(info.device, vision.config, what, error.toExponential(1)));
  }
}

/** The answers of a device, which a graphics card gives several times. @throws Error naming one that does not repeat its answers */
async function steadyAnswersOf(engine: Engine, questions: Questions): Promise<Answers> {
  const partsOf = (answers: Answers) => ANSWERS.flatMap((what) => answers[what]);
  const actual = await answersOf(engine, questions);
  if (!(await repeats(engine.info, partsOf(actual), async () => partsOf(await answersOf(engine, questions)))))
    throw new Error(ENGINE_NOTICES.doesNotRepeat(engine.info.device));
  return actual;
}

/**
 * @param choices kernels that are asked one after the other; absent: those that are chosen
 * @throws as `compare` does, and where the device does not repeat its answers
 */
async function ask(
  engine: Engine,
  backbone: Backbone,
  questions: Questions,
  choices?: readonly KernelChoice[],
): Promise<void> {
  const { info, tuner } = engine;
  const chosen = tuner?.chosen ?? {};
  const choose = (choice: KernelChoice | undefined): void => {
    if (choice) engine.tuner?.choose(choice);
  };
  const each = choices ?? [undefined];
  try {
    engine.load(questions.probe);
    // Kernels of steps are compiled side by side, while the reference computes.
    const compiling = each.map((choice) => {
      choose(choice);
      const { spec, images: batchSize, steps: examples } = questions;
      return engine.warmUp({ spec, batchSize, examples }, () => {});
    });
    const compiled = Promise.all(compiling);
    compiled.catch(() => {}); // Awaited when the reference has answered.
    const expected = await answersInFloat64(questions, engine.precision);
    await compiled;
    for (const choice of each) {
      choose(choice);
      compare(engine, backbone, await steadyAnswersOf(engine, questions), expected);
    }
  } finally {
    // After a loss another device may have come, where nothing is proven.
    choose(choices && (engine.info === info ? chosen : {}));
  }
}

/** What of a training is tested. Of adapters that are evaluated, nothing but DoRA tells how they were trained. */
const testedKind = (training: TrainingKind, trains: boolean): TrainingKind =>
  trains ? training : { ...PLAIN, dora: training.dora };

/** Tests of a device that have passed. Keyed by EngineInfo, an object that every opened device has for itself. */
const passed = new WeakMap<EngineInfo, Set<string>>();

/**
 * Tests a device at the shapes of a backbone, once per device, precision and shapes. Where kernels depend on its size, what a study asks is tested as well, once for every kind of training,
 * length of prompts, and whether classes are many. Evaluations of adapters that were tested with their training are not tested again. Leaves a small backbone of its own loaded when it tests.
 * @throws Error naming the device, what is wrong and what to do.
 */
export async function testAtShapes(engine: Engine, backbone: Backbone, study: TestedStudy): Promise<void> {
  const known = passed.get(engine.info) ?? new Set();
  passed.set(engine.info, known);
  const { trainings, trains, classes, promptTokens } = study;
  const once = async (nameOf: (trains: boolean) => string, test: () => Promise<void>): Promise<void> => {
    const keyOf = (of: boolean): string => `${engine.precision} ${shapesOf(backbone)} ${of}${nameOf(of)}`;
    if (known.has(keyOf(trains))) return;
    await test();
    // The test of a training has all evaluations of its adapters.
    known.add(keyOf(trains)).add(keyOf(false));
  };
  await once(
    () => '',
    () => ask(engine, backbone, questionsAtShapes(backbone, trains)),
  );
  const bySize = engine.tuner?.bySize ?? [];
  if (bySize.length === 0) return;
  const kinds = trainings.map((training): [TrainingKind, number] => [training, CLASSES]);
  // Scores of many classes are the same whatever is trained.
  if (fewClasses(classes) !== fewClasses(CLASSES)) kinds.push([PLAIN, classes]);
  for (const [training, count] of kinds) {
    const kind = testedKind(training, trains);
    await once(
      (of) => ` · ${JSON.stringify(testedKind(training, of))} ${fewClasses(count)} ${promptTokens}`,
      () => ask(engine, backbone, questionsOfSteps(backbone, kind, { ...study, classes: count }), bySize),
    );
  }
}
