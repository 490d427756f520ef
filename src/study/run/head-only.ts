/**
 * The frozen baseline of backbones without a text tower: a linear classifier on the features of the frozen backbone ("linear probe", as Radford et al. 2021,
 * arXiv 2103.00020, section 3.2, fit it). The loss is convex, so the baseline depends on neither seed nor learning rate.
 */
import { layoutOfPairs } from '../../core/adapter-layout.ts';
import { packBits } from '../../platform/bits.ts';
import { mean } from '../../core/statistics.ts';
import {
  classify,
  fitClassifier,
  type LabelledFeatures,
  type LinearClassifier,
} from '../../core/softmax-regression.ts';
import type { LabelledImages } from '../../data/task.ts';
import type { Engine } from '../../engine/engine.ts';
import { packAnswers } from '../predictions/answers.ts';
import { scoresOf, type StudyContext, type TrainedRun } from './context.ts';
import { patchifyImages, type Patchified } from './images.ts';
import type { AnsweredFrozen } from '../result/frozen.ts';

/** Images patchified at a time. */
const PORTION = 64;
/** Multiply-adds of one pass over the training features, about half a second. */
const MOST_WORK = 2e8;
/** Penalties on the weights, strongest first: every search starts where the previous one ended. */
const PENALTIES = [1, 1e-1, 1e-2, 1e-3];
/** Used when no image is left for choosing. */
const USUAL_PENALTY = 1e-2;

type Shape = Pick<TrainedRun, 'layout' | 'scale'>;
type Context = Pick<
  StudyContext,
  'engine' | 'model' | 'task' | 'config' | 'validation' | 'signal' | 'breathe' | 'emit'
>;

/** A head that passes the features through, [width, width], on the backbone without adapters. */
function featureReader(engine: Engine, { layout: { pairs, rank, dora }, scale }: Shape, width: number) {
  const layout = layoutOfPairs(pairs, rank, { classes: width, features: width }, dora);
  const adapter = new Float32Array(layout.size);
  for (let d = 0; d < width; d++) adapter[(layout.head?.weightOffset ?? 0) + d * width + d] = 1;
  const evaluator = engine.createEvaluator({ objective: { kind: 'linear', classes: width }, layout, scale });
  return { evaluator, variant: { adapter, gates: new Uint8Array(pairs.length) } };
}

type FeatureReader = ReturnType<typeof featureReader>;

async function withReader<R>(
  engine: Engine,
  shape: Shape,
  width: number,
  use: (reader: FeatureReader) => Promise<R>,
): Promise<R> {
  const reader = featureReader(engine, shape, width);
  try {
    return await use(reader);
  } finally {
    reader.evaluator.dispose();
  }
}

/** Features of images, [images, width]. */
async function featuresOf(
  { signal, breathe }: Context,
  { evaluator, variant }: FeatureReader,
  { count, patches }: Patchified,
): Promise<Float32Array> {
  if (count === 0) return new Float32Array();
  // The losses are unused, so any label will do.
  const set = evaluator.imageSet(patches, new Int32Array(count));
  try {
    const { logits } = await evaluator.evaluate([variant], set, { logits: true, signal, between: breathe });
    if (!logits) throw new Error('The device returns no logits.');
    return logits;
  } finally {
    set.dispose();
  }
}

/** Images from `from` on, before `to`. */
function portionOf({ pixels, labels, count }: LabelledImages, from: number, to: number): LabelledImages {
  const stride = pixels.length / count;
  return { count: to - from, pixels: pixels.subarray(from * stride, to * stride), labels: labels.subarray(from, to) };
}

/** (feature − mean) · factor, both [width]. */
interface Scaling {
  readonly mean: Float64Array;
  readonly factor: Float64Array;
}

/** Scales every feature to mean 0 and variance 1 over the training images, so that the penalty treats all alike. */
function scalingOf(features: Float32Array, width: number): Scaling {
  const count = features.length / width;
  const mean = new Float64Array(width);
  const square = new Float64Array(width);
  features.forEach((value, i) => {
    mean[i % width] += value / count;
  });
  features.forEach((value, i) => {
    square[i % width] += (value - mean[i % width]) ** 2 / count;
  });
  const factor = square.map((variance) => (variance > 1e-12 ? 1 / Math.sqrt(variance) : 0));
  return { mean, factor };
}

const scaled = (features: Float32Array, width: number, { mean, factor }: Scaling): Float32Array =>
  features.map((value, i) => (value - mean[i % width]) * factor[i % width]);

/** The classifier for features as they are, in the form of an adapter's head: weights [classes, width], then biases [classes]. */
function headFor({ classes, width, values }: LinearClassifier, { mean, factor }: Scaling): Float32Array {
  const head = new Float32Array(classes * (width + 1));
  for (let c = 0; c < classes; c++) {
    let bias = values[c * (width + 1) + width];
    for (let d = 0; d < width; d++) {
      const weight = values[c * (width + 1) + d] * factor[d];
      head[c * width + d] = weight;
      bias -= weight * mean[d];
    }
    head[classes * width + c] = bias;
  }
  return head;
}

/** Number of training images for the head: no more than the arms see, and no more than can be fitted quickly. Any prefix is a fair sample. */
function trainingCount({ task, config: { training } }: Context, width: number): number {
  const quick = Math.floor(MOST_WORK / (width * task.classes.length));
  return Math.min(task.train.count, training.steps * training.batchSize, Math.max(quick, 20 * task.classes.length));
}

async function bestClassifier(
  { breathe, task }: Context,
  train: LabelledFeatures,
  validation: LabelledFeatures,
): Promise<LinearClassifier> {
  const classes = task.classes.length;
  const chooses = validation.labels.length > 0;
  let start: LinearClassifier | undefined;
  const tried: { readonly classifier: LinearClassifier; readonly loss: number }[] = [];
  for (const penalty of chooses ? PENALTIES : [USUAL_PENALTY]) {
    start = await fitClassifier(train, { classes, penalty, ...(start && { start }), between: breathe });
    tried.push({ classifier: start, loss: mean(classify(start, validation).loss) });
  }
  return tried.reduce((best, next) => (next.loss < best.loss ? next : best)).classifier;
}

/** Features of images on the scale of the training features. */
type FeaturesOf = (images: Patchified) => Promise<LabelledFeatures>;

/** Features of a part of the training images and, on their scale, of any other images. Those of `featuresOf` come from a reader of their own. */
async function readTraining(
  context: Context,
  shape: Shape,
): Promise<{ readonly train: LabelledFeatures; readonly scaling: Scaling; readonly featuresOf: FeaturesOf }> {
  const { engine, model, task, emit } = context;
  const { width } = model.backbone.vision.config;
  const total = trainingCount(context, width);
  const train = new Float32Array(total * width);
  await withReader(engine, shape, width, async (reader) => {
    for (let done = 0; done < total; done += PORTION) {
      const images = portionOf(task.train, done, Math.min(total, done + PORTION));
      train.set(await featuresOf(context, reader, patchifyImages(images, model, null)), done * width);
      emit({ type: 'progress', phase: 'prepare', done, total, imagesPerSecond: null, remainingSeconds: null });
    }
  });
  const scaling = scalingOf(train, width);
  return {
    scaling,
    train: { width, features: scaled(train, width, scaling), labels: task.train.labels.subarray(0, total) },
    featuresOf: (images) =>
      withReader(engine, shape, width, async (reader) => ({
        width,
        features: scaled(await featuresOf(context, reader, images), width, scaling),
        labels: images.labels,
      })),
  };
}

export interface HeadOnly {
  /** Its scores on any images of the task's classes; they are not finite if the features are not. */
  readonly on: (images: Patchified) => Promise<AnsweredFrozen>;
  /** The head for features as they are: weights [classes, width], then biases [classes]. */
  readonly head: Float32Array;
}

/**
 * Trains the head. Its penalty is chosen on validation images if there are any.
 * @param shape of any run: its pairs are all closed
 */
export async function fitHeadOnly(context: Context, shape: Shape): Promise<HeadOnly> {
  const { train, scaling, featuresOf: read } = await readTraining(context, shape);
  const classifier = await bestClassifier(context, train, await read(context.validation));
  const on = async (images: Patchified): Promise<AnsweredFrozen> => {
    const { predicted, loss } = classify(classifier, await read(images));
    const scores = scoresOf(loss, predicted, images.labels);
    const correct = packBits(predicted.map((label, i) => Number(label === images.labels[i])));
    return {
      scores: { accuracy: scores.accuracy[0], loss: scores.loss[0], correct },
      answers: packAnswers(predicted, loss, 0, images.count),
    };
  };
  return { on, head: headFor(classifier, scaling) };
}
