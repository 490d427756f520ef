import { without } from '../../core/without.ts';
import type { StudyResult } from './result.ts';

/** The result without the small copies of test images that a study file brings; the same object when it has none. */
export const withoutPictures = (result: StudyResult): StudyResult =>
  result.task.pictures ? { ...result, task: without(result.task, 'pictures') } : result;
