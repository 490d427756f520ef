/** The page in German. */
import { LESSON_WORDS_DE } from '../lessons/messages.de.ts';
import { EMBED_WORDS_DE } from '../ui/embed/messages.de.ts';
import { GLOSSARY_CONTROLS_DE } from '../ui/glossary/messages.de.ts';
import { MAP_WORDS_DE } from '../ui/map/messages.de.ts';
import { PAGE_WORDS_DE } from '../ui/messages.de.ts';
import { STORY_DE } from '../ui/story/messages.de.ts';
import type { Areas } from './areas.ts';

export const DE: Areas = {
  embed: EMBED_WORDS_DE,
  glossaryControls: GLOSSARY_CONTROLS_DE,
  lessons: LESSON_WORDS_DE,
  map: MAP_WORDS_DE,
  page: PAGE_WORDS_DE,
  story: STORY_DE,
};
