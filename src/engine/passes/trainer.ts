/**
 * Trains a population: all runs advance in one batch, base weights are shared, LoRA is per run. Frozen weights get no gradient, and the
 * backward of a tower ends at the lowest layer that is active in any run. A plan cuts the step to fit the memory; it stays one step.
 */
import type { StepResult, TrainBatch, Trainer, TrainerSpec } from '../engine.ts';
import type { Device } from '../device.ts';
import { attempt } from './attempt.ts';
import { passGradient, type PartScores } from './gradient-pass.ts';
import { doraScales } from './lora.ts';
import { PopulationOptimizer } from './optimizer.ts';
import { perturbation } from './perturbation.ts';
import { createScorer, type Scorer } from './scorer.ts';
import { InputsOfSteps, type StepInputs } from './step-inputs.ts';
import { checkLabels } from './towers.ts';
import type { DeviceBackbone, DeviceVision } from './weights.ts';

/**
 * @param mayRepeat whether steps may repeat the commands of earlier ones, where the device can
 * @throws RangeError when initial adapters, dropout rates or prompts do not fit the layout and backbone.
 */
export function createTrainer<T>(
  device: Device<T>,
  backbone: DeviceBackbone<T>,
  spec: TrainerSpec,
  mayRepeat = true,
): Trainer {
  checkSpec(spec);
  const { layout, scale, initial } = spec;
  const { vision } = backbone;
  const runs = initial.length;
  const pairs = layout.pairs.length;
  const optimizer = new PopulationOptimizer(device, spec);
  const { params: trained, gradients } = optimizer.tensors;
  let scorer: Scorer<T>;
  try {
    scorer = createScorer(device, backbone, spec.objective, layout);
  } catch (error) {
    optimizer.dispose();
    throw error;
  }
  const context = { device, backbone, scorer, spec, gradients };
  const factorsOfB = optimizer.segments.filter(({ factor }) => factor === 'B');
  const usualRates = Float32Array.from(spec.inputDropout);
  const inputsOfSteps = new InputsOfSteps(runs, optimizer.segments.length, spec.plan);
  const perturb = perturbation(device, spec);
  const repeater = mayRepeat ? device.createRepeater?.() : undefined;
  let steps = 0;
  let disposed = false;

  /**
   * (f s) B A = s (f B) A: a pass with factors f is one with f B in place of B, whose gradient is that of B after a multiplication by f.
   * @param at parameters [R, size]
   * @returns the parameters a pass computes with, and what turns its gradients into those of the trained parameters
   */
  const withFactors = (at: T, factors: Float32Array | undefined): { params: T; finish: () => void } => {
    if (!factors || factors.every((factor) => factor === 1)) return { params: at, finish: () => {} };
    const scaled = device.gatherRows(at, Int32Array.from(initial.keys())); // [R, size]
    device.scaleSegments(scaled, factorsOfB, factors);
    return {
      params: scaled,
      finish: () => {
        device.scaleSegments(gradients, factorsOfB, factors);
        device.free(scaled);
      },
    };
  };

  /** Fills the gradients with those at these parameters [R, size]. */
  const backwardAt = (at: T, batch: TrainBatch, { batchSize, passes }: StepInputs): PartScores<T>[] => {
    const { params, finish } = withFactors(at, batch.branchFactors);
    const isOpen = (pair: number) => initial.some((_, run) => batch.gates[run * pairs + pair] !== 0);
    const dora = doraScales(device, backbone, { layout, params, scale }, isOpen);
    const source = { layout, params, scale, dora };
    const state = { batch, batchSize, source, rates: batch.inputDropout ?? usualRates, step: steps };
    device.fillZero(gradients);
    const scores = passes.flatMap((pass) => passGradient(context, pass, state));
    if (dora) device.free(...dora);
    finish();
    return scores;
  };

  /**
   * The operations of a step; the contents of `inputs` may differ when they are repeated. Losses and predictions of every part, and norms [R, 1] last.
   */
  const recordStep = (batch: TrainBatch, inputs: StepInputs): T[] => {
    const scores = backwardAt(trained, batch, inputs);
    const norms = device.rowNorms(gradients); // [R, 1]
    if (perturb) {
      const moved = perturb(trained, gradients); // [R, size]
      for (const { loss, predicted } of backwardAt(moved, batch, inputs)) device.free(loss, predicted);
      device.free(moved);
    }
    optimizer.update(inputs.coefficients);
    return [...scores.flatMap(({ loss, predicted }) => [loss, predicted]), norms];
  };

  const step = async (batch: TrainBatch, readsLater = false): Promise<StepResult> => {
    const batchSize = checkedBatchSize(batch, spec, vision);
    const { inputs, key } = inputsOfSteps.fill(batch, batchSize);
    inputs.coefficients.set(optimizer.advance(batch));
    const record = () => attempt(device, () => recordStep(batch, inputs));
    // Patches that come with the batch, dropout masks and branch factors lie in new arrays in every step.
    const drops = (batch.inputDropout ?? usualRates).some((rate) => rate > 0);
    const repeatable = repeater && inputs.drawsImages && !drops && !batch.branchFactors;
    const results = repeatable ? repeater.run(key, inputs.all, record) : record();
    const labels = inputs.passes.map(({ parts }) => parts.map((part) => part.labels.slice()));
    steps++;
    const reading = readsLater && device.later ? device.later.readLater(results) : device.readAll(results);
    device.free(...results); // commands run in order: memory is reused only after the reading
    return summarise(await reading, labels, inputs, runs);
  };

  return {
    runs,
    step,
    adapters: () => optimizer.adapters(),
    async save() {
      const step = steps; // before waiting: further steps may be started meanwhile
      return { step, ...(await optimizer.save()) };
    },
    restore(state) {
      optimizer.restore(state);
      steps = state.step;
    },
    dispose() {
      if (disposed) return;
      disposed = true;
      scorer.dispose();
      optimizer.dispose();
    },
  };
}

/** @throws RangeError when initial adapters, dropout, ratios of rates or radii do not fit the layout or one another. */
function checkSpec({ layout, initial, inputDropout, dropoutSeeds, rateRatios, radii, plan }: TrainerSpec): void {
  const runs = initial.length;
  if (runs === 0) throw new RangeError('A population needs at least one run.');
  initial.forEach((vector, run) => {
    if (vector.length !== layout.size)
      throw new RangeError(`Initial adapter ${run} has ${vector.length} values; its layout has ${layout.size}.`);
  });
  if (inputDropout.length !== runs || dropoutSeeds.length !== runs)
    throw new RangeError(`Expected ${runs} dropout rates and seeds, one per run.`);
  checkRates(inputDropout);
  if (rateRatios && (rateRatios.length !== runs || rateRatios.some((ratio) => !(ratio > 0))))
    throw new RangeError(`Expected ${runs} positive ratios of learning rates, got ${rateRatios.join(', ')}.`);
  if (radii && (radii.length !== runs || radii.some((radius) => !(radius >= 0 && radius < Infinity))))
    throw new RangeError(`Expected ${runs} radii of perturbations, got ${radii.join(', ')}.`);
  if (plan && !(plan.runs >= 1 && plan.images >= 1))
    throw new RangeError(`A step of ${plan.runs} runs and ${plan.images} images at a time trains nothing.`);
}

/**
 * Images of a batch per source. Checked before anything is computed: what a device throws in the middle of a pass ends the run.
 * @throws RangeError when the batch does not fit the population or the backbone.
 */
function checkedBatchSize<T>(batch: TrainBatch, spec: TrainerSpec, vision: DeviceVision<T>): number {
  const { gates, patches, labels, sourceOfRun, learningRates, inputDropout, branchFactors } = batch;
  const runs = spec.initial.length;
  const pairs = spec.layout.pairs.length;
  if (gates.length !== runs * pairs) throw new RangeError(`Expected ${runs} × ${pairs} gates, got ${gates.length}.`);
  if (patches instanceof Float32Array && patches.length !== labels.length * vision.patches * vision.patchLength)
    throw new RangeError(`The batch has ${patches.length} patch values for ${labels.length} images.`);
  if (!(patches instanceof Float32Array) && patches.index.length !== labels.length)
    throw new RangeError(`The batch has ${patches.index.length} images and ${labels.length} labels.`);
  checkLabels(labels, spec.objective.classes);
  if (sourceOfRun.length !== runs || learningRates.length !== runs)
    throw new RangeError(`Expected sources and learning rates of ${runs} runs.`);
  if (inputDropout && inputDropout.length !== runs) throw new RangeError(`Expected dropout rates of ${runs} runs.`);
  if (inputDropout) checkRates(inputDropout);
  if (branchFactors && branchFactors.length !== runs * pairs)
    throw new RangeError(`Expected ${runs} × ${pairs} branch factors, got ${branchFactors.length}.`);
  const sources = Math.max(...sourceOfRun) + 1;
  if (labels.length === 0 || labels.length % sources !== 0)
    throw new RangeError(`${labels.length} images do not divide into ${sources} sources.`);
  return labels.length / sources;
}

function checkRates(rates: ArrayLike<number>): void {
  for (let run = 0; run < rates.length; run++)
    if (!(rates[run] >= 0 && rates[run] < 1))
      throw new RangeError(`The dropout rate of run ${run} is ${rates[run]}; it must lie in [0, 1).`);
}

/**
 * @param values losses and predictions of every part of every pass, and the norms of the gradients
 * @param labels [passes][parts][runs of the pass · images]
 */
function summarise(
  values: readonly Float32Array[],
  labels: readonly (readonly Int32Array[])[],
  { passes, batchSize }: StepInputs,
  runs: number,
): StepResult {
  const loss = new Float64Array(runs);
  const accuracy = new Float32Array(runs);
  let next = 0;
  passes.forEach(({ firstRun, parts, runs: ofPass }, p) => {
    parts.forEach(({ count }, part) => {
      const [losses, predictions] = [values[next++], values[next++]];
      for (let i = 0; i < ofPass * count; i++) {
        const run = firstRun + Math.floor(i / count);
        loss[run] += losses[i];
        if (predictions[i] === labels[p][part][i]) accuracy[run]++;
      }
    });
  });
  return {
    loss: Float32Array.from(loss, (sum) => sum / batchSize),
    accuracy: accuracy.map((correct) => correct / batchSize),
    gradientNorm: values[next],
  };
}
