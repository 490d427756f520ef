/** The areas of the page that have texts: what every language must provide. */
import type { RULES_WORDS } from '../copra/federated/messages.ts';
import type { LESSON_WORDS } from '../lessons/messages.ts';
import type { ANNOUNCED_WORDS } from '../ui/analyses/announced/messages.ts';
import type { DOMAINS_WORDS } from '../ui/analyses/domains/messages.ts';
import type { FEDERATED_WORDS } from '../ui/analyses/federated/messages.ts';
import type { GEOMETRY_WORDS } from '../ui/analyses/geometry/messages.ts';
import type { LANDSCAPE_WORDS } from '../ui/analyses/landscape/messages.ts';
import type { PATH_PICTURES_WORDS } from '../ui/analyses/landscape/pictures/messages.ts';
import type { MERGING_WORDS } from '../ui/analyses/merging/messages.ts';
import type { MULTITASK_WORDS } from '../ui/analyses/multitask/messages.ts';
import type { CHARTS_WORDS } from '../ui/charts/messages.ts';
import type { PAGE_WORDS } from '../ui/messages.ts';
import type { STORY } from '../ui/story/messages.ts';

export interface Areas {
  readonly announced: typeof ANNOUNCED_WORDS;
  readonly charts: typeof CHARTS_WORDS;
  readonly domains: typeof DOMAINS_WORDS;
  readonly 'federated-rules': typeof RULES_WORDS;
  readonly federated: typeof FEDERATED_WORDS;
  readonly geometry: typeof GEOMETRY_WORDS;
  readonly landscape: typeof LANDSCAPE_WORDS;
  readonly lessons: typeof LESSON_WORDS;
  readonly merging: typeof MERGING_WORDS;
  readonly multitask: typeof MULTITASK_WORDS;
  readonly page: typeof PAGE_WORDS;
  readonly 'path-pictures': typeof PATH_PICTURES_WORDS;
  readonly story: typeof STORY;
}
