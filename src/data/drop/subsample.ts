/** At most so many images, shared among the classes as evenly as their sizes allow. */
import { stream } from '../../core/rng.ts';
import { counted, warning, type Problem } from './problem.ts';
import type { PlannedImage } from './plan.ts';

const MAX_IMAGES = 4_000;

export interface Subsample {
  /** In the order of the plan. */
  readonly images: readonly PlannedImage[];
  /** The sentence to show when images were left out. */
  readonly problems: readonly Problem[];
}

/** Within a class, images are drawn by stream(seed, 'split', class), alike from every given split. */
export function subsample(
  images: readonly PlannedImage[],
  classes: number,
  seed: number,
  limit = MAX_IMAGES,
): Subsample {
  if (images.length <= limit) return { images, problems: [] };
  const byClass = Array.from({ length: classes }, (_, label) => images.filter((image) => image.label === label));
  const quotas = evenQuotas(
    byClass.map(({ length }) => length),
    limit,
  );
  const kept = new Set(byClass.flatMap((ofClass, label) => spread(ofClass, quotas[label], seed, label)));
  const sentence = `Used ${kept.size.toLocaleString('en-GB')} of ${counted(images.length, 'image')}, drawn at random and evenly from the classes.`;
  return { images: images.filter((image) => kept.has(image)), problems: [warning(null, sentence)] };
}

/** Largest equal share for all; small classes give everything, and what they leave goes to the others. */
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
  const sides = new Map<string, PlannedImage[]>();
  for (const image of shuffled) {
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
