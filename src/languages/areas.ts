/** The areas of the page that have texts: what every language must provide. */
import type { LESSON_WORDS } from '../lessons/messages.ts';
import type { LINK_WORDS } from '../share/link/messages.ts';
import type { EMBED_WORDS } from '../ui/embed/messages.ts';
import type { GLOSSARY_CONTROLS } from '../ui/glossary/messages.ts';
import type { MAP_WORDS } from '../ui/map/messages.ts';
import type { PAGE_WORDS } from '../ui/messages.ts';
import type { ADAPTER_WORDS } from '../ui/results/adapters/messages.ts';
import type { CONFUSION_WORDS } from '../ui/results/confusion/messages.ts';
import type { FRONTIER_WORDS } from '../ui/results/frontier/messages.ts';
import type { INSIDE_WORDS } from '../ui/results/inside/messages.ts';
import type { RESULT_WORDS } from '../ui/results/messages.ts';
import type { OWN_WORDS } from '../ui/results/own/messages.ts';
import type { PICTURE_WORDS } from '../ui/results/pictures/messages.ts';
import type { SUMMARY_WORDS } from '../ui/results/summary/messages.ts';
import type { SWEEP_WORDS } from '../ui/results/sweep/messages.ts';
import type { SHARE_WORDS } from '../ui/share/messages.ts';
import type { STORY } from '../ui/story/messages.ts';

export interface Areas {
  readonly adapters: typeof ADAPTER_WORDS;
  readonly confusion: typeof CONFUSION_WORDS;
  readonly embed: typeof EMBED_WORDS;
  readonly frontier: typeof FRONTIER_WORDS;
  readonly glossaryControls: typeof GLOSSARY_CONTROLS;
  readonly inside: typeof INSIDE_WORDS;
  readonly lessons: typeof LESSON_WORDS;
  readonly links: typeof LINK_WORDS;
  readonly map: typeof MAP_WORDS;
  readonly own: typeof OWN_WORDS;
  readonly page: typeof PAGE_WORDS;
  readonly pictures: typeof PICTURE_WORDS;
  readonly results: typeof RESULT_WORDS;
  readonly share: typeof SHARE_WORDS;
  readonly story: typeof STORY;
  readonly summary: typeof SUMMARY_WORDS;
  readonly sweep: typeof SWEEP_WORDS;
}
