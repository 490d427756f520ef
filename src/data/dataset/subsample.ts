/** Limits the number of images, shared among the classes as evenly as their sizes allow. */
import { stream } from '../../core/rng.ts';
import { PLAN_WORDS } from './messages.ts';
import type { PlannedImage } from './plan.ts';
import { warning, type Problem } from '../files/problem.ts';

const MAX_IMAGES = 4_000;
const MAX_PIXEL_BYTES = 512 * 1024 * 1024;

export interface Subsample {
  /** In the order of the plan. */
  readonly images: readonly PlannedImage[];
  /** The sentence to show when images were left out. */
  readonly problems: readonly Problem[];
}

/** Maximum number of images of this side length: 4,000, and at most 512 MB. */
export function imageLimit(imageSize: number): number {
  return Math.min(MAX_IMAGES, Math.floor(MAX_PIXEL_BYTES / (imageSize * imageSize * 3)));
}

/**
 * Within a class, images are drawn by stream(seed, 'split', class), proportionally from every given split. If images are stored in blocks
 * that are read as a whole, whole blocks are drawn, as few as needed.
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
  const kept = images.some(({ block }) => block !== undefined)
    ? fromBlocks(images, quotas, seed)
    : new Set(byClass.flatMap((ofClass, label) => spread(ofClass, quotas[label], seed, label)));
  const sentence = PLAN_WORDS.subsample(kept.size, images.length);
  return {
    images: images.filter((image) => kept.has(image)),
    problems: [warning(null, sentence, images.length - kept.size)],
  };
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

/** `quota` images: shuffled, then taken in turn from train, validation and test in proportion to their sizes. */
function spread(images: readonly PlannedImage[], quota: number, seed: number, label: number): PlannedImage[] {
  const shuffled = stream(seed, 'split', label).shuffle([...images]);
  return bySide(shuffled, quota);
}

function bySide(images: readonly PlannedImage[], quota: number): PlannedImage[] {
  const sides = new Map<string, PlannedImage[]>();
  for (const image of images) {
    const side = sides.get(image.side ?? '');
    if (side) side.push(image);
    else sides.set(image.side ?? '', [image]);
  }
  const ranked = [...sides.values()].flatMap((side) =>
    side.map((image, i) => ({ image, rank: (i + 0.5) / side.length })),
  );
  return ranked
    .sort((a, b) => a.rank - b.rank)
    .slice(0, quota)
    .map(({ image }) => image);
}

/** Draws blocks in random order, in turn from every split. From each it takes what its classes still lack, and it skips blocks without such images. */
function fromBlocks(images: readonly PlannedImage[], quotas: readonly number[], seed: number): Set<PlannedImage> {
  const blocks = new Map<number, PlannedImage[]>();
  for (const image of images) {
    const block = blocks.get(image.block ?? -1);
    if (block) block.push(image);
    else blocks.set(image.block ?? -1, [image]);
  }
  const order = stream(seed, 'split').shuffle([...blocks.values()]);
  const firsts = bySide(
    order.map(([first]) => first),
    order.length,
  );
  const left = [...quotas];
  const kept = new Set<PlannedImage>();
  for (const first of firsts) {
    for (const image of blocks.get(first.block ?? -1) ?? []) {
      if (left[image.label] === 0) continue;
      left[image.label]--;
      kept.add(image);
    }
  }
  return kept;
}
