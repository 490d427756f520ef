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

export interface ScoredBatch<T> {
  /** [runs·B, D], consumed. */
  readonly pooled: T;
  /** [runs·B] */
  readonly labels: Int32Array;
  readonly slotOf: SlotOf;
  /** A slot per run. */
  readonly source: LoraSource<T>;
  /** [runs, size]: gradients of head and text adapters are added here. */
  readonly gradients: T;
  readonly needVision: boolean;
  readonly dropout: DropoutSpec;
}

export interface Scorer<T> {
  /** Loss and predictions of a training batch, [runs·B, 1]. dPooled [runs·B, D] is null when the vision tower needs no gradient. */
  trainStep(runs: number, batch: ScoredBatch<T>): { loss: T; predicted: T; dPooled: T | null };
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
    trainStep(runs, { pooled, labels, slotOf, source, gradients, needVision, dropout }) {
      const lora = passLora(source, 'text', layers, runs, slotOf, dropout);
      const textActive = lora.lowestLayer.some((layer) => layer < layers);
      if (textActive && !prompts)
        throw new RangeError('Fixed class features leave the text tower frozen; these adapters change it.');
      const text = textActive && prompts ? encodePrompts(device, clip, prompts, runs, lora, true) : null;
      const textFeatures = text ? text.features : frozen; // [R·C, P] or [C, P]
      const textGroups = text ? runs : 1;
      const { features, saved } = projectFeatures(device, pooled, finalNorm, clip.visionProjection, true);
      const scores = device.groupScores(features, textFeatures, null, factor, runs, textGroups); // [R·B, C]
      const { loss, predicted, dScores } = device.crossEntropy(scores, labels, runs / labels.length);
      device.free(scores);
      if (!saved || !dScores) throw new Error('The forward kept nothing for its backward.');
      const dFeatures = device.groupScoresInputGradient(dScores, textFeatures, factor, runs, textGroups); // [R·B, P]
      if (text?.saved && prompts) {
        const dText = device.groupScoresWeightGradient(dScores, features, factor, runs, textGroups); // [R·C, P]
        encodePromptsGradient(device, clip, prompts, dText, text.saved, gradients);
      }
      device.free(dScores);
      const dPooled = projectFeaturesGradient(device, dFeatures, saved, finalNorm, clip.visionProjection);
      if (needVision) return { loss, predicted, dPooled };
      device.free(dPooled);
      return { loss, predicted, dPooled: null };
    },
    dispose: () => device.free(frozen),
  };
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

  let ones: T | null = null; // [R·B, 1]
  return {
    trainStep(runs, { pooled, labels, source: { params }, gradients, needVision }) {
      const rows = { count: 1, rowsPerGroup: labels.length };
      const slots = Int32Array.from({ length: runs }, (_, run) => run);
      const weight = device.sliceSlots(params, head.weightOffset, head.classes, head.features, slots); // [R·C, D]
      const bias = device.sliceSlots(params, head.biasOffset, 1, head.classes, slots); // [R, C]
      const { y: normed, stats } = device.layerNorm(pooled, finalNorm.gain, finalNorm.bias, finalNorm.epsilon, rows);
      const scores = device.groupScores(normed, weight, bias, 1, runs, runs); // [R·B, C]
      const { loss, predicted, dScores } = device.crossEntropy(scores, labels, runs / labels.length);
      if (!dScores) throw new Error('The cross-entropy kept no gradient.');
      const dWeight = device.groupScoresWeightGradient(dScores, normed, 1, runs, runs); // [R·C, D]
      if (!ones || device.shape(ones).rows !== labels.length) {
        device.free(ones);
        ones = device.upload(new Float32Array(labels.length).fill(1), labels.length, 1);
      }
      const dBias = device.groupScoresWeightGradient(dScores, ones, 1, runs, runs); // [R·C, 1]
      device.addToSlots(dWeight, gradients, head.weightOffset, slots);
      device.addToSlots(dBias, gradients, head.biasOffset, slots);
      let dPooled: T | null = null;
      if (needVision) {
        const dNormed = device.groupScoresInputGradient(dScores, weight, 1, runs, runs); // [R·B, D]
        dPooled = device.layerNormGradient(dNormed, pooled, stats, finalNorm.gain, null, rows);
        device.free(dNormed);
      }
      device.free(pooled, weight, bias, normed, stats, scores, dScores, dWeight, dBias);
      return { loss, predicted, dPooled };
    },
    dispose: () => {
      device.free(ones);
    },
  };
}
