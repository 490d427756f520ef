/**
 * The gradient of some runs of a batch at given parameters: a forward and a backward for every part of their images. Gradients are summed on the device in
 * the order of the parts, so a batch in parts has the gradient of the whole batch up to rounding.
 */
import type { TrainBatch, TrainerSpec } from '../engine.ts';
import type { Device } from '../device.ts';
import { rowsPerSequence } from './block.ts';
import { blocksBackward, blocksForward } from './blocks.ts';
import { passLora, type LoraSource } from './lora.ts';
import type { Scorer } from './scorer.ts';
import type { BatchPart, RunPass } from './step-inputs.ts';
import { embedImages, visionShape } from './towers.ts';
import { drawnPatches } from './training-images.ts';
import type { DeviceBackbone } from './weights.ts';

/** What stays the same from step to step. */
export interface GradientContext<T> {
  readonly device: Device<T>;
  readonly backbone: DeviceBackbone<T>;
  readonly scorer: Scorer<T>;
  readonly spec: TrainerSpec;
  /** [slots, size]: gradients are added here. */
  readonly gradients: T;
}

/** What all passes of a step share. */
export interface StepState<T> {
  readonly batch: TrainBatch;
  readonly batchSize: number;
  readonly source: LoraSource<T>;
  /** [runs] */
  readonly rates: Float32Array;
  /** Steps before this one: part of the dropout masks. */
  readonly step: number;
}

/** Of the images of one part, [runs of the pass · count, 1] each. */
export interface PartScores<T> {
  readonly loss: T;
  readonly predicted: T;
}

/** What a part reads of the values [sources, batch, perImage] of a batch; copied only where it does not lie together. */
function partOf(
  values: Float32Array,
  perImage: number,
  batchSize: number,
  { sources }: RunPass,
  { first, count }: BatchPart,
): Float32Array {
  const slices = sources.map((source) => {
    const from = source * batchSize + first;
    return values.subarray(from * perImage, (from + count) * perImage);
  });
  if (slices.length === 1) return slices[0];
  const [start] = slices;
  const together = sources.every((source, i) => count === batchSize && source === sources[0] + i);
  if (together) return values.subarray(sources[0] * batchSize * perImage).subarray(0, start.length * slices.length);
  const part = new Float32Array(slices.length * count * perImage);
  slices.forEach((slice, i) => part.set(slice, i * slice.length));
  return part;
}

/** Adds the gradients of a pass of runs. */
export function passGradient<T>(
  { device, backbone, scorer, spec, gradients }: GradientContext<T>,
  pass: RunPass,
  { batch, batchSize, source, rates, step }: StepState<T>,
): PartScores<T>[] {
  const { firstRun, runs, parts } = pass;
  const { layout, plan, dropoutSeeds } = spec;
  const { vision } = backbone;
  const pairs = layout.pairs.length;
  const layers = vision.blocks.length;
  const slotOf = (group: number, pair: number) => {
    const run = firstRun + group;
    return batch.gates[run * pairs + pair] ? run : -1;
  };
  const dropout = {
    rates: rates.subarray(firstRun, firstRun + runs),
    seeds: dropoutSeeds.slice(firstRun, firstRun + runs),
    step,
  };

  /** Token embeddings of every run's images, [runs·count·T, D]. */
  const embed = (part: BatchPart): T => {
    const { patches, patchLength, tokens } = vision;
    const images = pass.sources.length * part.count;
    const pixels =
      batch.patches instanceof Float32Array
        ? device.upload(
            partOf(batch.patches, patches * patchLength, batchSize, pass, part),
            images * patches,
            patchLength,
          )
        : drawnPatches(device, part.drawn ?? batch.patches); // `drawn` holds the arrays that a replay reads again
    const embedded = embedImages(device, vision, pixels); // [sources·count·T, D]
    device.free(pixels);
    const x = device.gatherGroups(embedded, Int32Array.from(pass.sourceOfRun), part.count * tokens);
    device.free(embedded);
    return x;
  };

  const loraOf = ({ first, count }: BatchPart) =>
    passLora(source, 'vision', layers, runs, slotOf, dropout, (layer, projection) => {
      return first * rowsPerSequence(visionShape(vision, runs, count, layer), projection);
    });
  const needVision = loraOf(parts[0]).lowestLayer.some((layer) => layer < layers);
  const scoring = scorer.begin({
    runs,
    firstRun,
    slotOf,
    source,
    gradients,
    needVision,
    dropout,
    gradientScale: 1 / batchSize,
    recomputeBelow: plan?.recomputeBelow.text ?? 0,
  });
  return parts.map((part, index) => {
    const blocks = {
      blocks: vision.blocks,
      shapeOf: (layer: number) => visionShape(vision, runs, part.count, layer),
      lora: loraOf(part),
      recomputeBelow: plan?.recomputeBelow.vision ?? 0,
    };
    const { y: pooled, saved } = blocksForward(device, blocks, embed(part), true); // [runs·count, D]
    const { loss, predicted, dPooled } = scoring.score(pooled, part.labels);
    if (index === parts.length - 1) scoring.finish();
    if (dPooled) blocksBackward(device, blocks, dPooled, saved, gradients);
    return { loss, predicted };
  });
}
