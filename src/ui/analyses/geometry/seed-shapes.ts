import type { Marker } from '../../charts/line-styles.ts';

/** Marker shapes for seeds, where colour encodes the arm. */
const SHAPES = [
  { shape: 'circle', text: '●' },
  { shape: 'square', text: '■' },
  { shape: 'diamond', text: '◆' },
  { shape: 'triangle-up', text: '▲' },
  { shape: 'triangle-down', text: '▼' },
  { shape: 'star', text: '★' },
  { shape: 'pentagon', text: '⬟' },
  { shape: 'hexagon', text: '⬢' },
] as const satisfies readonly { readonly shape: Marker; readonly text: string }[];

export type SeedShape = (typeof SHAPES)[number];

/** Shapes repeat when there are more seeds than shapes. */
export const seedShape = (seeds: readonly number[], seed: number): SeedShape =>
  SHAPES[Math.max(0, seeds.indexOf(seed)) % SHAPES.length];
