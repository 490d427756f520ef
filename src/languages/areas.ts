/** The areas of the page that have texts: what every language must provide. */
import type { LESSON_WORDS } from '../lessons/messages.ts';
import type { ANNOUNCED_WORDS } from '../ui/analyses/announced/messages.ts';
import type { PLANE_WORDS } from '../ui/analyses/plane/messages.ts';
import type { PRUNE_BY_HAND_WORDS } from '../ui/analyses/pruning/hand/messages.ts';
import type { PRUNING_WORDS } from '../ui/analyses/pruning/messages.ts';
import type { PAGE_WORDS } from '../ui/messages.ts';
import type { STORY } from '../ui/story/messages.ts';

export interface Areas {
  readonly announced: typeof ANNOUNCED_WORDS;
  readonly lessons: typeof LESSON_WORDS;
  readonly page: typeof PAGE_WORDS;
  readonly plane: typeof PLANE_WORDS;
  readonly 'prune-by-hand': typeof PRUNE_BY_HAND_WORDS;
  readonly pruning: typeof PRUNING_WORDS;
  readonly story: typeof STORY;
}
