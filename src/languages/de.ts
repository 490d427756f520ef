/** The page in German. */
import { LESSON_WORDS_DE } from '../lessons/messages.de.ts';
import { LINK_WORDS_DE } from '../share/link/messages.de.ts';
import { EMBED_WORDS_DE } from '../ui/embed/messages.de.ts';
import { GLOSSARY_CONTROLS_DE } from '../ui/glossary/messages.de.ts';
import { MAP_WORDS_DE } from '../ui/map/messages.de.ts';
import { PAGE_WORDS_DE } from '../ui/messages.de.ts';
import { ADAPTER_WORDS_DE } from '../ui/results/adapters/messages.de.ts';
import { CONFUSION_WORDS_DE } from '../ui/results/confusion/messages.de.ts';
import { FRONTIER_WORDS_DE } from '../ui/results/frontier/messages.de.ts';
import { INSIDE_WORDS_DE } from '../ui/results/inside/messages.de.ts';
import { RESULT_WORDS_DE } from '../ui/results/messages.de.ts';
import { OWN_WORDS_DE } from '../ui/results/own/messages.de.ts';
import { PICTURE_WORDS_DE } from '../ui/results/pictures/messages.de.ts';
import { SUMMARY_WORDS_DE } from '../ui/results/summary/messages.de.ts';
import { SWEEP_WORDS_DE } from '../ui/results/sweep/messages.de.ts';
import { SHARE_WORDS_DE } from '../ui/share/messages.de.ts';
import { STORY_DE } from '../ui/story/messages.de.ts';
import type { Areas } from './areas.ts';

export const DE: Areas = {
  adapters: ADAPTER_WORDS_DE,
  confusion: CONFUSION_WORDS_DE,
  embed: EMBED_WORDS_DE,
  frontier: FRONTIER_WORDS_DE,
  glossaryControls: GLOSSARY_CONTROLS_DE,
  inside: INSIDE_WORDS_DE,
  lessons: LESSON_WORDS_DE,
  links: LINK_WORDS_DE,
  map: MAP_WORDS_DE,
  own: OWN_WORDS_DE,
  page: PAGE_WORDS_DE,
  pictures: PICTURE_WORDS_DE,
  results: RESULT_WORDS_DE,
  share: SHARE_WORDS_DE,
  story: STORY_DE,
  summary: SUMMARY_WORDS_DE,
  sweep: SWEEP_WORDS_DE,
};
