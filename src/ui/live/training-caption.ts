/** The sentence under the training curves. A separate file, because the other captions load after first paint. */
import { seedDifference } from '../../copra/seed-differences.ts';
import { differenceRemark } from '../../copra/readings/words.ts';
import { takenReading, trainingReading } from '../../copra/readings/training.ts';
import { mean } from '../../core/statistics.ts';
import { comparedArms } from '../../state/summary/findings.ts';
import { frozenOf } from '../../study/result/frozen.ts';
import { independentImages } from '../../core/clusters.ts';
import { testSample } from '../../study/result/measures/sample.ts';
import type { StudyResult } from '../../study/result/result.ts';
import { TEST_ACCURACY } from '../../study/result/measures/accuracy.ts';
import { oneAccuracy } from '../../study/result/measures/measure.ts';
import { differenceIn } from '../../study/result/measures/arm-difference.ts';
import { byArm, readArms } from '../results/read-arms.ts';
import { LIVE_WORDS } from './messages.ts';

/** Where the curves, which are of the validation images, end in the other order than the test does, and whether that is clear. Empty elsewhere. */
function validationReading(result: StudyResult): string {
  const arms = comparedArms(result.config);
  if (!arms) return '';
  // A run that is tested as it was earlier ends elsewhere.
  const runsOf = (arm: string) =>
    result.runs.filter((run) => run.arm === arm && run.test !== null && run.takenAt === undefined);
  const [ofFirst, ofSecond] = arms.map(({ id }) => runsOf(id).map(({ seed }) => seed));
  const { validation: images } = result.task;
  const ends = arms.map(({ id, name }) => {
    // Of the seeds of both, as the difference in the test is, which this qualifies.
    const runs = runsOf(id).filter(({ seed }) => ofFirst.includes(seed) && ofSecond.includes(seed));
    const curves = runs.flatMap((run) => {
      const accuracy = run.validation.at(-1)?.accuracy;
      // Which validation images were right is not kept.
      return accuracy === undefined ? [] : [oneAccuracy([run.seed], { accuracy, correct: null })];
    });
    return {
      name,
      test: mean(runs.flatMap((run) => run.test?.accuracy ?? [])),
      validation: mean(curves.map(({ value }) => value)),
      curves,
    };
  });
  const [first, second] = ends;
  // As they are written.
  const sideIn = (of: 'test' | 'validation'): number =>
    Math.sign(Math.round(1000 * second[of]) - Math.round(1000 * first[of]));
  if (!(sideIn('test') * sideIn('validation') < 0)) return '';
  const [higher, lower] = ends.toSorted((one, other) => other.validation - one.validation);
  const difference = seedDifference(lower.curves, higher.curves, independentImages(images));
  return LIVE_WORDS.curves.endOtherwise(
    images,
    [higher, lower],
    differenceRemark(difference, higher.validation - lower.validation),
  );
}

export function trainingCaption(result: StudyResult): string {
  if (!result.runs.some((run) => run.test !== null || run.diverged !== undefined)) return '';
  const { chance } = result.task;
  const floor = { chance, frozen: frozenOf(result.task) };
  const reading = readArms(result, result.runs, (arms) =>
    trainingReading(arms, floor, testSample(result), differenceIn(result, TEST_ACCURACY)),
  );
  return [reading, validationReading(result), takenReading(byArm(result, result.runs))].filter(Boolean).join(' ');
}
