/**
 * Tests a device before a study: whether its gradients are right, and how fast it is. Some GPUs have silently returned zeros; a device that
 * disagrees with float64 is refused.
 */
import { errorText } from '../core/error-text.ts';
import { createAdapterLayout, TOWERS } from '../core/adapter-layout.ts';
import { stream } from '../core/rng.ts';
import { towerShapes, type VisionTower } from '../model/backbone.ts';
import { trainingFlops } from '../model/model-facts.ts';
import { relativeError, repeats, TOLERANCE } from './agreement.ts';
import { isCard } from './backends.ts';
import { ADAMW, type Engine, type TrainBatch, type Trainer, type TrainerSpec } from './engine.ts';
import { DeviceLostError } from './errors.ts';
import { measureInFlight, untilSteady } from './in-flight.ts';
import { createDeviceEngine } from './passes/device-engine.ts';
import { createReferenceDevice } from './devices/reference/reference-device.ts';
import { tinyClip, tinyImages, tinyPrompts, type TinyClipShape } from './tiny-clip.ts';
import { ENGINE_NOTICES } from './words.ts';

const SELF_TEST: TinyClipShape = { layers: 2, width: 16, heads: 2, imageSize: 8, patchSize: 4 };
const SPEED_TEST: TinyClipShape = { layers: 12, width: 64, heads: 4, imageSize: 32, patchSize: 8 };
const SELF_TEST_BATCH = 4;
const CLASSES = 3;

/** With its kernels compiled ahead: where a step compiles them, the whole browser waits, and the pace of the card is not seen. */
async function openTrainer(engine: Engine, shape: TinyClipShape, runs: number, batchSize: number) {
  const backbone = tinyClip(shape);
  engine.choosePrecision('f32');
  engine.load(backbone);
  const layout = createAdapterLayout(towerShapes(backbone), {
    rank: 2,
    towers: TOWERS,
    projections: ['q', 'v', 'fc1'],
  });
  const rng = stream(3, 'init');
  const spec: TrainerSpec = {
    objective: { kind: 'clip', classes: CLASSES, tokens: tinyPrompts(CLASSES) },
    layout,
    scale: 1,
    optimizer: { ...ADAMW, weightDecay: 0.01 },
    initial: Array.from({ length: runs }, () => Float32Array.from({ length: layout.size }, () => 0.1 * rng.normal())),
    inputDropout: new Array<number>(runs).fill(0),
    dropoutSeeds: new Array<number>(runs).fill(0),
  };
  await engine.warmUp({ spec, batchSize, examples: [{}] }, () => {});
  return { trainer: engine.createTrainer(spec), pairs: layout.pairs.length };
}

/** @param gates absent: all are open */
function batchOf(
  { runs }: Trainer,
  pairs: number,
  shape: TinyClipShape,
  batchSize: number,
  gates?: Uint8Array,
): TrainBatch {
  return {
    patches: tinyImages(batchSize, shape),
    labels: Int32Array.from({ length: batchSize }, (_, i) => i % CLASSES),
    sourceOfRun: new Array<number>(runs).fill(0),
    gates: gates ?? new Uint8Array(pairs * runs).fill(1),
    learningRates: new Float32Array(runs).fill(0.01),
  };
}

/** Two steps of two runs, one of them with closed gates: losses and gradient norms, adapters, and the moments, which hold every gradient. */
async function trajectory(engine: Engine): Promise<Float32Array[]> {
  const { trainer, pairs } = await openTrainer(engine, SELF_TEST, 2, SELF_TEST_BATCH);
  const values: Float32Array[] = [];
  try {
    for (let step = 0; step < 2; step++) {
      const gates = Uint8Array.from({ length: 2 * pairs }, (_, i) => (i < pairs || (i + step) % 3 === 0 ? 1 : 0));
      const { loss, gradientNorm } = await trainer.step(batchOf(trainer, pairs, SELF_TEST, SELF_TEST_BATCH, gates));
      values.push(loss, gradientNorm);
    }
    const { adapters, firstMoments, secondMoments } = await trainer.save();
    return [...values, ...adapters, ...firstMoments, ...secondMoments];
  } finally {
    trainer.dispose();
  }
}

/**
 * Trains a tiny model for two steps and compares with float64; a graphics card does so again and must come to the same bits.
 * @throws DeviceLostError, or Error naming the device and its deviation when the two disagree.
 */
export async function selfTest(engine: Engine): Promise<void> {
  const { device } = engine.info;
  const expected = await trajectory(
    createDeviceEngine(createReferenceDevice(), { rows: 1024, tensorBytes: 2 ** 30, adapterBytes: 2 ** 20 }),
  );
  let actual: Float32Array[];
  let isSteady: boolean;
  try {
    actual = await trajectory(engine);
    isSteady = await repeats(engine.info, actual, () => trajectory(engine));
  } catch (cause) {
    if (cause instanceof DeviceLostError) throw cause; // it says nothing of the device's arithmetic
    const reason = errorText(cause);
    throw new Error(ENGINE_NOTICES.selfTestFailed(device, reason), { cause });
  }
  const error = Math.max(...expected.map((values, i) => relativeError(actual[i], values)));
  if (error > TOLERANCE) throw new Error(ENGINE_NOTICES.selfTestDiffers(device, error.toExponential(1)));
  if (!isSteady) throw new Error(ENGINE_NOTICES.doesNotRepeat(device));
}

const severalOf = (step: () => Promise<unknown>) => (pieces: number) =>
  Promise.all(Array.from({ length: pieces }, step));

/** Near the shapes of small published ViTs; speed on tiny matrices says little about those. */
const RATE_TEST: TinyClipShape = { layers: 2, width: 192, heads: 3, imageSize: 224, patchSize: 16 };
const RATE_BATCH = 4;
/** Seconds that steps last together. */
const RATE_SECONDS = 0.3;
const MOST_RATE_STEPS = 256;

/**
 * Multiplications and additions per second in training, measured for about a second with as many steps in flight as that takes (model-facts.ts counts them for a
 * backbone). Leaves its own small backbone loaded.
 */
export async function trainingRate(engine: Engine): Promise<number> {
  const { trainer, pairs } = await openTrainer(engine, RATE_TEST, 1, RATE_BATCH);
  const batch = batchOf(trainer, pairs, RATE_TEST, RATE_BATCH);
  const step = () => trainer.step(batch);
  const { layers, width, heads, imageSize, patchSize } = RATE_TEST;
  const tokens = 1 + (imageSize / patchSize) ** 2;
  const vision = { layers, width, heads, tokens, mlpWidth: 4 * width };
  try {
    await step(); // records
    const seconds = await measureInFlight({ run: severalOf(step), enough: RATE_SECONDS, most: MOST_RATE_STEPS });
    return trainingFlops({ vision }, RATE_BATCH) / seconds;
  } finally {
    trainer.dispose();
  }
}

/** Seconds that steps last together, to tell two devices apart. */
const SPEED_SECONDS = 0.1;
/** As in training on a card (study/run/steps-in-flight.ts). */
const MOST_SPEED_STEPS = 12;

/** Steps by which two devices are told apart. */
export interface SpeedProblem {
  readonly shape: TinyClipShape;
  readonly runs: number;
  /** Images of a run. */
  readonly images: number;
}

/** Four runs of a model of Emoji-CLIP's shape, batch 32. */
const SMALL: SpeedProblem = { shape: SPEED_TEST, runs: 4, images: 32 };
/** The last layer of a vision tower computes the class token only; a second one computes whole sequences. */
const FEW_LAYERS = 2;

const stepFlops = ({ shape: { layers, width, heads, imageSize, patchSize }, runs, images }: SpeedProblem): number => {
  const vision = { layers, width, heads, tokens: 1 + (imageSize / patchSize) ** 2, mlpWidth: 4 * width };
  return trainingFlops({ vision }, runs * images);
};

/**
 * Steps in the shapes of a vision tower, with about as much to compute as those of the small model: few layers, and as many images as that takes.
 * Null: the tower is no wider or longer than that model, which tells as much.
 */
export function speedProblemOf({ width, heads, tokens, patchSize }: VisionTower['config']): SpeedProblem | null {
  const { shape: small } = SMALL;
  const side = Math.round(Math.sqrt(tokens - 1));
  if (width <= small.width && side <= small.imageSize / small.patchSize) return null;
  const one = {
    shape: { layers: FEW_LAYERS, width, heads, imageSize: side * patchSize, patchSize },
    runs: 1,
    images: 1,
  };
  return { ...one, images: Math.max(1, Math.min(SMALL.images, Math.round(stepFlops(SMALL) / stepFlops(one)))) };
}

/** Seconds per training step, with several in flight, as in training. */
export async function secondsPerStep(engine: Engine, { shape, runs, images }: SpeedProblem = SMALL): Promise<number> {
  const { trainer, pairs } = await openTrainer(engine, shape, runs, images);
  const batch = batchOf(trainer, pairs, shape, images);
  const run = severalOf(() => trainer.step(batch));
  try {
    await run(1); // lays out what is kept
    await run(1); // records
    if (isCard(engine.info)) await untilSteady({ run, most: MOST_SPEED_STEPS });
    return await measureInFlight({ run, enough: SPEED_SECONDS, most: MOST_SPEED_STEPS });
  } finally {
    trainer.dispose();
  }
}
