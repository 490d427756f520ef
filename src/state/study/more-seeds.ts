/** Extends or completes the study on screen, and determines which parts need not be recomputed. Pure. */
import type { StudyConfig } from '../../study/config/config.ts';
import type { KnownStudy } from '../../study/result/known-study.ts';
import { followsTraining } from '../../study/result/result-parts.ts';
import type { StudyResult } from '../../study/result/result.ts';
import { adaptersOf, type AdaptersState } from '../adapters/adapters-store.ts';
import { MAX_SEEDS } from './config-edit.ts';

/** Adds the next unused whole numbers as seeds, up to the maximum number of seeds. */
export function withMoreSeeds(config: StudyConfig, count: number): StudyConfig {
  const seeds = [...config.seeds];
  for (let seed = Math.max(...seeds) + 1; seeds.length < Math.min(MAX_SEEDS, config.seeds.length + count); seed++)
    seeds.push(seed);
  return { ...config, seeds };
}

/** The study to which seeds can be added without recomputing it; null if it must be rerun. */
export const extensibleStudy = (result: StudyResult, held: AdaptersState): KnownStudy | null =>
  followsTraining(result.config) ? null : knownStudy(result, held);

/** The study with its adapters; null unless it is complete and every non-diverged run's adapter is available. */
export function knownStudy(result: StudyResult, held: AdaptersState): KnownStudy | null {
  const { config, runs, status } = result;
  if (status !== 'complete') return null;
  const adapters = adaptersOf(held, result);
  const own = config.arms.flatMap(({ id }) =>
    config.seeds.flatMap((seed) => adapters.filter((adapter) => adapter.armId === id && adapter.seed === seed)),
  );
  const diverged = runs.filter((run) => run.diverged !== undefined).length; // diverged runs have no adapter
  const wanted = config.arms.length * config.seeds.length - diverged;
  if (own.length !== wanted || runs.filter(({ test }) => test !== null).length !== wanted) return null;
  return {
    result,
    adapters: own.map(({ armId, seed, layout, scale, values, gates, base }) => ({
      arm: armId,
      seed,
      layout,
      scale,
      values,
      gates,
      base,
    })),
  };
}
