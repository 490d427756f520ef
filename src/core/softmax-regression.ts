/**
 * Multinomial logistic regression with an L2 penalty on the weights: a linear classifier on fixed features. The loss is convex, so the
 * solution depends only on the data. It is computed by L-BFGS (Nocedal & Wright 2006, Numerical Optimization, algorithms 3.1 and 7.4).
 */
import { axpy, dot } from './flat.ts';

export interface LinearClassifier {
  readonly classes: number;
  readonly width: number;
  /** [classes, width + 1], row-major: weights, then the bias. */
  readonly values: Float64Array;
}

export interface LabelledFeatures {
  readonly width: number;
  /** [images, width], row-major. */
  readonly features: Float32Array;
  /** [images] */
  readonly labels: Int32Array;
}

export interface FitOptions {
  readonly classes: number;
  /** Factor of ½‖weights‖² in the loss, added to the mean cross-entropy; biases are not penalised. */
  readonly penalty: number;
  /** Starting point; default: zero. */
  readonly start?: LinearClassifier;
  /** Maximum number of steps; default: 100. */
  readonly steps?: number;
  /** Awaited before every step, to pause or stop. */
  readonly between?: () => Promise<void>;
}

/** Number of (step, gradient change) pairs that L-BFGS stores. */
const MEMORY = 8;
/** The search stops when no entry of the gradient is larger. */
const FLAT = 1e-4;
/** Armijo constant: a step must achieve this share of the linearly predicted decrease. */
const SUFFICIENT = 1e-4;
const HALVINGS = 30;

/** Writes the logits [classes] of one image. */
function logitsOf(
  { classes, width, values }: LinearClassifier,
  features: Float32Array,
  image: number,
  out: Float64Array,
): void {
  for (let c = 0; c < classes; c++) {
    const row = c * (width + 1);
    let sum = values[row + width];
    for (let d = 0; d < width; d++) sum += values[row + d] * features[image * width + d];
    out[c] = sum;
  }
}

/** Turns logits into probabilities, in place. Returns −log of the probability of `label`. */
function softmax(logits: Float64Array, label: number): number {
  const top = logits.reduce((most, value) => Math.max(most, value), -Infinity);
  const own = logits[label] - top;
  let sum = 0;
  for (let c = 0; c < logits.length; c++) {
    logits[c] = Math.exp(logits[c] - top);
    sum += logits[c];
  }
  for (let c = 0; c < logits.length; c++) logits[c] /= sum;
  return Math.log(sum) - own;
}

/** Mean cross-entropy and penalty; their gradient is written to `gradient`, [classes, width + 1]. */
function objective(
  classifier: LinearClassifier,
  { features, labels }: LabelledFeatures,
  penalty: number,
  gradient: Float64Array,
): number {
  const { classes, width, values } = classifier;
  const probabilities = new Float64Array(classes);
  gradient.fill(0);
  let loss = 0;
  for (let i = 0; i < labels.length; i++) {
    logitsOf(classifier, features, i, probabilities);
    loss += softmax(probabilities, labels[i]);
    for (let c = 0; c < classes; c++) {
      const error = (probabilities[c] - (c === labels[i] ? 1 : 0)) / labels.length;
      const row = c * (width + 1);
      for (let d = 0; d < width; d++) gradient[row + d] += error * features[i * width + d];
      gradient[row + width] += error;
    }
  }
  let norm = 0;
  for (let c = 0; c < classes; c++)
    for (let d = 0, at = c * (width + 1); d < width; d++, at++) {
      norm += values[at] ** 2;
      gradient[at] += penalty * values[at];
    }
  return loss / labels.length + (penalty * norm) / 2;
}

interface Correction {
  readonly step: Float64Array;
  readonly change: Float64Array;
  readonly curvature: number;
}

/** −H · gradient, with the inverse Hessian H that the corrections represent (algorithm 7.4). */
function direction(gradient: Float64Array, corrections: readonly Correction[]): Float64Array {
  const out = gradient.map((value) => -value);
  const shares: number[] = [];
  for (const { step, change, curvature } of corrections.toReversed()) {
    const share = dot(step, out) / curvature;
    shares.push(share);
    axpy(out, -share, change);
  }
  const last = corrections.at(-1);
  if (last) {
    const scale = last.curvature / dot(last.change, last.change);
    for (let i = 0; i < out.length; i++) out[i] *= scale;
  }
  for (const { step, change, curvature } of corrections)
    axpy(out, (shares.pop() ?? 0) - dot(change, out) / curvature, step);
  return out;
}

/** Fits the classifier with the lowest loss to the images; without images, it is the starting point. */
export async function fitClassifier(
  data: LabelledFeatures,
  { classes, penalty, start, steps = 100, between = () => Promise.resolve() }: FitOptions,
): Promise<LinearClassifier> {
  const { width } = data;
  let values = start ? start.values.slice() : new Float64Array(classes * (width + 1));
  let gradient = new Float64Array(values.length);
  let loss = objective({ classes, width, values }, data, penalty, gradient);
  const corrections: Correction[] = [];
  for (let step = 0; step < steps; step++) {
    await between();
    if (gradient.every((value) => Math.abs(value) <= FLAT)) break;
    const along = direction(gradient, corrections);
    const slope = dot(gradient, along);
    // The first step has no curvature estimate to scale it.
    let length = corrections.length > 0 ? 1 : Math.min(1, 1 / Math.sqrt(dot(gradient, gradient)));
    let next = values;
    const nextGradient = new Float64Array(values.length);
    let nextLoss = Infinity;
    for (let halving = 0; halving < HALVINGS && !(nextLoss <= loss + SUFFICIENT * length * slope); halving++) {
      if (halving > 0) length /= 2;
      next = values.slice();
      axpy(next, length, along);
      nextLoss = objective({ classes, width, values: next }, data, penalty, nextGradient);
    }
    if (!(nextLoss < loss)) break; // no further decrease beyond rounding
    const moved = next.map((value, i) => value - values[i]);
    const change = nextGradient.map((value, i) => value - gradient[i]);
    const curvature = dot(moved, change);
    if (curvature > 0) corrections.push({ step: moved, change, curvature });
    if (corrections.length > MEMORY) corrections.shift();
    values = next;
    gradient = nextGradient;
    loss = nextLoss;
  }
  return { classes, width, values };
}

export interface Classified {
  /** [images]: class of the largest logit, the first of equal ones; −1 where a logit is NaN. */
  readonly predicted: Int32Array;
  /** [images]: cross-entropy. */
  readonly loss: Float32Array;
}

/** Classes and losses of images, in their order. @param features as wide as those that the classifier was fitted to @param labels decide the loss alone */
export function classify(classifier: LinearClassifier, { features, labels }: LabelledFeatures): Classified {
  const logits = new Float64Array(classifier.classes);
  const predicted = new Int32Array(labels.length);
  const loss = new Float32Array(labels.length);
  for (let i = 0; i < labels.length; i++) {
    logitsOf(classifier, features, i, logits);
    predicted[i] = logits.indexOf(Math.max(...logits));
    loss[i] = softmax(logits, labels[i]);
  }
  return { predicted, loss };
}
