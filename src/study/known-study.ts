/** A study to which seeds are added: what it found and its adapters are kept, and nothing of it is computed again. */
import type { Task } from '../data/task.ts';
import type { StudyConfig } from './config.ts';
import type { TrainedRun } from './context.ts';
import type { StudyResult } from './result.ts';
import type { RunAdapter } from './run-adapter.ts';

export interface KnownStudy {
  readonly result: StudyResult;
  /** One per run of the result. */
  readonly adapters: readonly RunAdapter[];
}

/** Seeds of the configuration that are to be trained. */
export const newSeeds = (config: StudyConfig, known: KnownStudy | null): number[] =>
  known ? config.seeds.filter((seed) => !known.result.config.seeds.includes(seed)) : [...config.seeds];

/** Whether its figures need the adapters of every run on the way through training, which nobody keeps. */
export const followsTraining = ({ analyses: { plane, geometry } }: StudyConfig): boolean =>
  (plane?.enabled ?? false) || (geometry?.enabled ?? false);

/** @throws RangeError when settings or images are not those of the study, or an adapter is missing. */
export function checkKnown(config: StudyConfig, task: Task, { result, adapters }: KnownStudy): void {
  const { seeds, ...rest } = config;
  const { seeds: had, ...settings } = result.config;
  if (JSON.stringify(rest) !== JSON.stringify(settings) || !had.every((seed) => seeds.includes(seed)))
    throw new RangeError('Seeds are added to a study with its own settings; these are others.');
  if (followsTraining(config))
    throw new RangeError(
      'Planes and distances follow adapters through training, and those of earlier runs are gone: the study has to be run anew.',
    );
  const { name: taskName, classes, train } = result.task;
  if (taskName !== task.name || train !== task.train.count || JSON.stringify(classes) !== JSON.stringify(task.classes))
    throw new RangeError(
      `Seeds are added on the same images: the study was of "${taskName}", with ${train} to train on.`,
    );
  for (const { id, name } of config.arms)
    for (const seed of had)
      if (!adapters.some((adapter) => adapter.arm === id && adapter.seed === seed))
        throw new RangeError(`The adapter of ${name}, seed ${seed}, is not at hand: the study has to be run anew.`);
}

/** Its runs, as training would have left them. */
export const knownRuns = (config: StudyConfig, { adapters }: KnownStudy): TrainedRun[] =>
  config.arms.flatMap((arm) =>
    adapters
      .filter((adapter) => adapter.arm === arm.id)
      .map(({ seed, layout, scale, values }) => ({ arm, seed, layout, scale, adapter: values })),
  );

/**
 * What of its result stays true with more seeds: all but the merges, which are of all seeds of an arm.
 * @param fresh the empty result of the study with more seeds
 */
export const startFrom = (fresh: StudyResult, { result }: KnownStudy): StudyResult => ({
  ...fresh,
  runs: result.runs,
  landscape: result.landscape,
  shapley: result.shapley,
  pruning: result.pruning,
});

/** Entries in the order in which a study of all seeds at once finds them: by arm, path and seeds. */
export function inOrder(result: StudyResult): StudyResult {
  const { arms, seeds, analyses } = result.config;
  const placeOfArm = (arm: string): number => arms.findIndex(({ id }) => id === arm);
  const sorted = <T extends { readonly arm: string }>(
    list: readonly T[],
    place: (entry: T) => readonly number[],
  ): T[] =>
    list.toSorted((a, b) => {
      const [x, y] = [
        [placeOfArm(a.arm), ...place(a)],
        [placeOfArm(b.arm), ...place(b)],
      ];
      const first = x.findIndex((value, i) => value !== y[i]);
      return first < 0 ? 0 : x[first] - y[first];
    });
  const bySeed = ({ seed }: { readonly seed: number }): number[] => [seeds.indexOf(seed)];
  return {
    ...result,
    runs: sorted(result.runs, bySeed),
    landscape: sorted(result.landscape, ({ path, alignment = 'none', seeds: [a, b] }) => [
      analyses.landscape.paths.indexOf(path),
      ['none', ...(analyses.landscape.alignments ?? [])].indexOf(alignment),
      seeds.indexOf(a),
      seeds.indexOf(b),
    ]),
    shapley: sorted(result.shapley, bySeed),
    pruning: sorted(result.pruning, bySeed),
  };
}
