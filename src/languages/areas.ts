/** The areas of the page that have texts: what every language must provide. */
import type { SCOPE_WORDS } from '../copra/messages.ts';
import type { CAPTION_WORDS } from '../copra/readings/captions/messages.ts';
import type { GLOSSARY } from '../copra/readings/glossary/messages.ts';
import type { READING_WORDS } from '../copra/readings/messages.ts';
import type { SEEN } from '../copra/readings/seen.ts';
import type { LIST_WORDS } from '../core/messages.ts';
import type { PICTURE_WORDS } from '../lessons/course/1-picture/messages.ts';
import type { LORA_WORDS } from '../lessons/course/2-lora/messages.ts';
import type { TWO_SEEDS_WORDS } from '../lessons/course/3-two-seeds/messages.ts';
import type { SHAPLEY_LESSON_WORDS } from '../lessons/course/4-shapley/messages.ts';
import type { PRUNING_LESSON_WORDS } from '../lessons/course/5-pruning/messages.ts';
import type { MERGING_LESSON_WORDS } from '../lessons/course/6-merging/messages.ts';
import type { HONEST_WORDS } from '../lessons/course/7-honest/messages.ts';
import type { COURSE_WORDS } from '../lessons/course/messages.ts';
import type { LESSON_WORDS } from '../lessons/messages.ts';
import type { MEASURE_WORDS } from '../study/result/measures/messages.ts';
import type { PAGE_WORDS } from '../ui/messages.ts';
import type { STORY } from '../ui/story/messages.ts';

export interface Areas {
  readonly captions: typeof CAPTION_WORDS;
  readonly course: typeof COURSE_WORDS;
  readonly glossary: typeof GLOSSARY;
  readonly 'lesson-honest': typeof HONEST_WORDS;
  readonly 'lesson-lora': typeof LORA_WORDS;
  readonly 'lesson-merging': typeof MERGING_LESSON_WORDS;
  readonly 'lesson-picture': typeof PICTURE_WORDS;
  readonly 'lesson-pruning': typeof PRUNING_LESSON_WORDS;
  readonly 'lesson-shapley': typeof SHAPLEY_LESSON_WORDS;
  readonly 'lesson-two-seeds': typeof TWO_SEEDS_WORDS;
  readonly lessons: typeof LESSON_WORDS;
  readonly lists: typeof LIST_WORDS;
  readonly measures: typeof MEASURE_WORDS;
  readonly page: typeof PAGE_WORDS;
  readonly readings: typeof READING_WORDS;
  readonly scopes: typeof SCOPE_WORDS;
  readonly seen: typeof SEEN;
  readonly story: typeof STORY;
}
