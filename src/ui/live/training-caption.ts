/** The sentence under the training curves. A separate file, because the other captions load after first paint. */
import { takenReading, trainingReading } from '../../copra/readings/training.ts';
import { mean } from '../../core/statistics.ts';
import { comparedArms } from '../../state/summary/findings.ts';
import { frozenOf } from '../../study/run/frozen.ts';
import type { StudyResult } from '../../study/result/result.ts';
import { TEST_ACCURACY } from '../../study/result/measures/accuracy.ts';
import { differenceIn } from '../../study/result/measures/arm-difference.ts';
import { byArm, readArms } from '../results/read-arms.ts';
import { LIVE_WORDS } from './messages.ts';

/** Where the curves, which are of the validation images, end the other way round than the test does. Empty elsewhere. */
function validationReading(result: StudyResult): string {
  const arms = comparedArms(result.config);
  if (!arms) return '';
  // A run that is tested as it was earlier ends elsewhere.
  const runsOf = (arm: string) =>
    result.runs.filter((run) => run.arm === arm && run.test !== null && run.takenAt === undefined);
  const [ofFirst, ofSecond] = arms.map(({ id }) => runsOf(id).map(({ seed }) => seed));
  const ends = arms.map(({ id, name }) => {
    // Of the seeds of both, as the difference in the test is, which this qualifies.
    const runs = runsOf(id).filter(({ seed }) => ofFirst.includes(seed) && ofSecond.includes(seed));
    return {
      name,
      test: mean(runs.flatMap((run) => run.test?.accuracy ?? [])),
      validation: mean(runs.flatMap((run) => run.validation.at(-1)?.accuracy ?? [])),
    };
  });
  const [first, second] = ends;
  // As they are written.
  const sideIn = (of: 'test' | 'validation'): number =>
    Math.sign(Math.round(1000 * second[of]) - Math.round(1000 * first[of]));
  if (!(sideIn('test') * sideIn('validation') < 0)) return '';
  return LIVE_WORDS.curves.endOtherwise(
    result.task.validation,
    ends.toSorted((one, other) => other.validation - one.validation),
  );
}

export function trainingCaption(result: StudyResult): string {
  if (!result.runs.some((run) => run.test !== null || run.diverged !== undefined)) return '';
  const { chance, test } = result.task;
  const floor = { chance, frozen: frozenOf(result.task) };
  const reading = readArms(result, result.runs, (arms) =>
    trainingReading(arms, floor, test, differenceIn(result, TEST_ACCURACY)),
  );
  return [reading, validationReading(result), takenReading(byArm(result, result.runs))].filter(Boolean).join(' ');
}
