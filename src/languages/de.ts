/** The page in German. */
import { METHOD_WORDS_DE } from '../copra/methods/messages.de.ts';
import { LESSON_WORDS_DE } from '../lessons/messages.de.ts';
import { CONFIG_WORDS_DE } from '../share/config/messages.de.ts';
import { SETTING_HELP_DE } from '../study/config/settings/help/messages.de.ts';
import { SETTING_NAMES_DE, SETTING_VALUES_DE } from '../study/config/settings/messages.de.ts';
import { PRESET_WORDS_DE } from '../study/presets/messages.de.ts';
import { ANNOUNCED_WORDS_DE } from '../ui/analyses/announced/messages.de.ts';
import { PLANE_WORDS_DE } from '../ui/analyses/plane/messages.de.ts';
import { PRUNE_BY_HAND_WORDS_DE } from '../ui/analyses/pruning/hand/messages.de.ts';
import { PRUNING_WORDS_DE } from '../ui/analyses/pruning/messages.de.ts';
import { SHAPLEY_FIGURE_WORDS_DE } from '../ui/analyses/shapley/further/messages.de.ts';
import { SHAPLEY_WORDS_DE } from '../ui/analyses/shapley/messages.de.ts';
import { IMAGE_LAYERS_WORDS_DE } from '../ui/analyses/shapley/pictures/messages.de.ts';
import { SHARPNESS_WORDS_DE } from '../ui/analyses/sharpness/messages.de.ts';
import { SPECTRA_WORDS_DE } from '../ui/analyses/spectra/messages.de.ts';
import { TIMELINE_WORDS_DE } from '../ui/analyses/timeline/messages.de.ts';
import { TIMING_WORDS_DE } from '../ui/analyses/timing/messages.de.ts';
import { PAGE_WORDS_DE } from '../ui/messages.de.ts';
import { STORY_DE } from '../ui/story/messages.de.ts';
import type { Areas } from './areas.ts';

export const DE: Areas = {
  announced: ANNOUNCED_WORDS_DE,
  config: CONFIG_WORDS_DE,
  'image-layers': IMAGE_LAYERS_WORDS_DE,
  lessons: LESSON_WORDS_DE,
  methods: METHOD_WORDS_DE,
  page: PAGE_WORDS_DE,
  plane: PLANE_WORDS_DE,
  presets: PRESET_WORDS_DE,
  'prune-by-hand': PRUNE_BY_HAND_WORDS_DE,
  pruning: PRUNING_WORDS_DE,
  'setting-help': SETTING_HELP_DE,
  'setting-names': SETTING_NAMES_DE,
  'setting-values': SETTING_VALUES_DE,
  'shapley-figures': SHAPLEY_FIGURE_WORDS_DE,
  shapley: SHAPLEY_WORDS_DE,
  sharpness: SHARPNESS_WORDS_DE,
  spectra: SPECTRA_WORDS_DE,
  story: STORY_DE,
  timeline: TIMELINE_WORDS_DE,
  timing: TIMING_WORDS_DE,
};
