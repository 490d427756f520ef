/** Ready-made studies, in the order in which they are offered; the first is the default. To add one, add a file in presets/ and a line here. */
import { ablationsFewShots } from './ablations-few-shots.ts';
import { ablations } from './ablations.ts';
import { controls } from './controls.ts';
import { federatedFewShots } from './federated-few-shots.ts';
import { federated } from './federated.ts';
import { fewShots } from './few-shots.ts';
import { full } from './full.ts';
import { learningRatesFewShots } from './learning-rates-few-shots.ts';
import { learningRates } from './learning-rates.ts';
import { manyTasksFewShots } from './many-tasks-few-shots.ts';
import { manyTasks } from './many-tasks.ts';
import { geometryFewShots } from './geometry-few-shots.ts';
import { geometry } from './geometry.ts';
import { mergeFewShots } from './merge-few-shots.ts';
import { merge } from './merge.ts';
import { PRESET_WORDS } from './messages.ts';
import type { Preset } from './preset.ts';
import { quick } from './quick.ts';
import { sixteenShots } from './sixteen-shots.ts';
import { why } from './why.ts';

export const PRESET_GROUPS: readonly { readonly name: string; readonly presets: readonly Preset[] }[] = [
  {
    get name() {
      return PRESET_WORDS.groups.comparison;
    },
    presets: [quick, fewShots, sixteenShots, full],
  },
  {
    get name() {
      return PRESET_WORDS.groups.figure;
    },
    presets: [
      ...[mergeFewShots, merge],
      ...[geometryFewShots, geometry],
      ...[learningRatesFewShots, learningRates],
      ...[manyTasksFewShots, manyTasks],
      ...[ablationsFewShots, ablations],
      ...[federatedFewShots, federated],
    ],
  },
  {
    get name() {
      return PRESET_WORDS.groups.behind;
    },
    presets: [why, controls],
  },
];

export const PRESETS: readonly Preset[] = PRESET_GROUPS.flatMap(({ presets }) => presets);
