import type { TowerName, TowerShape } from '../core/adapter-layout.ts';

/** Ids of the backbones that come with the page, that of the presets first: a study names them by these alone. */
export const BUNDLED_BACKBONES: readonly string[] = ['emoji-clip-2', 'emoji-clip'];

/** Layers of their towers: they have one architecture, and differ in training. */
export const BUNDLED_TOWERS = {
  vision: { layers: 12, width: 64, mlpWidth: 256 },
  text: { layers: 4, width: 64, mlpWidth: 256 },
} as const satisfies Readonly<Record<TowerName, TowerShape>>;
