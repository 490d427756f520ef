/** What readings are made of, for their tests. */
import type { IntervalScope, ScopedInterval } from '../../core/crossed-interval.ts';
import type { Differ } from './words.ts';

export const difference = (
  mean: number,
  half: number,
  scope: IntervalScope | null = 'seeds and images',
): ScopedInterval => ({
  mean,
  low: mean - half,
  high: mean + half,
  seeds: 2,
  images: 800,
  scope,
});
/** Whatever is compared: nobody knows how much by. */
export const unknown: Differ = () => null;
export const always =
  (...known: Parameters<typeof difference>): Differ =>
  () =>
    difference(...known);

/** Captions with ordinary spaces, to be readable here. */
export const plain = (text: string) => text.replaceAll('\u00a0', ' ');

export const run = (accuracy: number | null, steps = 2000, seed = 0) => ({
  seed,
  steps,
  test: accuracy === null ? null : { accuracy },
});
export const path = (
  barrierAccuracy: number,
  midpointRetainedGain: number | null,
  kind: 'factor' | 'product' = 'factor',
) => ({
  path: kind,
  accuracy: [0.56, 0.49, 0.56],
  barrierAccuracy,
  midpointRetainedGain,
});
export const layers = Array.from({ length: 12 }, (_, layer) => ({ tower: 'vision', layer }) as const);
export const credit = (topThirdShare: number | null, accuracy = layers.map(() => 0.02)) => ({
  players: layers,
  accuracy,
  accuracyError: [0.008, 0.002],
  images: 256,
  motifs: null,
  topThirdShare,
});
export const pruned = (gain: number | null, accuracy: number[]) => ({
  structured: ['all', 'even', 'odd', 'low', 'middle', 'high'].map((label) => ({
    label,
    accuracy: 0.5,
    retainedGain: gain,
  })),
  unstructured: [
    { scope: 'factors' as const, sparsities: [0, 0.5, 0.9], accuracy, area: accuracy.reduce((a, b) => a + b, 0) / 3 },
  ],
});
