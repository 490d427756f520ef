/** What a population is given fits its layout, its backbone and itself. */
import type { TrainBatch, TrainerSpec } from '../engine.ts';
import { checkLabels } from './towers.ts';
import type { DeviceVision } from './weights.ts';

/** @throws RangeError when initial adapters, dropout, ratios of rates or radii do not fit the layout or one another. */
export function checkSpec({ layout, initial, inputDropout, dropoutSeeds, rateRatios, radii, plan }: TrainerSpec): void {
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
export function checkedBatchSize<T>(batch: TrainBatch, spec: TrainerSpec, vision: DeviceVision<T>): number {
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
