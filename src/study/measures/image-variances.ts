/** Results without the answers to single images, and what intervals need of them. */
import { imageVariance } from '../../core/crossed-interval.ts';
import { differencesBySeed } from '../../copra/seed-differences.ts';
import type { StudyResult } from '../result.ts';
import type { Measure } from './measure.ts';

type ImageVariances = NonNullable<StudyResult['imageVariances']>;

/** Of every arm against the first, by the measures of which the answers are known; those kept before stay. */
function imageVariancesOf(result: StudyResult, measures: readonly Measure[]): ImageVariances {
  const [baseline, ...others] = result.config.arms;
  return others.flatMap((other) =>
    measures.flatMap((measure) => {
      const [a, b] = [baseline, other].map(({ id }) => measure.values(result, id));
      const variance = imageVariance(differencesBySeed(a, b));
      const named = { measure: measure.id, baseline: baseline.id, other: other.id };
      const before = result.imageVariances?.find(
        (kept) => kept.measure === measure.id && kept.baseline === baseline.id && kept.other === other.id,
      );
      return variance === null ? (before ?? []) : [{ ...named, variance }];
    }),
  );
}

/** A copy without one entry of an object. */
function without<T extends object, K extends keyof T>(value: T, key: K): Omit<T, K> {
  const copy: Partial<T> = { ...value };
  delete copy[key];
  return copy as Omit<T, K>;
}

/** The same figures without the answers to single images. Intervals stay what they are: what the images add to them is kept as a number for each comparison. */
export function withoutAnswers(result: StudyResult, measures: readonly Measure[]): StudyResult {
  const imageVariances = imageVariancesOf(result, measures);
  const { task, multitask, federated } = result;
  const ofTasks = (entry: NonNullable<StudyResult['multitask']>['zeroShot']) => without(entry, 'correct');
  return {
    ...without(result, 'imageVariances'),
    task: {
      ...task,
      zeroShot: task.zeroShot && without(task.zeroShot, 'correct'),
      ...(task.headOnly && { headOnly: without(task.headOnly, 'correct') }),
    },
    runs: result.runs.map((run) => ({ ...run, test: run.test && without(run.test, 'correct') })),
    landscape: result.landscape.map((path) => without(path, 'correct')),
    shapley: result.shapley.map((entry) => without(entry, 'topThirdInfluence')),
    pruning: result.pruning.map((entry) => ({
      ...entry,
      structured: entry.structured.map((mask) => without(mask, 'correct')),
      unstructured: entry.unstructured.map((curve) => without(curve, 'correct')),
    })),
    ...(multitask && {
      multitask: {
        ...multitask,
        zeroShot: ofTasks(multitask.zeroShot),
        runs: multitask.runs.map((run) => ({
          ...run,
          single: ofTasks(run.single),
          ensemble: ofTasks(run.ensemble),
          merges: run.merges.map((merge) => without(merge, 'correct')),
        })),
      },
    }),
    ...(federated && {
      federated: { ...federated, runs: federated.runs.map((run) => without(run, 'correct')) },
    }),
    ...(imageVariances.length > 0 && { imageVariances }),
  };
}
