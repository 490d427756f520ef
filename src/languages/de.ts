/** The page in German. */
import { LESSON_WORDS_DE } from '../lessons/messages.de.ts';
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
  'image-layers': IMAGE_LAYERS_WORDS_DE,
  lessons: LESSON_WORDS_DE,
  page: PAGE_WORDS_DE,
  plane: PLANE_WORDS_DE,
  'prune-by-hand': PRUNE_BY_HAND_WORDS_DE,
  pruning: PRUNING_WORDS_DE,
  'shapley-figures': SHAPLEY_FIGURE_WORDS_DE,
  shapley: SHAPLEY_WORDS_DE,
  sharpness: SHARPNESS_WORDS_DE,
  spectra: SPECTRA_WORDS_DE,
  story: STORY_DE,
  timeline: TIMELINE_WORDS_DE,
  timing: TIMING_WORDS_DE,
};
