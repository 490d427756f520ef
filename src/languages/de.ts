/** The page in German. */
import { RULES_WORDS_DE } from '../copra/federated/messages.de.ts';
import { SCOPE_WORDS_DE } from '../copra/messages.de.ts';
import { METHOD_WORDS_DE } from '../copra/methods/messages.de.ts';
import { CAPTION_WORDS_DE } from '../copra/readings/captions/messages.de.ts';
import { GLOSSARY_DE } from '../copra/readings/glossary/messages.de.ts';
import { READING_WORDS_DE } from '../copra/readings/messages.de.ts';
import { SCHEDULE_READINGS_DE } from '../copra/readings/schedules/messages.de.ts';
import { SEEN_DE } from '../copra/readings/seen.de.ts';
import { LIST_WORDS_DE } from '../core/messages.de.ts';
import { DATA_DE } from '../data/german.ts';
import { ENGINE_NOTICES_DE } from '../engine/words.de.ts';
import { PICTURE_LESSON_WORDS_DE } from '../lessons/course/1-picture/messages.de.ts';
import { LORA_WORDS_DE } from '../lessons/course/2-lora/messages.de.ts';
import { TWO_SEEDS_WORDS_DE } from '../lessons/course/3-two-seeds/messages.de.ts';
import { SHAPLEY_LESSON_WORDS_DE } from '../lessons/course/4-shapley/messages.de.ts';
import { PRUNING_LESSON_WORDS_DE } from '../lessons/course/5-pruning/messages.de.ts';
import { MERGING_LESSON_WORDS_DE } from '../lessons/course/6-merging/messages.de.ts';
import { HONEST_WORDS_DE } from '../lessons/course/7-honest/messages.de.ts';
import { COURSE_WORDS_DE } from '../lessons/course/messages.de.ts';
import { LESSON_WORDS_DE } from '../lessons/messages.de.ts';
import { PART_WORDS_DE } from '../lessons/part-words.de.ts';
import { MODEL_DE } from '../model/german.ts';
import { PLATFORM_DE } from '../platform/german.ts';
import { CONFIG_WORDS_DE } from '../share/config/messages.de.ts';
import { LINK_WORDS_DE } from '../share/link/messages.de.ts';
import { LINK_CHECKS_DE } from '../share/link/words.de.ts';
import { SHARE_CHECKS_DE } from '../share/words.de.ts';
import { ADAPTER_STATE_WORDS_DE } from '../state/adapters/messages.de.ts';
import { COLLECT_WORDS_DE } from '../state/dataset/messages.de.ts';
import { EMBEDDING_WORDS_DE } from '../state/embedding/messages.de.ts';
import { MAP_STATE_WORDS_DE } from '../state/map/messages.de.ts';
import { MODEL_WORDS_DE } from '../state/models/messages.de.ts';
import { RESPONDENT_WORDS_DE } from '../state/own/messages.de.ts';
import { PAGE_STATE_WORDS_DE } from '../state/page/messages.de.ts';
import { PICTURE_STATE_WORDS_DE } from '../state/pictures/messages.de.ts';
import { SEARCH_STATE_WORDS_DE } from '../state/search/messages.de.ts';
import { STUDY_STATE_WORDS_DE } from '../state/study/messages.de.ts';
import { SETTING_HELP_DE } from '../study/config/settings/help/messages.de.ts';
import { SETTING_NAMES_DE, SETTING_VALUES_DE } from '../study/config/settings/messages.de.ts';
import { STUDY_DE } from '../study/german.ts';
import { PRESET_WORDS_DE } from '../study/presets/messages.de.ts';
import { MEASURE_WORDS_DE } from '../study/result/measures/messages.de.ts';
import { ANNOUNCED_WORDS_DE } from '../ui/analyses/announced/messages.de.ts';
import { DOMAINS_WORDS_DE } from '../ui/analyses/domains/messages.de.ts';
import { ROOM_WORDS_DE } from '../ui/analyses/federated/room/messages.de.ts';
import { FEDERATED_WORDS_DE } from '../ui/analyses/federated/messages.de.ts';
import { GEOMETRY_WORDS_DE } from '../ui/analyses/geometry/messages.de.ts';
import { LANDSCAPE_WORDS_DE } from '../ui/analyses/landscape/messages.de.ts';
import { PATH_PICTURES_WORDS_DE } from '../ui/analyses/landscape/pictures/messages.de.ts';
import { MERGING_WORDS_DE } from '../ui/analyses/merging/messages.de.ts';
import { MULTITASK_WORDS_DE } from '../ui/analyses/multitask/messages.de.ts';
import { PLANE_WORDS_DE } from '../ui/analyses/plane/messages.de.ts';
import { PRUNE_BY_HAND_WORDS_DE } from '../ui/analyses/pruning/hand/messages.de.ts';
import { PRUNING_WORDS_DE } from '../ui/analyses/pruning/messages.de.ts';
import { SHAPLEY_FIGURE_WORDS_DE } from '../ui/analyses/shapley/further/messages.de.ts';
import { SHAPLEY_WORDS_DE } from '../ui/analyses/shapley/messages.de.ts';
import { IMAGE_LAYERS_WORDS_DE } from '../ui/analyses/shapley/pictures/messages.de.ts';
import { SHARPNESS_WORDS_DE } from '../ui/analyses/sharpness/messages.de.ts';
import { SPECTRA_WORDS_DE } from '../ui/analyses/spectra/messages.de.ts';
import { TIMELINE_WORDS_DE } from '../ui/analyses/timeline/messages.de.ts';
import { TIMING_WORDS_DE } from '../ui/analyses/timing/messages.de.ts';
import { BACKBONE_WORDS_DE } from '../ui/backbone/messages.de.ts';
import { CHARTS_WORDS_DE } from '../ui/charts/messages.de.ts';
import { CLASSROOM_WORDS_DE } from '../ui/classroom/messages.de.ts';
import { CONTROL_WORDS_DE } from '../ui/controls/messages.de.ts';
import { DATASET_WORDS_DE } from '../ui/dataset/messages.de.ts';
import { EMBED_WORDS_DE } from '../ui/embed/messages.de.ts';
import { GLOSSARY_CONTROLS_DE } from '../ui/glossary/messages.de.ts';
import { HEADER_WORDS_DE } from '../ui/header/messages.de.ts';
import { PRECISION_WORDS_DE } from '../ui/header/precision/messages.de.ts';
import { KERNEL_WORDS_DE } from '../ui/live/gpu/kernels/messages.de.ts';
import { GPU_WORDS_DE } from '../ui/live/gpu/messages.de.ts';
import { LIVE_WORDS_DE } from '../ui/live/messages.de.ts';
import { STRATEGY_WORDS_DE } from '../ui/live/strategy/messages.de.ts';
import { MAP_WORDS_DE } from '../ui/map/messages.de.ts';
import { MEASURE_BUTTON_DE } from '../ui/measure/button/messages.de.ts';
import { MEASURE_DE } from '../ui/measure/messages.de.ts';
import { PAGE_WORDS_DE } from '../ui/messages.de.ts';
import { HUB_ADAPTER_WORDS_DE } from '../ui/results/adapters/hub/messages.de.ts';
import { ADAPTER_WORDS_DE } from '../ui/results/adapters/messages.de.ts';
import { CONFUSION_WORDS_DE } from '../ui/results/confusion/messages.de.ts';
import { FRONTIER_WORDS_DE } from '../ui/results/frontier/messages.de.ts';
import { INSIDE_WORDS_DE } from '../ui/results/inside/messages.de.ts';
import { RESULT_WORDS_DE } from '../ui/results/messages.de.ts';
import { OWN_WORDS_DE } from '../ui/results/own/messages.de.ts';
import { PICTURE_WORDS_DE } from '../ui/results/pictures/messages.de.ts';
import { SUMMARY_WORDS_DE } from '../ui/results/summary/messages.de.ts';
import { SWEEP_WORDS_DE } from '../ui/results/sweep/messages.de.ts';
import { SEARCH_WORDS_DE } from '../ui/search/messages.de.ts';
import { SHARE_WORDS_DE } from '../ui/share/messages.de.ts';
import { STORY_DE } from '../ui/story/messages.de.ts';
import { STUDY_WORDS_DE } from '../ui/study/messages.de.ts';
import { WORKER_WORDS_DE } from '../worker/words.de.ts';

export const DE: Readonly<Record<string, object>> = {
  adapterState: ADAPTER_STATE_WORDS_DE,
  adapters: ADAPTER_WORDS_DE,
  announced: ANNOUNCED_WORDS_DE,
  backbone: BACKBONE_WORDS_DE,
  captions: CAPTION_WORDS_DE,
  charts: CHARTS_WORDS_DE,
  classroom: CLASSROOM_WORDS_DE,
  collect: COLLECT_WORDS_DE,
  config: CONFIG_WORDS_DE,
  confusion: CONFUSION_WORDS_DE,
  controls: CONTROL_WORDS_DE,
  course: COURSE_WORDS_DE,
  dataset: DATASET_WORDS_DE,
  domains: DOMAINS_WORDS_DE,
  embed: EMBED_WORDS_DE,
  embedding: EMBEDDING_WORDS_DE,
  engine: ENGINE_NOTICES_DE,
  'federated-rules': RULES_WORDS_DE,
  federated: FEDERATED_WORDS_DE,
  room: ROOM_WORDS_DE,
  frontier: FRONTIER_WORDS_DE,
  geometry: GEOMETRY_WORDS_DE,
  glossary: GLOSSARY_DE,
  glossaryControls: GLOSSARY_CONTROLS_DE,
  gpu: GPU_WORDS_DE,
  header: HEADER_WORDS_DE,
  hubAdapters: HUB_ADAPTER_WORDS_DE,
  'image-layers': IMAGE_LAYERS_WORDS_DE,
  inside: INSIDE_WORDS_DE,
  kernels: KERNEL_WORDS_DE,
  precision: PRECISION_WORDS_DE,
  landscape: LANDSCAPE_WORDS_DE,
  'lesson-honest': HONEST_WORDS_DE,
  'lesson-lora': LORA_WORDS_DE,
  'lesson-merging': MERGING_LESSON_WORDS_DE,
  'lesson-picture': PICTURE_LESSON_WORDS_DE,
  'lesson-pruning': PRUNING_LESSON_WORDS_DE,
  'lesson-shapley': SHAPLEY_LESSON_WORDS_DE,
  'lesson-two-seeds': TWO_SEEDS_WORDS_DE,
  lessons: LESSON_WORDS_DE,
  parts: PART_WORDS_DE,
  'link-checks': LINK_CHECKS_DE,
  links: LINK_WORDS_DE,
  lists: LIST_WORDS_DE,
  live: LIVE_WORDS_DE,
  map: MAP_WORDS_DE,
  mapState: MAP_STATE_WORDS_DE,
  measure: MEASURE_DE,
  measureButton: MEASURE_BUTTON_DE,
  measures: MEASURE_WORDS_DE,
  merging: MERGING_WORDS_DE,
  methods: METHOD_WORDS_DE,
  models: MODEL_WORDS_DE,
  multitask: MULTITASK_WORDS_DE,
  own: OWN_WORDS_DE,
  page: PAGE_WORDS_DE,
  pageState: PAGE_STATE_WORDS_DE,
  'path-pictures': PATH_PICTURES_WORDS_DE,
  pictureState: PICTURE_STATE_WORDS_DE,
  pictures: PICTURE_WORDS_DE,
  plane: PLANE_WORDS_DE,
  presets: PRESET_WORDS_DE,
  'prune-by-hand': PRUNE_BY_HAND_WORDS_DE,
  pruning: PRUNING_WORDS_DE,
  readings: READING_WORDS_DE,
  respondents: RESPONDENT_WORDS_DE,
  results: RESULT_WORDS_DE,
  scopes: SCOPE_WORDS_DE,
  'schedule-readings': SCHEDULE_READINGS_DE,
  search: SEARCH_WORDS_DE,
  searchState: SEARCH_STATE_WORDS_DE,
  seen: SEEN_DE,
  'setting-help': SETTING_HELP_DE,
  'setting-names': SETTING_NAMES_DE,
  'setting-values': SETTING_VALUES_DE,
  'shapley-figures': SHAPLEY_FIGURE_WORDS_DE,
  shapley: SHAPLEY_WORDS_DE,
  'share-files': SHARE_CHECKS_DE,
  share: SHARE_WORDS_DE,
  sharpness: SHARPNESS_WORDS_DE,
  spectra: SPECTRA_WORDS_DE,
  story: STORY_DE,
  strategy: STRATEGY_WORDS_DE,
  study: STUDY_WORDS_DE,
  studyState: STUDY_STATE_WORDS_DE,
  summary: SUMMARY_WORDS_DE,
  sweep: SWEEP_WORDS_DE,
  timeline: TIMELINE_WORDS_DE,
  timing: TIMING_WORDS_DE,
  worker: WORKER_WORDS_DE,
  ...DATA_DE,
  ...MODEL_DE,
  ...PLATFORM_DE,
  ...STUDY_DE,
};
