import type { TowerName, TowerShape } from '../core/adapter-layout.ts';

/** What the backbones that come with the page are called, by their ids, that of the presets first. */
const NAMES: Readonly<Record<string, string>> = { 'emoji-clip-2': 'Emoji-CLIP 2', 'emoji-clip': 'Emoji-CLIP' };

/** Ids of the backbones that come with the page: a study names them by these alone. */
export const BUNDLED_BACKBONES: readonly string[] = Object.keys(NAMES);

/** What people read for the id of a backbone: the name of a bundled one; another is called by its id, with the beginning of its commit or digest. */
export const backboneName = (id: string): string =>
  NAMES[id] ?? id.replace(/@([0-9a-f]{12})(?:[0-9a-f]{28}|[0-9a-f]{52})$/, '@$1');

/** Layers of their towers: they have one architecture, and differ in training. */
export const BUNDLED_TOWERS = {
  vision: { layers: 12, width: 64, mlpWidth: 256 },
  text: { layers: 4, width: 64, mlpWidth: 256 },
} as const satisfies Readonly<Record<TowerName, TowerShape>>;
