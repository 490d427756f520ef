/** The areas of the page that have texts: what every language must provide. */
import type { LESSON_WORDS } from '../lessons/messages.ts';
import type { BACKBONE_WORDS } from '../ui/backbone/messages.ts';
import type { CLASSROOM_WORDS } from '../ui/classroom/messages.ts';
import type { CONTROL_WORDS } from '../ui/controls/messages.ts';
import type { DATASET_WORDS } from '../ui/dataset/messages.ts';
import type { HEADER_WORDS } from '../ui/header/messages.ts';
import type { GPU_WORDS } from '../ui/live/gpu/messages.ts';
import type { LIVE_WORDS } from '../ui/live/messages.ts';
import type { STRATEGY_WORDS } from '../ui/live/strategy/messages.ts';
import type { PAGE_WORDS } from '../ui/messages.ts';
import type { STORY } from '../ui/story/messages.ts';
import type { STUDY_WORDS } from '../ui/study/messages.ts';

export interface Areas {
  readonly backbone: typeof BACKBONE_WORDS;
  readonly classroom: typeof CLASSROOM_WORDS;
  readonly controls: typeof CONTROL_WORDS;
  readonly dataset: typeof DATASET_WORDS;
  readonly gpu: typeof GPU_WORDS;
  readonly header: typeof HEADER_WORDS;
  readonly lessons: typeof LESSON_WORDS;
  readonly live: typeof LIVE_WORDS;
  readonly page: typeof PAGE_WORDS;
  readonly story: typeof STORY;
  readonly strategy: typeof STRATEGY_WORDS;
  readonly study: typeof STUDY_WORDS;
}
