/** The page in German. */
import { SCOPE_WORDS_DE } from '../copra/messages.de.ts';
import { CAPTION_WORDS_DE } from '../copra/readings/captions/messages.de.ts';
import { GLOSSARY_DE } from '../copra/readings/glossary/messages.de.ts';
import { READING_WORDS_DE } from '../copra/readings/messages.de.ts';
import { SEEN_DE } from '../copra/readings/seen.de.ts';
import { LIST_WORDS_DE } from '../core/messages.de.ts';
import { PICTURE_WORDS_DE } from '../lessons/course/1-picture/messages.de.ts';
import { LORA_WORDS_DE } from '../lessons/course/2-lora/messages.de.ts';
import { TWO_SEEDS_WORDS_DE } from '../lessons/course/3-two-seeds/messages.de.ts';
import { SHAPLEY_LESSON_WORDS_DE } from '../lessons/course/4-shapley/messages.de.ts';
import { PRUNING_LESSON_WORDS_DE } from '../lessons/course/5-pruning/messages.de.ts';
import { MERGING_LESSON_WORDS_DE } from '../lessons/course/6-merging/messages.de.ts';
import { HONEST_WORDS_DE } from '../lessons/course/7-honest/messages.de.ts';
import { COURSE_WORDS_DE } from '../lessons/course/messages.de.ts';
import { LESSON_WORDS_DE } from '../lessons/messages.de.ts';
import { MEASURE_WORDS_DE } from '../study/result/measures/messages.de.ts';
import { PAGE_WORDS_DE } from '../ui/messages.de.ts';
import { STORY_DE } from '../ui/story/messages.de.ts';
import type { Areas } from './areas.ts';

export const DE: Areas = {
  captions: CAPTION_WORDS_DE,
  course: COURSE_WORDS_DE,
  glossary: GLOSSARY_DE,
  'lesson-honest': HONEST_WORDS_DE,
  'lesson-lora': LORA_WORDS_DE,
  'lesson-merging': MERGING_LESSON_WORDS_DE,
  'lesson-picture': PICTURE_WORDS_DE,
  'lesson-pruning': PRUNING_LESSON_WORDS_DE,
  'lesson-shapley': SHAPLEY_LESSON_WORDS_DE,
  'lesson-two-seeds': TWO_SEEDS_WORDS_DE,
  lessons: LESSON_WORDS_DE,
  lists: LIST_WORDS_DE,
  measures: MEASURE_WORDS_DE,
  page: PAGE_WORDS_DE,
  readings: READING_WORDS_DE,
  scopes: SCOPE_WORDS_DE,
  seen: SEEN_DE,
  story: STORY_DE,
};
