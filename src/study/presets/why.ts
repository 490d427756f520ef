import { usualOf } from '../config/settings/rows.ts';
import { SHARPNESS_SETTINGS } from '../analyses/sharpness/settings.ts';
import { SPECTRA_SETTINGS } from '../analyses/spectra/settings.ts';
import { TIMELINE_SETTINGS } from '../analyses/timeline/settings.ts';
import { USUAL_TIMING } from '../analyses/timing/settings.ts';
import type { StudyConfig } from '../config/config.ts';
import type { Preset } from './preset.ts';
import { quick } from './quick.ts';

/** Few images per class, where CopRA shows its gains, and what could explain them. */
const config: StudyConfig = {
  ...quick.config,
  shots: 64,
  seeds: [0, 1, 2],
  analyses: {
    ...quick.config.analyses,
    shapley: { ...quick.config.analyses.shapley, enabled: false },
    spectra: { ...usualOf(SPECTRA_SETTINGS), enabled: true },
    sharpness: { ...usualOf(SHARPNESS_SETTINGS), enabled: true },
    timeline: { ...usualOf(TIMELINE_SETTINGS), enabled: true },
    timing: USUAL_TIMING,
  },
};

export const why: Preset = {
  id: 'why',
  name: 'Why',
  config,
  saved: true,
};
