/** What is said of other domains at equal accuracy on the task, behind what is said of them. It is loaded with the results: the first screen seldom needs it. */
import { comparedIn } from '../../state/summary/findings.ts';
import { OTHER_DOMAINS_AT_EQUAL_TASK } from '../../study/result/measures/equal-task.ts';
import type { StudyResult } from '../../study/result/result.ts';
import { reachedFinding } from '../story/finding-words.ts';
import { unbroken } from '../unbroken.ts';
import { RESULT_WORDS } from './messages.ts';
import { toldOf } from './told-of.ts';

interface Props {
  readonly result: StudyResult;
}

/** In words; empty where updates were not scaled. */
export const equalTaskMessage = (result: StudyResult): string =>
  toldOf(result, RESULT_WORDS.equalTask, OTHER_DOMAINS_AT_EQUAL_TASK).message;

export function EqualTaskMessage({ result }: Props) {
  const message = equalTaskMessage(result);
  return message === '' ? null : ` ${message}`;
}

/** With numbers. */
export function EqualTaskVerdict({ result }: Props) {
  const compared = comparedIn(result, OTHER_DOMAINS_AT_EQUAL_TASK);
  return compared && ` ${unbroken(RESULT_WORDS.equalTaskVerdict(reachedFinding(compared).verdict))}`;
}
