/**
 * Trains a population: all runs advance in one batch, base weights are shared, LoRA is per run. Frozen weights get no gradient, and the
 * backward of a tower ends at the lowest layer that is active in any run. A plan cuts the step to fit the memory; it stays one step.
 */
import type { StepResult, TrainBatch, Trainer, TrainerSpec } from '../engine.ts';
import type { Device } from '../device.ts';
import { attempt } from './attempt.ts';
import { PopulationOptimizer } from './optimizer.ts';
import { perturbation } from './perturbation.ts';
import { populationGradients } from './population-gradients.ts';
import { createScorer, type Scorer } from './scorer.ts';
import { InputsOfSteps, type StepInputs } from './step-inputs.ts';
import { checkedBatchSize, checkSpec } from './trainer-checks.ts';
import type { DeviceBackbone } from './weights.ts';

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
  const runs = spec.initial.length;
  const optimizer = new PopulationOptimizer(device, spec);
  const { params: trained, gradients } = optimizer.tensors;
  let scorer: Scorer<T>;
  try {
    scorer = createScorer(device, backbone, spec.objective, spec.layout);
  } catch (error) {
    optimizer.dispose();
    throw error;
  }
  const backwardAt = populationGradients({ device, backbone, scorer, spec, gradients }, optimizer.segments);
  const usualRates = Float32Array.from(spec.inputDropout);
  const inputsOfSteps = new InputsOfSteps(runs, optimizer.segments.length, spec.plan);
  const perturb = perturbation(device, spec);
  const repeater = mayRepeat ? device.createRepeater?.() : undefined;
  let steps = 0;
  let disposed = false;

  /**
   * The operations of a step; the contents of `inputs` may differ when they are repeated. Losses and predictions of every part, and norms [R, 1] last.
   */
  const recordStep = (batch: TrainBatch, inputs: StepInputs): T[] => {
    const scores = backwardAt(trained, batch, inputs, steps);
    const norms = device.rowNorms(gradients); // [R, 1]
    if (perturb) {
      const moved = perturb(trained, gradients); // [R, size]
      for (const { loss, predicted } of backwardAt(moved, batch, inputs, steps)) device.free(loss, predicted);
      device.free(moved);
    }
    optimizer.update(inputs.coefficients);
    return [...scores.flatMap(({ loss, predicted }) => [loss, predicted]), norms];
  };

  const step = async (batch: TrainBatch, readsLater = false): Promise<StepResult> => {
    const batchSize = checkedBatchSize(batch, spec, backbone.vision);
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
