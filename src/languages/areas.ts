/** The areas of the page that have texts: what every language must provide. */
import type { METHOD_WORDS } from '../copra/methods/messages.ts';
import type { LESSON_WORDS } from '../lessons/messages.ts';
import type { CONFIG_WORDS } from '../share/config/messages.ts';
import type { SETTING_HELP } from '../study/config/settings/help/messages.ts';
import type { SETTING_NAMES, SETTING_VALUES } from '../study/config/settings/messages.ts';
import type { PRESET_WORDS } from '../study/presets/messages.ts';
import type { ANNOUNCED_WORDS } from '../ui/analyses/announced/messages.ts';
import type { PLANE_WORDS } from '../ui/analyses/plane/messages.ts';
import type { PRUNE_BY_HAND_WORDS } from '../ui/analyses/pruning/hand/messages.ts';
import type { PRUNING_WORDS } from '../ui/analyses/pruning/messages.ts';
import type { SHAPLEY_FIGURE_WORDS } from '../ui/analyses/shapley/further/messages.ts';
import type { SHAPLEY_WORDS } from '../ui/analyses/shapley/messages.ts';
import type { IMAGE_LAYERS_WORDS } from '../ui/analyses/shapley/pictures/messages.ts';
import type { SHARPNESS_WORDS } from '../ui/analyses/sharpness/messages.ts';
import type { SPECTRA_WORDS } from '../ui/analyses/spectra/messages.ts';
import type { TIMELINE_WORDS } from '../ui/analyses/timeline/messages.ts';
import type { TIMING_WORDS } from '../ui/analyses/timing/messages.ts';
import type { PAGE_WORDS } from '../ui/messages.ts';
import type { STORY } from '../ui/story/messages.ts';

export interface Areas {
  readonly announced: typeof ANNOUNCED_WORDS;
  readonly config: typeof CONFIG_WORDS;
  readonly 'image-layers': typeof IMAGE_LAYERS_WORDS;
  readonly lessons: typeof LESSON_WORDS;
  readonly methods: typeof METHOD_WORDS;
  readonly page: typeof PAGE_WORDS;
  readonly plane: typeof PLANE_WORDS;
  readonly presets: typeof PRESET_WORDS;
  readonly 'prune-by-hand': typeof PRUNE_BY_HAND_WORDS;
  readonly pruning: typeof PRUNING_WORDS;
  readonly 'setting-help': typeof SETTING_HELP;
  readonly 'setting-names': typeof SETTING_NAMES;
  readonly 'setting-values': typeof SETTING_VALUES;
  readonly 'shapley-figures': typeof SHAPLEY_FIGURE_WORDS;
  readonly shapley: typeof SHAPLEY_WORDS;
  readonly sharpness: typeof SHARPNESS_WORDS;
  readonly spectra: typeof SPECTRA_WORDS;
  readonly story: typeof STORY;
  readonly timeline: typeof TIMELINE_WORDS;
  readonly timing: typeof TIMING_WORDS;
}
