/** The sentences under the training curves, which load after the first paint. */
import { seedDifference } from '../../copra/seed-differences.ts';
import { unbrokenPercent, shareSpread } from '../../study/readings/numbers.ts';
import {
  differenceRemark,
  countedEach,
  sampling,
  sentence,
  verdicts,
  withResults,
} from '../../study/readings/words.ts';
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
import { listed } from '../../core/listed.ts';
import { READING_WORDS } from '../../study/readings/messages.ts';
import type { ArmResults, Differ } from '../../study/readings/words.ts';
import type { Sample } from '../../core/clusters.ts';
import { LIVE_WORDS } from './messages.ts';
import { divergedReadings, guessReading, poorReadings, type EndedRun, type TrainingFloor } from './troubles.ts';

export interface TrainedRun extends EndedRun {
  readonly steps: number;
  /** Steps after which it had the adapter that was tested; absent: that of the last step, or a mean of the last. */
  readonly takenAt?: number;
}

/** "LoRA early is tested as it was after 1,240 to 1,262 steps.", of every arm of which a run is not tested with its last adapter. Empty without any. */
export function takenReading(arms: readonly ArmResults<TrainedRun>[]): string {
  const found = arms.flatMap(({ name, results }) => {
    const steps = results.flatMap(({ takenAt }) => takenAt ?? []);
    if (steps.length === 0) return [];
    const [first, last] = [Math.min(...steps), Math.max(...steps)];
    return [LIVE_WORDS.curves.caption.taken(name, first < last ? first : null, last, results.length - steps.length)];
  });
  return found.length > 0 ? sentence(found) : '';
}

/** Of every arm the runs that were tested. */
const testedOf = <Run extends EndedRun>(arms: readonly ArmResults<Run>[]): ArmResults<Run>[] =>
  withResults(arms.map((arm) => ({ ...arm, results: arm.results.filter((run) => run.test !== null) })));

/**
 * Test accuracy after training, arms against the first, and what went wrong.
 * @param floor accuracies without adapters @param differ in test accuracy
 */
export function trainingReading(
  arms: readonly ArmResults<TrainedRun>[],
  floor: TrainingFloor,
  images: Sample,
  differ: Differ,
): string {
  const { frozen } = floor;
  const words = LIVE_WORDS.curves.caption;
  const diverged = divergedReadings(arms);
  const tested = testedOf(arms);
  if (tested.length === 0) return diverged.length > 0 ? sentence(diverged) : READING_WORDS.nothingYet;
  const accuracies = tested.map(({ results }) => results.map((run) => run.test?.accuracy ?? NaN));
  const means = accuracies.map((values) => mean(values));
  const steps = Math.max(...tested.flatMap(({ results }) => results.map((run) => run.steps)));
  const reached = tested.map(({ name }, i) => words.reaches(name, shareSpread(accuracies[i]), i === 0));
  const seeds = countedEach(
    tested.map(({ results }) => results.length),
    'seed',
  );
  return sentence([
    words.after(steps, listed(reached), `${seeds}, ${sampling(means[0], images)}`),
    ...verdicts(tested, means, 'ahead', differ),
    frozen ? words[frozen.name === 'zero-shot' ? 'zeroShot' : 'headOnly'](unbrokenPercent(frozen.accuracy, 1)) : '',
    ...diverged,
    ...poorReadings(tested, floor, images),
  ]);
}

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

const floorOf = ({ task }: StudyResult): TrainingFloor => ({ chance: task.chance, frozen: frozenOf(task) });

/** What went wrong, which no fold hides; empty where nothing did. */
export function troublesCaption(result: StudyResult): string {
  const arms = byArm(result, result.runs);
  const tested = testedOf(arms);
  const [floor, images] = [floorOf(result), testSample(result)];
  const found = [...divergedReadings(arms), ...poorReadings(tested, floor, images)];
  const guesses = tested.length > 0 ? guessReading(floor, images) : '';
  return [guesses, found.length > 0 ? sentence(found) : ''].filter(Boolean).join(' ');
}

export function trainingCaption(result: StudyResult): string {
  if (!result.runs.some((run) => run.test !== null || run.diverged !== undefined)) return '';
  const floor = floorOf(result);
  const reading = readArms(result, result.runs, (arms) =>
    trainingReading(arms, floor, testSample(result), differenceIn(result, TEST_ACCURACY)),
  );
  return [reading, validationReading(result), takenReading(byArm(result, result.runs))].filter(Boolean).join(' ');
}
