/** The areas of the page that have texts: what every language must provide. */
import type { LESSON_WORDS } from '../lessons/messages.ts';
import type { CHARTS_WORDS } from '../ui/charts/messages.ts';
import type { PAGE_WORDS } from '../ui/messages.ts';
import type { STORY } from '../ui/story/messages.ts';

export interface Areas {
  readonly charts: typeof CHARTS_WORDS;
  readonly lessons: typeof LESSON_WORDS;
  readonly page: typeof PAGE_WORDS;
  readonly story: typeof STORY;
}
