/** Our engine as a contender: with kernels of its own, or with its passes composed of stock operations. */
import { allGates } from '../../core/adapter-layout.ts';
import { evaluationBudget } from '../budget.ts';
import type { Device } from '../device.ts';
import { ADAMW, type Engine, type TrainBatch } from '../engine.ts';
import { createDeviceEngine } from '../passes/device-engine.ts';
import type { Contender, Work } from './contender.ts';
import { CONTENDERS } from './contenders.ts';
import { measuredSpec } from './measured-training.ts';
import type { ContenderFacts } from './measurement.ts';
import { keptInTurns, LEARNING_RATE, noise, shifting, type EvaluationProblem, type StepProblem } from './problem.ts';
import { setUp } from './set-up.ts';
import { CALLS, COPIED, COPY_GIGABYTES, TRIP, type ProductShape, type TaskId } from './tasks.ts';

/** Values that are read back of a large result. */
const READ_ROWS = 2;
const GIGABYTES: Partial<Readonly<Record<TaskId, number>>> = { copy: COPY_GIGABYTES, 'vit-step': 2 };
/** Stock operations take so long for all sets that a part has to tell. */
const STOCK_PIECES: Partial<Readonly<Record<TaskId, number>>> = { shapley: 8 };

/** The first rows of a tensor, which wait for all that was recorded before. */
async function firstRows<T>(device: Device<T>, tensor: T): Promise<Float32Array> {
  const part = device.gatherRows(
    tensor,
    Int32Array.from({ length: READ_ROWS }, (_, row) => row),
  );
  const values = await device.read(part);
  device.free(part);
  return values;
}

/** Only the last result is read. @param release what is done with a result */
function operation<T>(
  device: Device<T>,
  apply: () => T,
  free: () => void,
  release: (result: T) => void = (result) => device.free(result),
): Work {
  let first: Float32Array | null = null;
  return {
    async run(pieces) {
      for (let i = 1; i < pieces; i++) release(apply());
      const result = apply();
      const rows = await firstRows(device, result);
      release(result);
      first ??= rows;
    },
    answer: () => Promise.resolve([first ?? new Float32Array()]),
    dispose: free,
  };
}

function productWork<T>(device: Device<T>, { rows, inputs, outputs }: ProductShape): Work {
  const map = device.linear({
    weight: noise(inputs * outputs),
    bias: null,
    inFeatures: inputs,
    outFeatures: outputs,
  });
  const x = device.upload(noise(rows * inputs), rows, inputs);
  const groups = { count: 1, rowsPerGroup: rows };
  return operation(
    device,
    () => device.applyLinear(x, map, groups, null, null),
    () => {
      device.free(x);
      device.freeLinear(map);
    },
  );
}

function copyWork<T>(device: Device<T>): Work {
  const { rows, columns, tensors } = COPIED;
  const values = noise(rows * columns).map(Math.abs);
  const sources = Array.from({ length: tensors }, () => device.upload(values, rows, columns));
  const copies = keptInTurns(
    tensors,
    (at) => device.gatherGroups(sources[at], Int32Array.of(0), rows),
    (copy) => device.free(copy),
  );
  return operation(
    device,
    copies.next,
    () => {
      device.free(...sources);
      copies.dispose();
    },
    () => {}, // kept until it is made anew
  );
}

function callWork<T>(device: Device<T>): Work {
  const { count, rows, width } = CALLS;
  const map = device.linear({ weight: shifting(width), bias: null, inFeatures: width, outFeatures: width });
  const x = device.upload(noise(rows * width), rows, width);
  const groups = { count: 1, rowsPerGroup: rows };
  const apply = (): T => {
    let y = device.applyLinear(x, map, groups, null, null);
    for (let i = 1; i < count; i++) {
      const next = device.applyLinear(y, map, groups, null, null);
      device.free(y);
      y = next;
    }
    return y;
  };
  return operation(device, apply, () => {
    device.free(x);
    device.freeLinear(map);
  });
}

function stepWork(engine: Engine, { model, images, batch, initial }: StepProblem): Work {
  const { backbone, objective, layout, scale } = model;
  engine.load(backbone);
  const runs = initial.length;
  const trainer = engine.createTrainer(measuredSpec({ objective, layout, scale, initial }));
  const held = engine.trainingImages(images.pixels);
  const order = Int32Array.from({ length: batch }, (_, i) => i);
  const everyRun = (values: Int32Array) => Int32Array.from({ length: runs * batch }, (_, i) => values[i % batch]);
  const patches: TrainBatch['patches'] = held
    ? { images: held, index: everyRun(order), augmentation: null }
    : repeated(images.patches, runs);
  const input: TrainBatch = {
    patches,
    labels: everyRun(images.labels),
    sourceOfRun: initial.map((_, run) => run),
    gates: Uint8Array.from(initial.flatMap(() => [...allGates(layout)])),
    learningRates: new Float32Array(runs).fill(LEARNING_RATE),
  };
  let firstLoss: number | null = null;
  return {
    async run(pieces) {
      const [{ loss }] = await Promise.all(Array.from({ length: pieces }, () => trainer.step(input)));
      firstLoss ??= loss[0];
    },
    async answer() {
      const { firstMoments } = await trainer.save();
      return [Float32Array.of(firstLoss ?? NaN), firstMoments[0].map((moment) => moment / (1 - ADAMW.beta1))];
    },
    dispose() {
      trainer.dispose();
      held?.dispose();
    },
  };
}

function repeated(values: Float32Array, times: number): Float32Array {
  const all = new Float32Array(times * values.length);
  for (let i = 0; i < times; i++) all.set(values, i * values.length);
  return all;
}

/** @param parts pieces of the whole, each of variants that follow one another: sets in a row share their lowest layers, so that little is done twice */
function evaluationWork(engine: Engine, { model, images, variants, compared }: EvaluationProblem, parts: number): Work {
  const { backbone, objective, layout, scale } = model;
  engine.load(backbone);
  const evaluator = engine.createEvaluator({ objective, layout, scale });
  const set = evaluator.imageSet(images.patches, images.labels);
  const length = Math.ceil(variants.length / parts);
  let losses: Float32Array | null = null;
  let next = Math.floor(compared / length);
  return {
    async run(pieces) {
      for (let i = 0; i < pieces; i++) {
        const { loss } = await evaluator.evaluate(variants.slice(next * length, (next + 1) * length), set);
        const at = compared - next * length;
        losses ??= loss.slice(at * set.count, (at + 1) * set.count);
        next = (next + 1) % parts;
      }
    },
    answer: () => Promise.resolve([losses ?? new Float32Array()]),
    dispose() {
      set.dispose();
      evaluator.dispose();
    },
  };
}

/** Takes the device over. @param select called before each use of the device */
export function ownContender<T>(facts: ContenderFacts, device: Device<T>, select: Contender['select']): Contender {
  const engine = createDeviceEngine(device, evaluationBudget(device.info));
  const perTask = (task: TaskId): number => (CONTENDERS[facts.id].program === 'passes' ? (STOCK_PIECES[task] ?? 1) : 1);
  const kinds = {
    product: (shape: ProductShape) => productWork(device, shape),
    copy: () => copyWork(device),
    calls: () => callWork(device),
    step: (problem: StepProblem) => stepWork(engine, problem),
    evaluation: (problem: EvaluationProblem, task: TaskId) => evaluationWork(engine, problem, perTask(task)),
  };
  return {
    facts,
    memoryOf: (task) => GIGABYTES[task] ?? 0,
    perTask,
    select,
    async roundTrip() {
      const x = device.upload(new Float32Array(TRIP.rows * TRIP.columns), TRIP.rows, TRIP.columns);
      const y = device.gatherGroups(x, Int32Array.of(0), TRIP.rows);
      await firstRows(device, y);
      device.free(x, y);
    },
    prepare: (task) => Promise.resolve(setUp(task, kinds)),
    dispose: () => engine.dispose(),
  };
}
