/** The page in German. */
import { RULES_WORDS_DE } from '../copra/federated/messages.de.ts';
import { LESSON_WORDS_DE } from '../lessons/messages.de.ts';
import { ANNOUNCED_WORDS_DE } from '../ui/analyses/announced/messages.de.ts';
import { DOMAINS_WORDS_DE } from '../ui/analyses/domains/messages.de.ts';
import { FEDERATED_WORDS_DE } from '../ui/analyses/federated/messages.de.ts';
import { GEOMETRY_WORDS_DE } from '../ui/analyses/geometry/messages.de.ts';
import { LANDSCAPE_WORDS_DE } from '../ui/analyses/landscape/messages.de.ts';
import { PATH_PICTURES_WORDS_DE } from '../ui/analyses/landscape/pictures/messages.de.ts';
import { MERGING_WORDS_DE } from '../ui/analyses/merging/messages.de.ts';
import { MULTITASK_WORDS_DE } from '../ui/analyses/multitask/messages.de.ts';
import { CHARTS_WORDS_DE } from '../ui/charts/messages.de.ts';
import { PAGE_WORDS_DE } from '../ui/messages.de.ts';
import { STORY_DE } from '../ui/story/messages.de.ts';
import type { Areas } from './areas.ts';

export const DE: Areas = {
  announced: ANNOUNCED_WORDS_DE,
  charts: CHARTS_WORDS_DE,
  domains: DOMAINS_WORDS_DE,
  'federated-rules': RULES_WORDS_DE,
  federated: FEDERATED_WORDS_DE,
  geometry: GEOMETRY_WORDS_DE,
  landscape: LANDSCAPE_WORDS_DE,
  lessons: LESSON_WORDS_DE,
  merging: MERGING_WORDS_DE,
  multitask: MULTITASK_WORDS_DE,
  page: PAGE_WORDS_DE,
  'path-pictures': PATH_PICTURES_WORDS_DE,
  story: STORY_DE,
};
