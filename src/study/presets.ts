/** Ready-made studies, in the order in which they are offered; the first is the default. One more is one file in presets/ and one line here. */
import { ablations } from './presets/ablations.ts';
import { federated } from './presets/federated.ts';
import { full } from './presets/full.ts';
import { learningRates } from './presets/learning-rates.ts';
import { manyTasks } from './presets/many-tasks.ts';
import { geometry } from './presets/geometry.ts';
import { merge } from './presets/merge.ts';
import type { Preset } from './presets/preset.ts';
import { quick } from './presets/quick.ts';

export const PRESET_GROUPS: readonly { readonly name: string; readonly presets: readonly Preset[] }[] = [
  { name: 'The whole comparison', presets: [quick, full] },
  { name: 'One figure of the paper', presets: [merge, geometry, learningRates, manyTasks, ablations, federated] },
];

export const PRESETS: readonly Preset[] = PRESET_GROUPS.flatMap(({ presets }) => presets);
