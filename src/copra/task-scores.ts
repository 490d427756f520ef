/** Scores of one adapter on several tasks at once, from logits over the classes of all of them. */

import { argmax } from '../core/argmax.ts';

/** Images and classes of several tasks, one task after the other. */
export interface ManyTasks {
  /** [tasks]: number of classes. */
  readonly classes: readonly number[];
  /** [tasks]: number of images. */
  readonly images: readonly number[];
  /** [all images]: label among the classes of the image's own task. */
  readonly labels: Int32Array;
}

export interface TaskScores {
  /** [tasks]: accuracy with the classes of the image's own task as candidates. */
  readonly own: number[];
  /** [tasks]: accuracy with the classes of all tasks as candidates; never above `own`. */
  readonly joint: number[];
  /** [tasks]: mean cross-entropy among the classes of the image's own task, nats. */
  readonly loss: number[];
  /** [all images]: 1 where the answer among the classes of the image's task is right. */
  readonly correct: Uint8Array;
}

/** Cross-entropy of the answer at `right` among those of `row[from … to)`, nats. */
function crossEntropy(row: Float32Array | Float64Array, from: number, to: number, right: number): number {
  const largest = row[argmax(row, from, to)];
  let sum = 0;
  for (let c = from; c < to; c++) sum += Math.exp(row[c] - largest);
  return largest + Math.log(sum) - row[right];
}

/** @param logits [all images, all classes], row-major */
export function taskScores(logits: Float32Array | Float64Array, { classes, images, labels }: ManyTasks): TaskScores {
  const width = classes.reduce((sum, count) => sum + count, 0);
  const own: number[] = [];
  const correct = new Uint8Array(labels.length);
  const joint: number[] = [];
  const loss: number[] = [];
  let image = 0;
  let first = 0;
  images.forEach((count, task) => {
    let ownCorrect = 0;
    let jointCorrect = 0;
    let losses = 0;
    for (const end = image + count; image < end; image++) {
      const from = image * width;
      const own = from + first;
      const right = own + labels[image];
      correct[image] = Number(argmax(logits, own, own + classes[task]) === right);
      losses += crossEntropy(logits, own, own + classes[task], right);
      ownCorrect += correct[image];
      if (argmax(logits, from, from + width) === right) jointCorrect++;
    }
    own.push(ownCorrect / count);
    joint.push(jointCorrect / count);
    loss.push(losses / count);
    first += classes[task];
  });
  return { own, joint, loss, correct };
}

/** Mean of the logits of several adapters. @param logits [adapters, …], `adapters` blocks of equal length */
export function meanLogits(logits: Float32Array, adapters: number): Float64Array {
  const length = logits.length / adapters;
  const mean = new Float64Array(length);
  for (let i = 0; i < logits.length; i++) mean[i % length] += logits[i] / adapters;
  return mean;
}
