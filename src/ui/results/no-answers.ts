import { fitsAnswers, MOST_CLASSES } from '../../study/predictions/answers.ts';
import type { StudyResult } from '../../study/result/result.ts';
import { RESULT_WORDS } from './messages.ts';

/** Why a result has no answers to single pictures. @param notKept what is said where its answers could have been kept */
export const noAnswers = (task: Pick<StudyResult['task'], 'classes'>, notKept: string): string =>
  fitsAnswers(task) ? notKept : RESULT_WORDS.tooManyClasses(MOST_CLASSES);
