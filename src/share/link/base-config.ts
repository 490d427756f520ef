/**
 * The configuration from which result links store differences. It looks like a preset but is frozen: changing a value here would change the meaning of every
 * published link.
 */
import type { Value } from './value.ts';

export const BASE_ARM: { readonly [key: string]: Value } = {
  id: 'lora',
  name: 'LoRA',
  method: 'lora',
  rank: 4,
  alpha: 4,
  rsLora: false,
  projections: ['q', 'k', 'v'],
  towers: ['vision'],
  learningRate: 0.003,
  weightDecay: 0.01,
  p0: 0,
  rampFraction: 0.75,
  schedule: 'linear',
  granularity: 'layer',
  keepProbability: 0.5,
  inputDropout: 0.25,
};

const BASE_SPARSITIES = [0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95];

/** Settings that an analysis gets when an address switches it on ("merging=on"). The base itself lacks these analyses. */
export const BASE_ANALYSES: { readonly [id: string]: { readonly [key: string]: Value } } = {
  merging: { enabled: true, scales: [0.5, 0.75, 1, 1.25, 1.5, 2, 3, 4], density: 0.5 },
  federated: {
    enabled: true,
    clients: 5,
    rounds: 15,
    localSteps: 20,
    partition: 'dirichlet',
    alpha: 0.3,
    rules: ['fedit', 'fedex-lora'],
    participation: 1,
    seeds: 1,
  },
  multitask: { enabled: true, tasks: ['animals', 'food', 'travel', 'objects'], parts: 4 },
  plane: { enabled: true, grid: 13 },
  geometry: { enabled: true },
  domains: {
    enabled: true,
    domains: ['plain', 'negative', 'swap', 'sketch', 'mosaic', 'night', 'openmoji', 'fxemoji'],
    images: 200,
    paths: ['factor'],
    points: 5,
    orders: 2,
  },
  spectra: { enabled: true, directions: 10, threshold: 0.5 },
  sharpness: { enabled: true, radii: [0.1, 0.2, 0.4, 0.8], directions: 5, trainImages: 256 },
  timeline: { enabled: true, steps: 8, points: 3 },
  timing: { enabled: true, steps: 12 },
};

export const BASE_CONFIG: { readonly [key: string]: Value } = {
  version: 1,
  backbone: 'emoji-clip',
  task: 'groups9-negative',
  shots: null,
  arms: [],
  seeds: [0, 1],
  training: {
    steps: 600,
    batchSize: 32,
    learningRateSchedule: 'cosine',
    warmupSteps: 0,
    augment: true,
    validateEvery: 50,
  },
  analyses: {
    testImages: 400,
    landscape: { enabled: true, points: 21, paths: ['factor', 'product'] },
    shapley: { enabled: true, images: 64, estimator: 'exact', permutations: 32, seedsPerArm: 1 },
    pruning: {
      enabled: true,
      sparsities: BASE_SPARSITIES,
      scopes: ['factors', 'update'],
      randomMasks: 5,
    },
  },
};

/** Arms that links of format 2 need not describe. */
export const LINK_BASE_ARMS: readonly { readonly [key: string]: Value }[] = [
  BASE_ARM,
  { ...BASE_ARM, id: 'copra', name: 'CopRA', method: 'copra' },
];

/** The base from which links of format 2 store differences: the most common settings. As frozen as the other base, from which the query still differs. */
export const LINK_BASE_CONFIG: { readonly [key: string]: Value } = {
  version: 1,
  backbone: 'emoji-clip-2',
  task: 'groups9-negative',
  shots: null,
  arms: [],
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
      sparsities: [...BASE_SPARSITIES, 0.99],
      scopes: ['factors', 'tensors', 'update'],
      randomMasks: 5,
    },
  },
};
