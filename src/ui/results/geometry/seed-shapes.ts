import type { Marker } from '../../charts/markers.ts';

/** Seeds as marker shapes, where colour stands for the arm. */
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

/** More seeds than shapes share them. */
export const seedShape = (seeds: readonly number[], seed: number): SeedShape =>
  SHAPES[Math.max(0, seeds.indexOf(seed)) % SHAPES.length];
