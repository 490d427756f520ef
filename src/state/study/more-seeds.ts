/** Extends or completes the study on screen, and determines which parts need not be recomputed. Pure. */
import { MAX_SEEDS, type StudyConfig } from '../../study/config/config.ts';
import type { KnownStudy } from '../../study/result/known-study.ts';
import { followsTraining } from '../../study/result/result-parts.ts';
import type { StudyResult } from '../../study/result/result.ts';
import { adaptersOf, type AdaptersState } from '../adapters/adapters-store.ts';
import type { DroppedDataset } from '../../worker/protocol.ts';
import { imagesOf, isOtherSize, ownImageChanges, type StudyImages } from './images-diff.ts';
import type { StudyState } from './study-store.ts';

/** Adds the next unused whole numbers as seeds, up to the maximum number of seeds. */
export function withMoreSeeds(config: StudyConfig, count: number): StudyConfig {
  const seeds = [...config.seeds];
  for (let seed = Math.max(...seeds) + 1; seeds.length < Math.min(MAX_SEEDS, config.seeds.length + count); seed++)
    seeds.push(seed);
  return { ...config, seeds };
}

/** The reader's own images: of the result shown, and those that a study would get now. */
export interface ImagesThenAndNow {
  readonly shown: StudyImages | null;
  readonly now: StudyImages | null;
}

/** Why the study of a result cannot go on with the images that there are now: they are others, or were read at another size. Null: it can. */
export function changedImages({ config }: StudyResult, { shown, now }: ImagesThenAndNow): 'images' | 'size' | null {
  if (ownImageChanges([config], shown, now).length > 0) return 'images';
  return config.task === 'dropped' && isOtherSize(shown, now) ? 'size' : null;
}

/** Why seeds cannot be added to a study without training its own again. */
export type WhyAgain = 'images' | 'size' | 'stopped' | 'followed' | 'adapters';

/** The study to which seeds can be added without recomputing it, or why it must be rerun. */
export function extensibleStudy(
  result: StudyResult,
  held: AdaptersState,
  images: ImagesThenAndNow,
): KnownStudy | WhyAgain {
  const other = changedImages(result, images);
  if (other) return other;
  if (result.status !== 'complete') return 'stopped';
  if (followsTraining(result.config)) return 'followed';
  return knownStudy(result, held) ?? 'adapters';
}

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

type OnScreen = Pick<StudyState, 'result' | 'status' | 'images'>;

/**
 * The study on screen with more seeds, and what of it need not be computed again; null: it can have none.
 * @param dataset the reader's own images that it would get now
 */
export function addedSeeds(
  { result, status, images }: OnScreen,
  held: AdaptersState,
  dataset: DroppedDataset | null,
  count: number,
): { readonly config: StudyConfig; readonly known: KnownStudy | null } | null {
  if (!result || result.config.evaluated || result.config.incomplete || status !== 'idle') return null;
  const found = extensibleStudy(result, held, { shown: images, now: dataset && imagesOf(dataset) });
  return { config: withMoreSeeds(result.config, count), known: typeof found === 'string' ? null : found };
}

/**
 * The study on screen, whose missing findings can be computed; null: they cannot.
 * @param dataset the reader's own images that it would get now
 */
export function completableStudy(
  { result, status, images }: OnScreen,
  held: AdaptersState,
  dataset: DroppedDataset | null,
): KnownStudy | null {
  const known = result && status === 'idle' ? knownStudy(result, held) : null;
  return known && !changedImages(known.result, { shown: images, now: dataset && imagesOf(dataset) }) ? known : null;
}
