import type { StudyConfig } from '../../study/config/config.ts';
import { NOTHING_FOUND, type StudyResult } from '../../study/result/result.ts';

/** The result of a study that has not begun: it gives every chart an empty frame. */
export function emptyResult(config: StudyConfig): StudyResult {
  return {
    version: 1,
    config,
    provenance: { date: '', backend: '', device: '', software: false, appVersion: '', seconds: 0 },
    task: { name: config.task, classes: [], train: 0, validation: 0, test: 0, chance: NaN, zeroShot: null },
    ...NOTHING_FOUND,
    status: 'stopped',
  };
}
