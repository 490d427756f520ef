/** Limits the number of images, shared among the classes as evenly as their sizes allow. */
import { stream } from '../../core/rng.ts';
import type { Side } from '../bundled/concept-split.ts';
import { editPlan } from './edit.ts';
import { MAX_IMAGES } from './image-limit.ts';
import { MIN_IMAGES_PER_CLASS } from '../files/limits.ts';
import { PLAN_WORDS } from './messages.ts';
import type { DatasetPlan, PlannedImage } from './plan.ts';
import { someOf, warning, type Problem } from '../files/problem.ts';

/** The images that are taken where there are too many. */
export interface Subsample {
  /** In the order of the plan. */
  readonly images: readonly PlannedImage[];
  /** The sentence to show when images were left out. */
  readonly problems: readonly Problem[];
}

/**
 * Within a class, images are drawn by stream(seed, 'split', class), from every given split what `sideShares` gives it. If images are stored in
 * blocks that are read as a whole, they are drawn from as few blocks as hold that many.
 */
export function subsample(
  images: readonly PlannedImage[],
  classes: number,
  seed: number,
  limit = MAX_IMAGES,
): Subsample {
  if (images.length <= limit) return { images, problems: [] };
  const byClass = Array.from({ length: classes }, (): PlannedImage[] => []);
  for (const image of images) byClass[image.label].push(image);
  const quotas = evenQuotas(
    byClass.map(({ length }) => length),
    limit,
  );
  const shares = byClass.map((ofClass, label) => sideShares(ofClass, quotas[label]));
  const isNear = nearBlocks(images, shares, seed);
  const kept = new Set(
    byClass.flatMap((ofClass, label) => {
      const left = { ...shares[label] };
      const shuffled = stream(seed, 'split', label).shuffle(ofClass.filter(isNear));
      return shuffled.filter((image) => left[sideOf(image)]-- > 0);
    }),
  );
  const sentence = PLAN_WORDS.subsample(kept.size, images.length);
  return {
    images: images.filter((image) => kept.has(image)),
    problems: [warning(null, sentence, images.length - kept.size)],
  };
}

/** The plan without its smallest classes, where the limit leaves too few images of every class to train, validate and test. */
export function withinLimit(plan: DatasetPlan, limit: number, imageSize: number): DatasetPlan {
  const { classes, counts } = plan;
  const most = Math.floor(limit / MIN_IMAGES_PER_CLASS);
  if (classes.length <= most) return plan;
  const largest = new Set([...classes.keys()].sort((a, b) => counts[b] - counts[a] || a - b).slice(0, most));
  const rest = classes.filter((_, label) => !largest.has(label));
  const fitting = editPlan(
    plan,
    classes.map((name, label) => (largest.has(label) ? name : null)),
  );
  const sentence = PLAN_WORDS.classesBeyond(most, classes.length, imageSize, limit, MIN_IMAGES_PER_CLASS, someOf(rest));
  return { ...fitting, problems: [...fitting.problems, warning(null, sentence, rest.length)] };
}

/** Largest equal quota for all. Small classes give everything, and their unused quota goes to the others. */
function evenQuotas(sizes: readonly number[], limit: number): number[] {
  const quotas = sizes.map(() => 0);
  let left = limit;
  const ascending = [...sizes.keys()].sort((a, b) => sizes[a] - sizes[b] || a - b);
  ascending.forEach((label, rank) => {
    quotas[label] = Math.min(sizes[label], Math.floor(left / (sizes.length - rank)));
    left -= quotas[label];
  });
  return quotas;
}

type SideCounts = Record<Side, number>;

/** Images without a given side are trained on, or drawn from those that are. */
const sideOf = ({ side }: PlannedImage): Side => side ?? 'train';

/**
 * How many images of a class each side gets: in proportion to its own, but training at least half of the quota, if it has as many, and every
 * other side at least one. A given split with many test images would leave nothing to train on otherwise.
 */
function sideShares(images: readonly PlannedImage[], quota: number): SideCounts {
  const sizes: SideCounts = { train: 0, test: 0, validation: 0 };
  for (const image of images) sizes[sideOf(image)]++;
  const least: SideCounts = { train: Math.ceil(quota / 2), test: 1, validation: 1 };
  const places = (['train', 'test', 'validation'] as const).flatMap((side) =>
    Array.from({ length: sizes[side] }, (_, i) => ({
      side,
      rank: i < least[side] ? 0 : (i + 0.5) / sizes[side],
    })),
  );
  const shares: SideCounts = { train: 0, test: 0, validation: 0 };
  for (const { side } of places.sort((a, b) => a.rank - b.rank).slice(0, quota)) shares[side]++;
  return shares;
}

/** Chooses blocks in random order until they hold what every class and side is to give; blocks without such images are skipped. */
function nearBlocks(
  images: readonly PlannedImage[],
  shares: readonly SideCounts[],
  seed: number,
): (image: PlannedImage) => boolean {
  if (images.every(({ block }) => block === undefined)) return () => true;
  const blocks = new Map<number | undefined, PlannedImage[]>();
  for (const image of images) {
    const block = blocks.get(image.block);
    if (block) block.push(image);
    else blocks.set(image.block, [image]);
  }
  const left = shares.map((share) => ({ ...share }));
  const chosen = new Set<number | undefined>();
  for (const [block, held] of stream(seed, 'split').shuffle([...blocks])) {
    const lacks = (image: PlannedImage): boolean => left[image.label][sideOf(image)] > 0;
    if (!held.some(lacks)) continue;
    chosen.add(block);
    for (const image of held) left[image.label][sideOf(image)]--;
  }
  return ({ block }) => chosen.has(block);
}
