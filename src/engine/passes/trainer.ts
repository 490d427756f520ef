/**
 * Trains a population: all runs advance in one batch, base weights are shared, LoRA is per run. Frozen weights get no gradient, and the
 * backward of a tower ends at the lowest layer that is active in any run.
 */
import type { StepResult, TrainBatch, Trainer, TrainerSpec, TrainerState } from '../engine.ts';
import type { Device } from '../device.ts';
import { blockBackward, blockForward, type BlockSaved } from './block.ts';
import { doraScales } from './dora.ts';
import { passLora, type PassLora } from './lora.ts';
import {
  adamwCoefficients,
  createOptimizerTensors,
  decayOf,
  factorSegments,
  freeOptimizerTensors,
  joinSlots,
  splitSlots,
  unitCount,
  type FactorSegment,
} from './optimizer.ts';
import { createScorer, type Scorer } from './scorer.ts';
import { InputsOfSteps, type StepInputs } from './step-inputs.ts';
import { checkLabels, embedImages, visionShape } from './towers.ts';
import { drawnPatches } from './training-images.ts';
import type { DeviceBackbone } from './weights.ts';

/** @throws RangeError when initial adapters, dropout rates or prompts do not fit the layout and backbone. */
export function createTrainer<T>(device: Device<T>, backbone: DeviceBackbone<T>, spec: TrainerSpec): Trainer {
  const { layout, scale, optimizer, initial } = spec;
  const runs = initial.length;
  const pairs = layout.pairs.length;
  if (runs === 0) throw new RangeError('A population needs at least one run.');
  initial.forEach((vector, run) => {
    if (vector.length !== layout.size)
      throw new RangeError(`Initial adapter ${run} has ${vector.length} values; its layout has ${layout.size}.`);
  });
  if (spec.inputDropout.length !== runs || spec.dropoutSeeds.length !== runs)
    throw new RangeError(`Expected ${runs} dropout rates and seeds, one per run.`);
  checkRates(spec.inputDropout);
  const ratios = spec.rateRatios ?? initial.map(() => 1);
  if (ratios.length !== runs || ratios.some((ratio) => !(ratio > 0)))
    throw new RangeError(`Expected ${runs} positive ratios of learning rates, got ${ratios.join(', ')}.`);

  const { vision } = backbone;
  const layers = vision.blocks.length;
  const segments = factorSegments(layout).filter(({ factor }) => !(spec.frozenA && factor === 'A'));
  const factorsOfB = segments.filter(({ factor }) => factor === 'B');
  const counts = initial.map(() => new Int32Array(unitCount(layout)));
  const decay = Float32Array.from(segments, decayOf);
  const tensors = createOptimizerTensors(device, initial, layout.size);
  let scorer: Scorer<T>;
  try {
    scorer = createScorer(device, backbone, spec.objective, layout);
  } catch (error) {
    freeOptimizerTensors(device, tensors);
    throw error;
  }
  const usualRates = Float32Array.from(spec.inputDropout);
  const inputsOfSteps = new InputsOfSteps(runs, segments.length);
  const repeater = device.createRepeater?.();
  let steps = 0;
  let disposed = false;

  const patchesOf = ({ patches, labels }: TrainBatch, { drawn }: StepInputs): T =>
    patches instanceof Float32Array || !drawn
      ? device.upload(patches as Float32Array, labels.length * vision.patches, vision.patchLength)
      : drawnPatches(device, drawn);

  const forwardVision = (batch: TrainBatch, lora: PassLora<T>, inputs: StepInputs) => {
    const { batchSize } = inputs;
    const patches = patchesOf(batch, inputs);
    const embedded = embedImages(device, vision, patches); // [sources·B·T, D]
    device.free(patches);
    let x = device.gatherGroups(embedded, Int32Array.from(batch.sourceOfRun), batchSize * vision.tokens); // [R·B·T, D]
    device.free(embedded);
    const lowest = Math.min(...lora.lowestLayer);
    const saved: (BlockSaved<T> | null)[] = [];
    vision.blocks.forEach((block, layer) => {
      const shape = visionShape(vision, runs, batchSize, layer);
      const forward = blockForward(device, block, x, shape, lora.blocks[layer], layer >= lowest);
      if (!forward.saved) device.free(x);
      saved.push(forward.saved);
      x = forward.y;
    });
    return { pooled: x, saved }; // pooled [R·B, D]
  };

  const backwardVision = (dPooled: T, saved: (BlockSaved<T> | null)[], lora: PassLora<T>, batchSize: number): void => {
    const lowest = Math.min(...lora.lowestLayer);
    let dx: T | null = dPooled;
    for (let layer = layers - 1; layer >= lowest && dx; layer--) {
      const live = Uint8Array.from(lora.lowestLayer, (l) => (l <= layer ? 1 : 0));
      const shape = visionShape(vision, runs, batchSize, layer);
      const block = saved[layer];
      if (!block) throw new Error(`Vision layer ${layer} kept no activations for its backward.`);
      dx = blockBackward(
        device,
        vision.blocks[layer],
        dx,
        block,
        shape,
        lora.blocks[layer],
        tensors.gradients,
        live,
        layer > lowest,
      );
    }
  };

  /** Checked before anything is computed: a device that throws in the middle of a pass leaves its tensors behind. */
  const checkBatch = ({ gates, patches, labels, sourceOfRun, learningRates, ...rest }: TrainBatch): number => {
    if (gates.length !== runs * pairs) throw new RangeError(`Expected ${runs} × ${pairs} gates, got ${gates.length}.`);
    if (patches instanceof Float32Array && patches.length !== labels.length * vision.patches * vision.patchLength)
      throw new RangeError(`The batch has ${patches.length} patch values for ${labels.length} images.`);
    if (!(patches instanceof Float32Array) && patches.index.length !== labels.length)
      throw new RangeError(`The batch has ${patches.index.length} images and ${labels.length} labels.`);
    checkLabels(labels, spec.objective.classes);
    if (sourceOfRun.length !== runs || learningRates.length !== runs)
      throw new RangeError(`Expected sources and learning rates of ${runs} runs.`);
    if (rest.inputDropout && rest.inputDropout.length !== runs)
      throw new RangeError(`Expected dropout rates of ${runs} runs.`);
    if (rest.inputDropout) checkRates(rest.inputDropout);
    if (rest.branchFactors && rest.branchFactors.length !== runs * pairs)
      throw new RangeError(`Expected ${runs} × ${pairs} branch factors, got ${rest.branchFactors.length}.`);
    const sources = Math.max(...sourceOfRun) + 1;
    if (labels.length === 0 || labels.length % sources !== 0)
      throw new RangeError(`${labels.length} images do not divide into ${sources} sources.`);
    return labels.length / sources;
  };

  /**
   * (f s) B A = s (f B) A: a pass with factors f is one with f B in place of B, whose gradient is that of B after a multiplication by f.
   * @returns the parameters a pass computes with, and what turns its gradients into those of the trained parameters
   */
  const withFactors = (factors: Float32Array | undefined): { params: T; finish: () => void } => {
    if (!factors || factors.every((factor) => factor === 1)) return { params: tensors.params, finish: () => {} };
    const scaled = device.gatherRows(tensors.params, Int32Array.from(initial.keys())); // [R, size]
    device.scaleSegments(scaled, factorsOfB, factors);
    return {
      params: scaled,
      finish: () => {
        device.scaleSegments(tensors.gradients, factorsOfB, factors);
        device.free(scaled);
      },
    };
  };

  /** The operations of a step; everything of `inputs` may be other the next time. Losses and predictions [R·B, 1], norms [R, 1]. */
  const recordStep = (batch: TrainBatch, inputs: StepInputs): T[] => {
    const slotOf = (run: number, pair: number) => (batch.gates[run * pairs + pair] ? run : -1);
    const { params, finish } = withFactors(batch.branchFactors);
    const isOpen = (pair: number) => initial.some((_, run) => slotOf(run, pair) >= 0);
    const dora = doraScales(device, backbone, { layout, params, scale }, isOpen);
    const source = { layout, params, scale, dora };
    const dropout = { rates: batch.inputDropout ?? usualRates, seeds: spec.dropoutSeeds, step: steps };
    const visionLora = passLora(source, 'vision', layers, runs, slotOf, dropout);
    const visionActive = visionLora.lowestLayer.some((layer) => layer < layers);

    device.fillZero(tensors.gradients);
    const { pooled, saved } = forwardVision(batch, visionLora, inputs);
    const { loss, predicted, dPooled } = scorer.trainStep(
      pooled,
      inputs.labels,
      runs,
      slotOf,
      source,
      tensors.gradients,
      visionActive,
      dropout,
    );
    if (dPooled) backwardVision(dPooled, saved, visionLora, inputs.batchSize);
    if (dora) device.free(...dora);
    finish();
    const norms = device.rowNorms(tensors.gradients); // [R, 1]
    device.adamw(
      tensors.params,
      tensors.gradients,
      tensors.firstMoments,
      tensors.secondMoments,
      segments,
      inputs.coefficients,
      { ...optimizer, decay },
    );
    return [loss, predicted, norms];
  };

  const step = async (batch: TrainBatch): Promise<StepResult> => {
    const batchSize = checkBatch(batch);
    const { inputs, key } = inputsOfSteps.fill(batch, batchSize);
    const isActive = (run: number, unit: number) => unit >= pairs || batch.gates[run * pairs + unit] !== 0;
    const rateOf = (run: number, factor: FactorSegment['factor']) =>
      batch.learningRates[run] * (factor === 'B' ? ratios[run] : 1);
    inputs.coefficients.set(adamwCoefficients(counts, segments, isActive, rateOf, optimizer));
    const record = () => recordStep(batch, inputs);
    // Patches that come with the batch, dropout masks and branch factors are no inputs that stay where they are.
    const drops = (batch.inputDropout ?? usualRates).some((rate) => rate > 0);
    const repeatable = repeater && inputs.drawn && !drops && !batch.branchFactors;
    const results = repeatable ? repeater.run(key, inputs.all, record) : record();
    const labels = inputs.labels.slice();
    steps++;
    const reading = device.readAll(results);
    device.free(...results); // commands are executed in order: whatever takes their place comes after the reading
    const [losses, predictions, gradientNorm] = await reading;
    return summarise(losses, predictions, labels, gradientNorm, runs);
  };

  return {
    runs,
    step,
    adapters: async () => splitSlots(await device.read(tensors.params), runs),
    save: async (): Promise<TrainerState> => {
      // Taken before waiting: further steps may be started meanwhile.
      const now = { step: steps, counts: counts.map((count) => count.slice()) };
      const { params, firstMoments, secondMoments } = tensors;
      const [adapters, first, second] = await device.readAll([params, firstMoments, secondMoments]);
      return {
        ...now,
        adapters: splitSlots(adapters, runs),
        firstMoments: splitSlots(first, runs),
        secondMoments: splitSlots(second, runs),
      };
    },
    restore: (state) => {
      device.write(tensors.params, joinSlots(state.adapters));
      device.write(tensors.firstMoments, joinSlots(state.firstMoments));
      device.write(tensors.secondMoments, joinSlots(state.secondMoments));
      state.counts.forEach((count, run) => counts[run].set(count));
      steps = state.step;
    },
    dispose: () => {
      if (disposed) return;
      disposed = true;
      scorer.dispose();
      freeOptimizerTensors(device, tensors);
    },
  };
}

function checkRates(rates: ArrayLike<number>): void {
  for (let run = 0; run < rates.length; run++)
    if (!(rates[run] >= 0 && rates[run] < 1))
      throw new RangeError(`The dropout rate of run ${run} is ${rates[run]}; it must lie in [0, 1).`);
}

function summarise(
  losses: Float32Array,
  predictions: Float32Array,
  labels: Int32Array,
  gradientNorm: Float32Array,
  runs: number,
): StepResult {
  const batchSize = labels.length / runs;
  const loss = new Float32Array(runs);
  const accuracy = new Float32Array(runs);
  for (let run = 0; run < runs; run++) {
    let sum = 0;
    let correct = 0;
    for (let i = run * batchSize; i < (run + 1) * batchSize; i++) {
      sum += losses[i];
      if (predictions[i] === labels[i]) correct++;
    }
    loss[run] = sum / batchSize;
    accuracy[run] = correct / batchSize;
  }
  return { loss, accuracy, gradientNorm };
}
