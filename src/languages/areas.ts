/** The areas of the page that have texts: what every language must provide. */
import type { TASK_WORDS } from '../data/bundled/messages.ts';
import type { LAYOUT_WORDS } from '../data/formats/messages.ts';
import type { LESSON_WORDS } from '../lessons/messages.ts';
import type { ADAPTER_STATE_WORDS } from '../state/adapters/messages.ts';
import type { COLLECT_WORDS } from '../state/dataset/messages.ts';
import type { MAP_STATE_WORDS } from '../state/map/messages.ts';
import type { MODEL_WORDS } from '../state/models/messages.ts';
import type { RESPONDENT_WORDS } from '../state/own/messages.ts';
import type { PAGE_STATE_WORDS } from '../state/page/messages.ts';
import type { PICTURE_WORDS } from '../state/pictures/messages.ts';
import type { STUDY_STATE_WORDS } from '../state/study/messages.ts';
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
  readonly adapterState: typeof ADAPTER_STATE_WORDS;
  readonly backbone: typeof BACKBONE_WORDS;
  readonly classroom: typeof CLASSROOM_WORDS;
  readonly collect: typeof COLLECT_WORDS;
  readonly controls: typeof CONTROL_WORDS;
  readonly dataset: typeof DATASET_WORDS;
  readonly gpu: typeof GPU_WORDS;
  readonly header: typeof HEADER_WORDS;
  readonly layouts: typeof LAYOUT_WORDS;
  readonly lessons: typeof LESSON_WORDS;
  readonly live: typeof LIVE_WORDS;
  readonly mapState: typeof MAP_STATE_WORDS;
  readonly models: typeof MODEL_WORDS;
  readonly page: typeof PAGE_WORDS;
  readonly pageState: typeof PAGE_STATE_WORDS;
  readonly pictureState: typeof PICTURE_WORDS;
  readonly respondents: typeof RESPONDENT_WORDS;
  readonly story: typeof STORY;
  readonly strategy: typeof STRATEGY_WORDS;
  readonly study: typeof STUDY_WORDS;
  readonly studyState: typeof STUDY_STATE_WORDS;
  readonly tasks: typeof TASK_WORDS;
}
