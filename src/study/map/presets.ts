/** Ready-made maps. */
import { USUAL_TIMING } from '../analyses/timing/settings.ts';
import { USUAL_DOMAINS } from '../analyses/domains/settings.ts';
import { defaultArm } from '../config/default-arm.ts';
import { fewShots } from '../presets/few-shots.ts';
import { quick } from '../presets/quick.ts';
import type { MapConfig } from './map-config.ts';

export interface MapPreset {
  readonly id: string;
  readonly name: string;
  readonly config: MapConfig;
}

const towers: ('vision' | 'text')[] = ['vision', 'text'];
const { analyses, training } = quick.config;

/** The landscape and the paths on other domains have few points, updates are not scaled, pruning the masks of layers alone: what the measures of a map need. */
const regimes: MapPreset = {
  id: 'regime-map',
  name: 'Regime map',
  config: {
    version: 1,
    study: {
      ...quick.config,
      shots: 16,
      arms: [
        { ...defaultArm('lora', 'lora', 'LoRA'), towers },
        { ...defaultArm('copra', 'copra', 'CopRA'), towers },
      ],
      seeds: [0, 1, 2, 3],
      training: { ...training, steps: 600, validateEvery: 300 },
      analyses: {
        ...analyses,
        landscape: { enabled: true, points: 5, paths: ['factor', 'product'] },
        shapley: { ...analyses.shapley, enabled: false },
        pruning: { enabled: true, sparsities: [], scopes: [], randomMasks: 0 },
        domains: { ...USUAL_DOMAINS, points: 3, orders: 0, scales: 0 },
      },
    },
    x: { setting: 'lr', values: [1e-3, 3e-3, 1e-2, 3e-2] },
    y: { setting: 'shots', values: [8, 16, 64, null] },
  },
};

const few = fewShots.config;

/**
 * The default study, whose settings were chosen on draw 0, with training images of other draws. Cells have what the measures of a map need of it; no domains and no
 * timing, which are not what the draws are to show.
 */
const draws: MapPreset = {
  id: 'draws',
  name: 'Other training images',
  config: {
    version: 1,
    study: {
      ...few,
      analyses: {
        ...few.analyses,
        landscape: { ...few.analyses.landscape, points: 3 },
        shapley: { ...few.analyses.shapley, enabled: false },
        domains: { ...USUAL_DOMAINS, enabled: false },
        timing: { ...USUAL_TIMING, enabled: false },
      },
    },
    x: { setting: 'draw', values: [1, 2, 3, 4] },
    y: { setting: 'shots', values: [few.shots] },
  },
};

export const MAP_PRESETS: readonly MapPreset[] = [regimes, draws];

/** @throws Error for an id of none */
export function mapPreset(id: string): MapPreset {
  const found = MAP_PRESETS.find((preset) => preset.id === id);
  if (!found) throw new Error(`There is no map “${id}”.`);
  return found;
}

/** Path of the saved result of a map, relative to the page. */
export const savedMapFile = ({ id }: MapPreset): string => `showcase/${id}.json`;
