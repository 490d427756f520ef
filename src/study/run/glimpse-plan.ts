/** What a reader sees of runs that still train, and how much of it a study has room for. `glimpse.ts` looks. */
import { lambdas } from '../../copra/landscape.ts';
import { forwardFlops, type TowerFacts } from '../../model/model-facts.ts';
import type { LoadedBackbone } from '../../model/load-backbone.ts';
import type { Task } from '../../data/task.ts';
import type { LandscapeResult } from '../analyses/landscape/result.ts';
import type { StudyConfig } from '../config/config.ts';
import { STRIP_PICTURES } from '../result/glimpse.ts';
import { portionOf, type Patchified } from './images.ts';
import { validationCount } from './training/validation.ts';

/** λ of the points between two seeds. */
export const COARSE = lambdas(5);
export const PATH = 'factor' satisfies LandscapeResult['path'];

/** Images of a look, from the most telling to the fewest; the strip needs the last. */
const IMAGES = [64, 48, 32, 24, 16, STRIP_PICTURES];

/** Image passes of all looks, of those of the whole study: seen from outside, less than three per cent of its time. */
const MOST_SHARE = 0.025;

export interface GlimpsePlan {
  /** Every so many validations. */
  readonly every: number;
  /** The test images that are looked at. */
  readonly images: Patchified;
}

interface GlimpseSizes {
  /** Image passes of the study, without its looks. */
  readonly passes: number;
  readonly validations: number;
  /** Adapters of one look. */
  readonly variants: number;
  /** Image passes that the class prompts of one adapter cost. */
  readonly prompts: number;
  readonly testImages: number;
}

/** As many images as the share allows at every validation, else a look at every so many. Null: one look would cost too much. */
export function glimpseSize(sizes: GlimpseSizes): { readonly every: number; readonly images: number } | null {
  const { passes, validations, variants, prompts, testImages } = sizes;
  if (testImages === 0 || validations === 0) return null;
  const allowed = MOST_SHARE * passes;
  const cost = (images: number): number => variants * (Math.min(images, testImages) + prompts);
  const wanted = IMAGES.find((images) => validations * cost(images) <= allowed) ?? STRIP_PICTURES;
  const looks = Math.min(validations, Math.floor(allowed / cost(wanted)));
  if (looks === 0) return null;
  return { every: Math.ceil(validations / looks), images: Math.min(wanted, testImages) };
}

/** Image passes that an adapter costs besides its images: the class prompts of an adapted text tower. */
function promptPasses({ arms }: StudyConfig, { backbone }: Pick<LoadedBackbone, 'backbone'>, classes: number): number {
  if (backbone.kind !== 'clip' || arms.every(({ towers }) => !towers.includes('text'))) return 0;
  const flops = (tower: TowerFacts): number => forwardFlops(tower);
  return (classes * flops(backbone.text.config)) / flops(backbone.vision.config);
}

/** Whether a path between two seeds is looked at. */
export const comparesSeeds = ({ analyses: { landscape } }: StudyConfig): boolean =>
  landscape.enabled && landscape.paths.includes(PATH);

interface WatchedStudy {
  readonly config: StudyConfig;
  readonly model: Pick<LoadedBackbone, 'backbone'>;
  readonly task: Pick<Task, 'classes'>;
  readonly test: Patchified;
}

/** @param passes image passes of the study @param seeds that are trained */
export function planGlimpses(
  { config, model, task, test }: WatchedStudy,
  passes: number,
  seeds: number,
): GlimpsePlan | null {
  const size = glimpseSize({
    passes,
    validations: validationCount(config.training),
    variants: config.arms.length * (seeds > 1 && comparesSeeds(config) ? COARSE.length : 1),
    prompts: promptPasses(config, model, task.classes.length),
    testImages: test.count,
  });
  return size && { every: size.every, images: portionOf(test, 0, size.images) };
}
