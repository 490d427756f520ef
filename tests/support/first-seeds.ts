/** A saved result cut down to its first seeds: for tests of studies with as many. */
import { without } from '../../src/core/without.ts';
import type { StudyResult } from '../../src/study/result/result.ts';

/** What the first seeds alone find on the task's own test images: curves and values, without answers to single images and without coalitions. */
export function ofFirstSeeds(result: StudyResult, count: number): StudyResult {
  const { version, provenance, status, task, config } = result;
  const seeds = config.seeds.slice(0, count);
  const { testImages, landscape, shapley, pruning } = config.analyses;
  const ofThem = ({ seed }: { readonly seed: number }) => seeds.includes(seed);
  const ofTask = ({ measure }: { readonly measure: string }) =>
    /^(test|midpoint|barrier|gain|half |area|top)/.test(measure);
  return {
    version,
    provenance,
    status,
    task,
    config: {
      ...config,
      seeds,
      analyses: { testImages, landscape, pruning, shapley: { ...shapley, seedsPerArm: count } },
    },
    runs: result.runs.filter(ofThem),
    landscape: result.landscape
      .filter((path) => path.seeds.every((seed) => seeds.includes(seed)))
      .map((path) => without(without(path, 'keptCorrect'), 'halfway')),
    shapley: result.shapley
      .filter(ofThem)
      .map((values) => without(without(without(values, 'withoutOne'), 'everyCoalition'), 'perImage')),
    pruning: result.pruning.filter(ofThem),
    imageVariances: result.imageVariances?.filter(ofTask),
  };
}
