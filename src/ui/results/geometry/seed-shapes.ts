/** Seeds as marker shapes, where colour stands for the arm. */
const SHAPES = [
  { symbol: 'circle', text: '●' },
  { symbol: 'square', text: '■' },
  { symbol: 'diamond', text: '◆' },
  { symbol: 'triangle-up', text: '▲' },
  { symbol: 'triangle-down', text: '▼' },
  { symbol: 'star', text: '★' },
  { symbol: 'pentagon', text: '⬟' },
  { symbol: 'hexagon', text: '⬢' },
] as const;

export type SeedShape = (typeof SHAPES)[number];

/** More seeds than shapes share them. */
export const seedShape = (seeds: readonly number[], seed: number): SeedShape =>
  SHAPES[Math.max(0, seeds.indexOf(seed)) % SHAPES.length];
