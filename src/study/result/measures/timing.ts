/** How long a training of an arm takes, and a step of it. */
import type { SeedValue } from '../../../core/crossed-interval.ts';
import { mean } from '../../../core/statistics.ts';
import { secondsSpent } from '../../../copra/spending/time.ts';
import type { TimingResult } from '../../analyses/timing/result.ts';
import type { StudyResult } from '../result.ts';

/** What a result must have for its times to be read. */
export type Timed = Pick<StudyResult, 'timing'>;

const NONE: readonly TimingResult[] = [];

/** Runs whose steps were timed; the same list for the same result. */
export const timedRuns = ({ timing }: Timed): readonly TimingResult[] => timing ?? NONE;

const runsOf = (timed: readonly TimingResult[], arm: string): TimingResult[] =>
  timed.filter((run) => run.arm === arm && run.steps.length > 0);

/** Whether it is known of every arm how long its steps take. */
export const isTimed = (result: Timed & Pick<StudyResult, 'config'>): boolean =>
  result.config.arms.every(({ id }) => runsOf(timedRuns(result), id).length > 0);

/** Seconds of a step of a run on its own, mean over its timed steps, one value per seed. Times rest on no test image. */
export const stepSeconds = (result: Timed, arm: string): SeedValue[] =>
  runsOf(timedRuns(result), arm).map(({ seed, seconds }) => ({ seeds: [seed], value: mean(seconds), sensitivity: 0 }));

/** [steps + 1]: seconds of a run of the arm on its own so far, mean over seeds; null where none was timed. */
export function trainingSeconds(timed: readonly TimingResult[], arm: string, steps: number): Float64Array | null {
  const runs = runsOf(timed, arm).map((run) => secondsSpent(run.steps, run.seconds, steps));
  if (runs.length === 0) return null;
  return Float64Array.from({ length: steps + 1 }, (_, step) => mean(runs.map((run) => run[step])));
}
