/** Ready-made studies, and the default arm of every method. */
import type { ArmConfig, StudyConfig } from './config.ts';

/** Settings all arms share unless they are the point of the comparison (method.md's regime for small models). */
const COMMON_ARM = {
  rank: 4,
  alpha: 4,
  rsLora: false,
  projections: ['q', 'k', 'v'],
  towers: ['vision'],
  learningRate: 3e-3,
  weightDecay: 0.01,
  p0: 0,
  rampFraction: 0.75,
  schedule: 'linear',
  granularity: 'layer',
  keepProbability: 0.5,
  inputDropout: 0.25,
} satisfies Omit<ArmConfig, 'id' | 'name' | 'method'>;

/** A new arm of a method with the default settings. */
export function defaultArm(method: ArmConfig['method'], id: string, name: string): ArmConfig {
  return { id, name, method, ...COMMON_ARM, projections: [...COMMON_ARM.projections], towers: [...COMMON_ARM.towers] };
}

const FULL: StudyConfig = {
  version: 1,
  backbone: 'emoji-clip',
  task: 'groups9-negative',
  shots: null,
  arms: [defaultArm('lora', 'lora', 'LoRA'), defaultArm('copra', 'copra', 'CopRA')],
  seeds: [0, 1, 2, 3],
  training: {
    steps: 2000,
    batchSize: 32,
    learningRateSchedule: 'cosine',
    warmupSteps: 0,
    augment: true,
    validateEvery: 100,
  },
  analyses: {
    testImages: null,
    landscape: { enabled: true, points: 21, paths: ['factor', 'product'] },
    shapley: { enabled: true, images: 128, estimator: 'exact', permutations: 32, seedsPerArm: 4 },
    pruning: {
      enabled: true,
      sparsities: [0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95],
      scopes: ['factors', 'update'],
      randomMasks: 5,
    },
  },
};

const QUICK: StudyConfig = {
  ...FULL,
  seeds: [0, 1],
  training: { ...FULL.training, steps: 600, validateEvery: 50 },
  analyses: {
    ...FULL.analyses,
    testImages: 400,
    shapley: { ...FULL.analyses.shapley, images: 64, seedsPerArm: 1 },
  },
};

/** Merging as it is when it is switched on. */
export const MERGING = { enabled: true, scales: [0.5, 0.75, 1, 1.25, 1.5, 2, 3, 4], density: 0.5 };

/** Every other analysis off: three seeds and their merges. */
const MERGE: StudyConfig = {
  ...QUICK,
  seeds: [0, 1, 2],
  analyses: {
    testImages: null,
    landscape: { ...QUICK.analyses.landscape, enabled: false },
    shapley: { ...QUICK.analyses.shapley, enabled: false },
    pruning: { ...QUICK.analyses.pruning, enabled: false },
    merging: MERGING,
  },
};

export interface Preset {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly config: StudyConfig;
}

export const PRESETS: readonly Preset[] = [
  {
    id: 'quick',
    name: 'Quick',
    description: 'LoRA and CopRA, two seeds each, 600 steps, every analysis: a few minutes on a laptop.',
    config: QUICK,
  },
  {
    id: 'full',
    name: 'Full',
    description: 'Four seeds each, 2,000 steps: what the saved result shows. The effect needs steps to be clear.',
    config: FULL,
  },
  {
    id: 'merge',
    name: 'Merge',
    description: 'Three seeds each, 600 steps, then every way of merging them: a few minutes on a laptop.',
    config: MERGE,
  },
];
