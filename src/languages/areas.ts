/** The areas of the page that have texts: what every language must provide. */
import type { LESSON_WORDS } from '../lessons/messages.ts';
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
  readonly 'image-layers': typeof IMAGE_LAYERS_WORDS;
  readonly lessons: typeof LESSON_WORDS;
  readonly page: typeof PAGE_WORDS;
  readonly plane: typeof PLANE_WORDS;
  readonly 'prune-by-hand': typeof PRUNE_BY_HAND_WORDS;
  readonly pruning: typeof PRUNING_WORDS;
  readonly 'shapley-figures': typeof SHAPLEY_FIGURE_WORDS;
  readonly shapley: typeof SHAPLEY_WORDS;
  readonly sharpness: typeof SHARPNESS_WORDS;
  readonly spectra: typeof SPECTRA_WORDS;
  readonly story: typeof STORY;
  readonly timeline: typeof TIMELINE_WORDS;
  readonly timing: typeof TIMING_WORDS;
}
