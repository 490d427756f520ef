/**
 * What a reader sees of runs that still train: their answers to a few test pictures, and a coarse path between two seeds. Nobody learns from it, no random
 * number is drawn for it, and it is not part of a result: a watched study ends as an unwatched one, bit for bit.
 */
import { allGates, type AdapterLayout } from '../../core/adapter-layout.ts';
import { lambdas } from '../../copra/landscape.ts';
import type { Variant } from '../../engine/engine.ts';
import { forwardFlops, type TowerFacts } from '../../model/model-facts.ts';
import { PATHS, type Path } from '../analyses/landscape/path-points.ts';
import type { LandscapeResult } from '../analyses/landscape/result.ts';
import type { StudyConfig } from '../config/config.ts';
import { scoreVariants, withEvaluator, type StudyContext } from './context.ts';
import type { Patchified } from './images.ts';
import { validationCount } from './validation.ts';

/** Pictures whose answers are followed: the first test images, a fair sample because tasks order their images by a hash. */
export const STRIP_PICTURES = 12;

/** λ of the points between two seeds. */
const COARSE = lambdas(5);
const PATH = 'factor' satisfies Path;

/** Images of a look, from the most telling to the fewest; the strip needs the last. */
const IMAGES = [64, 48, 32, 24, 16, STRIP_PICTURES];

/** Image passes of all looks, of those of the whole study: seen from outside, less than three per cent of its time. */
const MOST_SHARE = 0.025;

/** Accuracy and loss along a path, as the landscape has them. */
export type CoarsePath = Pick<LandscapeResult, 'arm' | 'seeds' | 'path' | 'lambdas' | 'accuracy' | 'loss'>;

export interface Glimpse {
  /** Steps that were done. */
  readonly step: number;
  /** Per arm, its first seed's answers to the pictures of the strip. */
  readonly answers: readonly { readonly arm: string; readonly seed: number; readonly right: readonly boolean[] }[];
  /** Between the first two seeds of every arm, over `images` test images. */
  readonly paths: readonly CoarsePath[];
  readonly images: number;
}

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

/** The first images of a set. */
const firstOf = ({ count, patches, labels }: Patchified, images: number): Patchified => ({
  count: images,
  patches: patches.subarray(0, (patches.length / count) * images),
  labels: labels.slice(0, images),
});

/** Image passes that an adapter costs besides its images: the class prompts of an adapted text tower. */
function promptPasses({ arms }: StudyConfig, { backbone }: StudyContext['model'], classes: number): number {
  if (backbone.kind !== 'clip' || arms.every(({ towers }) => !towers.includes('text'))) return 0;
  const flops = (tower: TowerFacts): number => forwardFlops(tower);
  return (classes * flops(backbone.text.config)) / flops(backbone.vision.config);
}

const comparesSeeds = ({ analyses: { landscape } }: StudyConfig): boolean =>
  landscape.enabled && landscape.paths.includes(PATH);

/** @param passes image passes of the study @param seeds that are trained */
export function planGlimpses(
  { config, model, task, test }: Pick<StudyContext, 'config' | 'model' | 'task' | 'test'>,
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
  return size && { every: size.every, images: firstOf(test, size.images) };
}

/** A population in training, as far as it is looked at. */
interface Watched {
  readonly plan: { readonly layout: AdapterLayout; readonly scale: number };
  readonly runs: readonly {
    readonly planned: { readonly arm: { readonly id: string }; readonly seed: number };
    readonly hasDiverged: boolean;
  }[];
}

/** The runs of an arm that are looked at: its first, and its second where a path between them is wanted. */
interface Look {
  readonly arm: string;
  readonly seeds: readonly number[];
  /** Adapters: one, or the points of the path. */
  readonly points: readonly Float32Array[];
}

function looksAt({ plan, runs }: Watched, adapters: readonly Float32Array[], wanted: readonly number[]): Look[] {
  const arms = [...new Set(runs.map(({ planned }) => planned.arm.id))];
  return arms.flatMap((arm): Look[] => {
    const found = wanted.flatMap((seed) => {
      const i = runs.findIndex(
        ({ planned, hasDiverged }) => planned.arm.id === arm && planned.seed === seed && !hasDiverged,
      );
      return i < 0 ? [] : [{ seed, adapter: adapters[i] }];
    });
    if (found.at(0)?.seed !== wanted[0]) return [];
    const [first, second] = found;
    const points = second
      ? COARSE.map((lambda) => PATHS[PATH].point(plan.layout, first.adapter, second.adapter, lambda))
      : [first.adapter];
    return [{ arm, seeds: found.map(({ seed }) => seed), points }];
  });
}

/**
 * Looks at the runs of a population as they are.
 * @param adapters [runs] @param seeds that are trained, in their order
 */
export async function glimpse(
  study: StudyContext,
  { images }: GlimpsePlan,
  population: Watched,
  adapters: readonly Float32Array[],
  seeds: readonly number[],
): Promise<Pick<Glimpse, 'answers' | 'paths'>> {
  const context = { ...study, checkpoint: study.breathe };
  const looks = looksAt(population, adapters, seeds.slice(0, comparesSeeds(study.config) ? 2 : 1));
  if (looks.length === 0) return { answers: [], paths: [] };
  const { layout, scale } = population.plan;
  const gates = allGates(layout);
  const variants = looks.flatMap(({ points }) => points.map((adapter): Variant => ({ adapter, gates })));
  const scores = await withEvaluator(context, layout, scale, images, (evaluator, set) =>
    scoreVariants(context, evaluator, set, images.labels, variants),
  );
  const answers: Glimpse['answers'][number][] = [];
  const paths: CoarsePath[] = [];
  let from = 0;
  for (const {
    arm,
    seeds: [first, second],
    points,
  } of looks) {
    const right = scores.rightOf(from).slice(0, STRIP_PICTURES);
    answers.push({ arm, seed: first, right });
    const accuracy = scores.accuracy.slice(from, from + points.length);
    const loss = scores.loss.slice(from, from + points.length);
    // The last update may have diverged: no loss of its own tells yet.
    if (points.length > 1 && loss.every(Number.isFinite))
      paths.push({ arm, seeds: [first, second], path: PATH, lambdas: COARSE, accuracy, loss });
    from += points.length;
  }
  return { answers, paths };
}
