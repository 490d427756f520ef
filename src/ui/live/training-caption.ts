/** The sentence under the training curves. A separate file, because the other captions load after first paint. */
import { takenReading, trainingReading } from '../../copra/readings/training.ts';
import { frozenOf } from '../../study/run/frozen.ts';
import type { StudyResult } from '../../study/result/result.ts';
import { TEST_ACCURACY } from '../../study/result/measures/accuracy.ts';
import { differenceIn } from '../../study/result/measures/arm-difference.ts';
import { byArm, readArms } from '../results/read-arms.ts';

export function trainingCaption(result: StudyResult): string {
  if (!result.runs.some((run) => run.test !== null || run.diverged !== undefined)) return '';
  const { chance, test } = result.task;
  const floor = { chance, frozen: frozenOf(result.task) };
  const reading = readArms(result, result.runs, (arms) =>
    trainingReading(arms, floor, test, differenceIn(result, TEST_ACCURACY)),
  );
  return [reading, takenReading(byArm(result, result.runs))].join(' ').trim();
}
