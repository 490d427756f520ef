/** "Try it": the first study of a reader's own, of about a minute. */
import type { StudyConfig } from '../config/config.ts';
import { quick } from './quick.ts';

const { analyses } = quick.config;

/** Seconds that it may take. A device that needs longer for the smallest size is told so. */
export const TRY_IT_SECONDS = 50;

interface Size {
  readonly steps: number;
  /** Three give a useful interval. A slow device spends its minute on steps instead: without learning there is nothing to compare. */
  readonly seeds: 2 | 3;
}

const SIZES: readonly Size[] = [
  { steps: 30, seeds: 2 },
  { steps: 50, seeds: 2 },
  { steps: 80, seeds: 2 },
  { steps: 100, seeds: 3 },
  { steps: 150, seeds: 3 },
  { steps: 200, seeds: 3 },
  { steps: 250, seeds: 3 },
  { steps: 300, seeds: 3 },
  { steps: 400, seeds: 3 },
  { steps: 500, seeds: 3 },
  { steps: 600, seeds: 3 },
];

/** With fewer steps a slow device trains all of its minute: Shapley values take more passes than the training, and say little of layers that have learned little. */
const FEWEST_STEPS_WITH_SHAPLEY = 100;

/** Images and points of the analyses follow the steps, so that training stays the larger share. */
const sized = ({ steps, seeds }: Size): StudyConfig => ({
  ...quick.config,
  shots: 64,
  seeds: [0, 1, 2].slice(0, seeds),
  training: { ...quick.config.training, steps, validateEvery: Math.max(10, steps / 10) },
  analyses: {
    ...analyses,
    testImages: Math.min(400, Math.max(60, steps)),
    landscape: { ...analyses.landscape, points: 5 },
    shapley: {
      ...analyses.shapley,
      enabled: steps >= FEWEST_STEPS_WITH_SHAPLEY,
      images: Math.max(4, Math.round(steps / 16)),
      seedsPerArm: 1,
    },
    pruning: { ...analyses.pruning, sparsities: [0, 0.25, 0.5, 0.75, 0.9], randomMasks: 2 },
  },
});

/** From the smallest to the largest. */
export const TRY_IT_STUDIES: readonly StudyConfig[] = SIZES.map(sized);

/** The largest that fits the time, else the smallest. @param seconds estimate of each, in their order */
export const tryItStudy = (seconds: readonly number[]): StudyConfig =>
  TRY_IT_STUDIES[
    Math.max(
      0,
      seconds.findLastIndex((estimate) => estimate <= TRY_IT_SECONDS),
    )
  ];
