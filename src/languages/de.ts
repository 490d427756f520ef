/** The page in German. */
import { LESSON_WORDS_DE } from '../lessons/messages.de.ts';
import { CHARTS_WORDS_DE } from '../ui/charts/messages.de.ts';
import { PAGE_WORDS_DE } from '../ui/messages.de.ts';
import { STORY_DE } from '../ui/story/messages.de.ts';
import type { Areas } from './areas.ts';

export const DE: Areas = {
  charts: CHARTS_WORDS_DE,
  lessons: LESSON_WORDS_DE,
  page: PAGE_WORDS_DE,
  story: STORY_DE,
};
