/** The areas of the page that have texts: what every language must provide. */
import type { LESSON_WORDS } from '../lessons/messages.ts';
import type { EMBED_WORDS } from '../ui/embed/messages.ts';
import type { GLOSSARY_CONTROLS } from '../ui/glossary/messages.ts';
import type { MAP_WORDS } from '../ui/map/messages.ts';
import type { PAGE_WORDS } from '../ui/messages.ts';
import type { STORY } from '../ui/story/messages.ts';

export interface Areas {
  readonly embed: typeof EMBED_WORDS;
  readonly glossaryControls: typeof GLOSSARY_CONTROLS;
  readonly lessons: typeof LESSON_WORDS;
  readonly map: typeof MAP_WORDS;
  readonly page: typeof PAGE_WORDS;
  readonly story: typeof STORY;
}
