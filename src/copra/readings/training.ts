import type { Sample } from '../../core/clusters.ts';
import { listed } from '../../core/listed.ts';
import { READING_WORDS } from './messages.ts';
import { mean } from '../../core/statistics.ts';
import { countedEach, percent, sampling, sentence, spread, verdicts, withResults } from './words.ts';
import type { ArmResults, Differ } from './words.ts';
import { divergedReadings, poorReadings, type EndedRun, type TrainingFloor } from './troubles.ts';

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
    return [READING_WORDS.training.taken(name, first < last ? first : null, last, results.length - steps.length)];
  });
  return found.length > 0 ? sentence(found) : '';
}

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
  const words = READING_WORDS.training;
  const diverged = divergedReadings(arms);
  const tested = withResults(arms.map((arm) => ({ ...arm, results: arm.results.filter((run) => run.test !== null) })));
  if (tested.length === 0) return diverged.length > 0 ? sentence(diverged) : READING_WORDS.nothingYet;
  const accuracies = tested.map(({ results }) => results.map((run) => run.test?.accuracy ?? NaN));
  const means = accuracies.map((values) => mean(values));
  const steps = Math.max(...tested.flatMap(({ results }) => results.map((run) => run.steps)));
  const reached = tested.map(({ name }, i) => words.reaches(name, spread(accuracies[i]), i === 0));
  const seeds = countedEach(
    tested.map(({ results }) => results.length),
    'seed',
  );
  return sentence([
    words.after(steps, listed(reached), `${seeds}, ${sampling(means[0], images)}`),
    ...verdicts(tested, means, 'ahead', differ),
    frozen ? words[frozen.name === 'zero-shot' ? 'zeroShot' : 'headOnly'](percent(frozen.accuracy, 1)) : '',
    ...diverged,
    ...poorReadings(tested, floor, images),
  ]);
}
