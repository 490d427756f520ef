/** The plain model in TensorFlow.js's own operations as a contender: one run and one variant at a time. */
import * as tf from '@tensorflow/tfjs-core';
import type { ContenderAnswer } from './answers.ts';
import { createPlainEvaluator } from '../plain/plain-evaluation.ts';
import { createPlainTrainer } from '../plain/plain-training.ts';
import type { Contender, Work } from './contender.ts';
import type { ContenderFacts } from './measurement.ts';
import { keptInTurns, LEARNING_RATE, noise, shifting, type EvaluationProblem, type StepProblem } from './problem.ts';
import { setUp } from './set-up.ts';
import { CALLS, COPIED, COPY_GIGABYTES, LANDSCAPE, SHAPLEY, TRIP, type ProductShape, type TaskId } from './tasks.ts';

/** Values that are read back of a large result. */
const READ_ROWS = 2;
const GIGABYTES: Partial<Readonly<Record<TaskId, number>>> = { copy: COPY_GIGABYTES, 'vit-step': 4 };
/** Between variants that follow one another: odd, so that all of them come, and far apart. */
const STRIDE = 1365;

/** One run and one variant at a time. */
const PIECES: Partial<Readonly<Record<TaskId, number>>> = {
  'step-4': 4,
  landscape: LANDSCAPE.points,
  shapley: SHAPLEY.coalitions,
};

/** @param release what is done with a result */
function operation(
  apply: () => tf.Tensor2D,
  inputs: readonly tf.Tensor[],
  release: (result: tf.Tensor) => void = (result) => result.dispose(),
): Work {
  let first: Float32Array | null = null;
  return {
    async run(pieces) {
      for (let i = 1; i < pieces; i++) release(tf.tidy(apply));
      const result = tf.tidy(apply);
      const rows = tf.slice(result, [0, 0], [READ_ROWS, -1]);
      release(result);
      const values = await rows.data<'float32'>();
      rows.dispose();
      first ??= values;
    },
    answer: () => Promise.resolve([first ?? new Float32Array()]),
    dispose: () => inputs.forEach((input) => input.dispose()),
  };
}

function productWork({ rows, inputs, outputs }: ProductShape): Work {
  const x = tf.tensor2d(noise(rows * inputs), [rows, inputs]);
  // As the engine has it: [outputs, inputs], transposed once.
  const weight = tf.tidy(() => tf.transpose<tf.Tensor2D>(tf.tensor2d(noise(inputs * outputs), [outputs, inputs])));
  return operation(() => tf.matMul(x, weight), [x, weight]);
}

/** No value is negative, so that relu copies: it reads and writes every one once. */
function copyWork(): Work {
  const { rows, columns, tensors } = COPIED;
  const values = noise(rows * columns).map(Math.abs);
  const sources = Array.from({ length: tensors }, () => tf.tensor2d(values, [rows, columns]));
  const copies = keptInTurns(
    tensors,
    (at) => tf.relu(sources[at]),
    (copy) => copy.dispose(),
  );
  const work = operation(copies.next, sources, () => {}); // copies are kept until they are made anew
  return {
    ...work,
    dispose() {
      work.dispose();
      copies.dispose();
    },
  };
}

function callWork(): Work {
  const { count, rows, width } = CALLS;
  const x = tf.tensor2d(noise(rows * width), [rows, width]);
  const weight = tf.tidy(() => tf.transpose<tf.Tensor2D>(tf.tensor2d(shifting(width), [width, width])));
  const apply = (): tf.Tensor2D => {
    let y: tf.Tensor2D = tf.matMul(x, weight);
    for (let i = 1; i < count; i++) y = tf.matMul(y, weight);
    return y;
  };
  return operation(apply, [x, weight]);
}

/** One run of the population at a time. */
function stepWork({ model, images, initial }: StepProblem): Work {
  const { backbone, objective, layout, scale } = model;
  const trainer = createPlainTrainer(backbone, objective, layout, scale, initial[0], LEARNING_RATE);
  let firstLoss: number | null = null;
  return {
    async run(pieces) {
      const started = Array.from({ length: pieces }, () => trainer.step(images.patches, images.labels));
      const [loss] = await Promise.all(started);
      firstLoss ??= loss;
    },
    answer: async (): Promise<ContenderAnswer> => [Float32Array.of(firstLoss ?? NaN), await trainer.firstGradient()],
    dispose: () => trainer.dispose(),
  };
}

function evaluationWork({ model, images, variants, compared }: EvaluationProblem): Work {
  const { backbone, objective, layout, scale } = model;
  const evaluator = createPlainEvaluator(backbone, objective, layout, scale, images.patches, images.labels);
  let losses: Float32Array | null = null;
  let next = compared;
  return {
    async run(pieces) {
      for (let i = 0; i < pieces; i++) {
        const found = await evaluator.evaluate(variants[next]);
        losses ??= found;
        next = (next + STRIDE) % variants.length;
      }
    },
    answer: () => Promise.resolve([losses ?? new Float32Array()]),
    dispose: () => evaluator.dispose(),
  };
}

const KINDS = { product: productWork, copy: copyWork, calls: callWork, step: stepWork, evaluation: evaluationWork };

/** @param select makes the backend of TensorFlow.js the current one */
export function plainContender(facts: ContenderFacts, select: Contender['select']): Contender {
  return {
    facts,
    memoryOf: (task) => GIGABYTES[task] ?? 0,
    perTask: (task) => PIECES[task] ?? 1,
    select,
    async roundTrip() {
      const y = tf.tidy(() => tf.relu(tf.zeros([TRIP.rows, TRIP.columns])));
      await y.data();
      y.dispose();
    },
    prepare: (task) => Promise.resolve(setUp(task, KINDS)),
    dispose: () => undefined,
  };
}
