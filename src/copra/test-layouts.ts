/** Small layouts and adapters that the tests of this folder share. */
import { createAdapterLayout } from '../core/adapter-layout.ts';
import type { AdapterLayout, Projection, TowerName } from '../core/adapter-layout.ts';
import { stream } from '../core/rng.ts';

export function smallLayout(
  options: {
    layers?: number;
    rank?: number;
    towers?: TowerName[];
    projections?: Projection[];
    head?: { classes: number; features: number } | null;
    dora?: boolean;
  } = {},
): AdapterLayout {
  const {
    layers = 4,
    rank = 2,
    towers = ['vision'],
    projections = ['q', 'v', 'fc1', 'fc2'],
    head = null,
    dora = false,
  } = options;
  return createAdapterLayout(
    { vision: { layers, width: 5, mlpWidth: 9 }, text: { layers, width: 4, mlpWidth: 7 } },
    { rank, towers, projections, dora },
    head,
  );
}

/** An adapter of standard normal entries. */
export function randomAdapter(layout: AdapterLayout, seed: number): Float32Array {
  const rng = stream(seed, 'analysis', 99);
  return Float32Array.from({ length: layout.size }, () => rng.normal());
}
