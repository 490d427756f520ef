import type { StudyResult } from './result.ts';

/** Number of test images that a study's accuracies are based on: all, up to its limit. */
export const testedImages = ({ config, task }: Pick<StudyResult, 'config' | 'task'>): number =>
  Math.min(config.analyses.testImages ?? Infinity, task.test);

/** The same of all tasks together. */
export const imagesOfTasks = ({ tasks }: { readonly tasks: readonly { readonly test: number }[] }): number =>
  tasks.reduce((sum, { test }) => sum + test, 0);
