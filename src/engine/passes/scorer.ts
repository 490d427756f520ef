/**
 * From pooled image tokens to losses: the two objectives behind one small interface, with their backward.
 * CLIP: factor · cos(image, class prompt); linear: a trained head that lies in the adapter.
 */
import type { AdapterLayout } from '../../core/adapter-layout.ts';
import type { Objective } from '../engine.ts';
import type { Device } from '../device.ts';
import { passLora, type DropoutSpec, type LoraSource, type SlotOf } from './lora.ts';
import { encodePrompts, encodePromptsGradient } from './text-features.ts';
import {
  fixedFeatures,
  preparePrompts,
  projectFeatures,
  projectFeaturesGradient,
  type PreparedPrompts,
} from './towers.ts';
import type { DeviceBackbone } from './weights.ts';

/** What a pass scores: images of some runs of a population. */
export interface ScoredPass<T> {
  /** Runs of the pass, which lie one behind the other in the population from `firstRun` on. */
  readonly runs: number;
  readonly firstRun: number;
  readonly slotOf: SlotOf;
  /** A slot per run of the population. */
  readonly source: LoraSource<T>;
  /** [slots, size]: gradients of head and text adapters are added here. */
  readonly gradients: T;
  readonly needVision: boolean;
  readonly dropout: DropoutSpec;
  /** Factor on the gradient of an image's loss: 1 / images of the whole batch. */
  readonly gradientScale: number;
  /** Text layers below this one are computed again for their backward. */
  readonly recomputeBelow: number;
}

/** A pass of some runs over their images, which may come in several parts: no objective couples the images of a batch. */
export interface ScoringPass<T> {
  /** Loss and predictions of images, [runs·b, 1]. Consumes pooled [runs·b, D]. dPooled [runs·b, D] is null when the vision tower needs no gradient. */
  score(pooled: T, labels: Int32Array): { loss: T; predicted: T; dPooled: T | null };
  /** The backward of what all images share; called once, behind the last `score`. */
  finish(): void;
}

/** An objective on a device: class features that no adapter changes are made once. */
export interface Scorer<T> {
  /** Encodes what all images of a pass share; `finish` frees it. */
  begin(pass: ScoredPass<T>): ScoringPass<T>;
  dispose(): void;
}

/** @throws RangeError when the objective does not fit the backbone or layout. */
export function createScorer<T>(
  device: Device<T>,
  backbone: DeviceBackbone<T>,
  objective: Objective,
  layout: AdapterLayout,
): Scorer<T> {
  if (objective.kind === 'linear') return createHeadScorer(device, backbone, layout);
  const { clip } = backbone;
  if (!clip)
    throw new RangeError('This backbone has no text tower: class prompts need CLIP, use a linear head instead.');
  const prompts = objective.kind === 'clip' ? preparePrompts(clip.text, objective.tokens, objective.classes) : null;
  const factor = Math.exp(clip.logitScale);
  const { finalNorm } = backbone.vision;
  const frozen = frozenFeatures(device, clip, objective, prompts); // [C, P]
  const layers = clip.text.blocks.length;

  return {
    begin({ runs, slotOf, source, gradients, needVision, dropout, gradientScale, recomputeBelow }) {
      const lora = passLora(source, 'text', layers, runs, slotOf, dropout);
      const textActive = lora.lowestLayer.some((layer) => layer < layers);
      if (textActive && !prompts)
        throw new RangeError('Fixed class features leave the text tower frozen; these adapters change it.');
      const text =
        textActive && prompts ? encodePrompts(device, clip, prompts, runs, lora, true, recomputeBelow) : null;
      const textFeatures = text ? text.features : frozen; // [R·C, P] or [C, P]
      const textGroups = text ? runs : 1;
      let dText: T | null = null; // [R·C, P], summed over the parts of the batch in their order
      return {
        score(pooled, labels) {
          const { features, saved } = projectFeatures(device, pooled, finalNorm, clip.visionProjection, true);
          const scores = device.groupScores(features, textFeatures, null, factor, runs, textGroups); // [R·b, C]
          const { loss, predicted, dScores } = device.crossEntropy(scores, labels, gradientScale);
          device.free(scores);
          if (!saved || !dScores) throw new Error('The forward kept nothing for its backward.');
          const dFeatures = device.groupScoresInputGradient(dScores, textFeatures, factor, runs, textGroups); // [R·b, P]
          if (text) {
            const part = device.groupScoresWeightGradient(dScores, features, factor, runs, textGroups); // [R·C, P]
            dText = dText ? added(device, dText, part) : part;
          }
          device.free(dScores);
          const dPooled = projectFeaturesGradient(device, dFeatures, saved, finalNorm, clip.visionProjection);
          if (needVision) return { loss, predicted, dPooled };
          device.free(dPooled);
          return { loss, predicted, dPooled: null };
        },
        finish() {
          if (text?.saved && prompts && dText)
            encodePromptsGradient(device, clip, prompts, dText, text.saved, gradients);
        },
      };
    },
    dispose: () => device.free(frozen),
  };
}

/** sum [rows, cols] += part, which is freed. */
function added<T>(device: Device<T>, sum: T, part: T): T {
  const rows = Int32Array.from({ length: device.shape(sum).rows }, (_, row) => row);
  device.addToSlots(part, sum, 0, rows);
  device.free(part);
  return sum;
}

/** Class features without adapters, [C, P]. @throws RangeError when given ones do not fit the backbone. */
function frozenFeatures<T>(
  device: Device<T>,
  clip: NonNullable<DeviceBackbone<T>['clip']>,
  objective: Exclude<Objective, { kind: 'linear' }>,
  prompts: PreparedPrompts | null,
): T {
  if (prompts) return encodePrompts(device, clip, prompts, 1, null, false).features;
  return device.upload(fixedFeatures(clip, objective), objective.classes, clip.visionProjection.outFeatures);
}

/** The head's weight [C, D] and bias [C] of each run lie in its adapter; features are the normed class tokens. */
function createHeadScorer<T>(device: Device<T>, backbone: DeviceBackbone<T>, layout: AdapterLayout): Scorer<T> {
  const { head } = layout;
  const { finalNorm, width } = backbone.vision;
  if (!head) throw new RangeError('The linear objective needs a layout with a head.');
  if (head.features !== width)
    throw new RangeError(`The head takes ${head.features} features; the backbone gives ${width}.`);

  /** By length: [length, 1]. */
  const ones = new Map<number, T>();
  const onesOf = (length: number): T => {
    const make = () => device.upload(new Float32Array(length).fill(1), length, 1);
    const known = ones.get(length) ?? (device.attempts ? device.attempts.lasting(make) : make());
    ones.set(length, known);
    return known;
  };
  return {
    begin: ({ runs, firstRun, source: { params }, gradients, needVision, gradientScale }) => ({
      score(pooled, labels) {
        const rows = { count: 1, rowsPerGroup: labels.length };
        const slots = Int32Array.from({ length: runs }, (_, run) => firstRun + run);
        const weight = device.sliceSlots(params, head.weightOffset, head.classes, head.features, slots); // [R·C, D]
        const bias = device.sliceSlots(params, head.biasOffset, 1, head.classes, slots); // [R, C]
        const { y: normed, stats } = device.layerNorm(pooled, finalNorm.gain, finalNorm.bias, finalNorm.epsilon, rows);
        const scores = device.groupScores(normed, weight, bias, 1, runs, runs); // [R·b, C]
        const { loss, predicted, dScores } = device.crossEntropy(scores, labels, gradientScale);
        if (!dScores) throw new Error('The cross-entropy kept no gradient.');
        const dWeight = device.groupScoresWeightGradient(dScores, normed, 1, runs, runs); // [R·C, D]
        const dBias = device.groupScoresWeightGradient(dScores, onesOf(labels.length), 1, runs, runs); // [R·C, 1]
        device.addToSlots(dWeight, gradients, head.weightOffset, slots);
        device.addToSlots(dBias, gradients, head.biasOffset, slots);
        let dPooled: T | null = null;
        if (needVision) {
          const dNormed = device.groupScoresInputGradient(dScores, weight, 1, runs, runs); // [R·b, D]
          dPooled = device.layerNormGradient(dNormed, pooled, stats, finalNorm.gain, null, rows);
          device.free(dNormed);
        }
        device.free(pooled, weight, bias, normed, stats, scores, dScores, dWeight, dBias);
        return { loss, predicted, dPooled };
      },
      finish: () => {},
    }),
    dispose: () => device.free(...ones.values()),
  };
}
