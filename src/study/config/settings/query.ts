import type { AnalysisQuery } from './analyses.ts';
import type { ARM_SETTINGS } from './arm.ts';
import type { QueryOf } from './rows.ts';
import type { SHARED_SETTINGS } from './shared.ts';
import type { STUDY_SETTINGS } from './study.ts';
import type { TRAINING_SETTINGS } from './training.ts';

/** Query keys of all settings that are rows. */
export type SettingQuery =
  | QueryOf<typeof STUDY_SETTINGS | typeof ARM_SETTINGS | typeof TRAINING_SETTINGS | typeof SHARED_SETTINGS>
  | AnalysisQuery;
