import type { StudyResult } from './result.ts';

/** Test images that the accuracies of a study rest on: all, up to its limit. */
export const testedImages = ({ config, task }: Pick<StudyResult, 'config' | 'task'>): number =>
  Math.min(config.analyses.testImages ?? Infinity, task.test);
