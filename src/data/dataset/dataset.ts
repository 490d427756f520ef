/** From an opened data set to the images of a study: (edit) → subsample → decode → leave out copies → split. */
import { chosenImages } from '../image/chosen-images.ts';
import type { DroppedDataset, DroppedDomain } from './dropped.ts';
import { buildDomains, type DomainSource, type Trained } from './domain-images.ts';
import type { PreparedImages } from './prepare.ts';
import type { JobOptions, OpenedDataset } from './dataset-client.ts';
import { MIN_IMAGES_PER_CLASS } from '../files/limits.ts';
import { tooSmall, type DatasetPlan, type PlannedImage } from './plan.ts';
import { PLAN_WORDS } from './messages.ts';
import { error, hasError, someOf, warning, type Problem } from '../files/problem.ts';
import { imageLimit } from './image-limit.ts';
import { drawnSides, type DrawnSides, type DropShares } from './shares.ts';
import { assignSplits, lookalikesAcross } from './split.ts';
import { subsample, withinLimit } from './subsample.ts';

export interface BuildOptions extends JobOptions {
  readonly imageSize: number;
  /** Seed of the subsample and the split. */
  readonly seed: number;
  /** From a class name, e.g. "a picture of {}". */
  readonly promptOf: (className: string) => string;
  readonly shares?: DropShares;
  /** Maximum number of images to decode; also limited by memory. */
  readonly maxImages?: number;
  /** What is tested on and not trained on; absent: nothing. */
  readonly domains?: readonly DomainSource[];
}

export interface BuiltDataset {
  /** Null if the problems include an error. */
  readonly dataset: DroppedDataset | null;
  /** Sides of its images that the data set does not give. */
  readonly drawn: DrawnSides;
  /** Problems of the plan and of the later steps. */
  readonly problems: readonly Problem[];
}

/**
 * Decodes the images of the plan and splits them. Only images that are used are read.
 *
 * @param plan that of the opened data set, edited or not
 * @throws the signal's reason when aborted; Error when the data worker fails as a whole
 */
export async function buildDataset(
  opened: Pick<OpenedDataset, 'prepare'>,
  plan: DatasetPlan,
  options: BuildOptions,
): Promise<BuiltDataset> {
  const { imageSize, seed, promptOf, shares, maxImages = Infinity, domains = [] } = options;
  const limit = Math.min(maxImages, imageLimit(imageSize));
  const planned = drawnSides(plan.images, plan.classes.length);
  if (hasError(plan.problems)) return { dataset: null, drawn: planned, problems: plan.problems };
  const fitting = withinLimit(plan, limit, imageSize);
  const problems = [...fitting.problems];
  const nothing: BuiltDataset = { dataset: null, drawn: planned, problems };
  const chosen = subsample(fitting.images, fitting.classes.length, seed, limit);
  problems.push(...chosen.problems);
  const records = chosen.images.map(({ record }) => record).sort((a, b) => a - b);
  const prepared = await opened.prepare(records, imageSize, true, options);
  problems.push(...prepared.problems, ...contradictions(prepared, chosen.images, fitting.classes));
  const usable = withEnough(prepared, chosen.images, fitting.classes, imageSize, problems);
  if (hasError(problems)) return nothing;
  const { images, classes, labels, pixels, groups, places } = usable;
  const sides = images.map(({ side }) => side);
  const { split, drawn, problems: unsplit } = assignSplits(labels, sides, classes, seed, shares, groups);
  problems.push(...unsplit, ...leaks(split, groups, images));
  if (hasError(problems)) return nothing;
  const trained: Trained = {
    plan: plan.classes,
    classes,
    images,
    pixels,
    split,
    groups: prepared.groups,
    prints: prepared.prints,
    places,
  };
  const others: DroppedDomain[] = await buildDomains(domains, trained, options, problems);
  return {
    dataset: {
      name: plan.name,
      imageSize,
      classes,
      prompts: classes.map(promptOf),
      pixels,
      labels,
      split,
      motifs: groups,
      files: images.map(({ path }) => path),
      ...(others.length > 0 && { others }),
    },
    drawn,
    problems,
  };
}

/** Copies whose class is another than that of the image that stays. */
function contradictions(
  { copies = [] }: PreparedImages,
  planned: readonly PlannedImage[],
  classes: readonly string[],
): Problem[] {
  const byRecord = new Map(planned.map((image) => [image.record, image]));
  const pairs = copies.map((pair) => pair.map((record) => byRecord.get(record) as PlannedImage));
  const differing = pairs.filter(([copy, of]) => copy.label !== of.label);
  if (differing.length === 0) return [];
  const some = someOf(differing.map(([copy, of]) => PLAN_WORDS.copyOf(copy.path, classes[of.label])));
  return [warning(null, PLAN_WORDS.contradictions(differing.length, some), differing.length)];
}

interface Usable {
  readonly images: readonly PlannedImage[];
  readonly classes: readonly string[];
  readonly labels: Int32Array;
  readonly pixels: Uint8Array;
  readonly groups: Int32Array;
  /** Positions among the prepared images. */
  readonly places: readonly number[];
}

/** Keeps the classes that still have enough images after damaged images and copies are removed. */
function withEnough(
  { pixels, records, groups }: PreparedImages,
  planned: readonly PlannedImage[],
  classes: readonly string[],
  imageSize: number,
  problems: Problem[],
): Usable {
  const byRecord = new Map(planned.map((image) => [image.record, image]));
  const images = Array.from(records, (record) => byRecord.get(record) as PlannedImage);
  const counts = classes.map(() => 0);
  for (const { label } of images) counts[label]++;
  const small = [...counts.keys()].filter((label) => counts[label] < MIN_IMAGES_PER_CLASS);
  const kept = [...counts.keys()].filter((label) => counts[label] >= MIN_IMAGES_PER_CLASS);
  if (images.length === 0) problems.push(error(null, PLAN_WORDS.noneDecoded()));
  else if (small.length > 0)
    problems.push(
      tooSmall(
        small.map((label) => classes[label]),
        (name) => counts[classes.indexOf(name)],
      ),
    );
  if (images.length > 0 && kept.length < 2) problems.push(error(null, PLAN_WORDS.tooFewUsable(MIN_IMAGES_PER_CLASS)));
  if (small.length === 0)
    return {
      images,
      classes,
      labels: Int32Array.from(images, ({ label }) => label),
      pixels,
      groups,
      places: [...images.keys()],
    };
  const labelOf = new Map(kept.map((label, i) => [label, i]));
  const left = [...images.keys()].filter((i) => labelOf.has(images[i].label));
  return {
    images: left.map((i) => images[i]),
    classes: kept.map((label) => classes[label]),
    labels: Int32Array.from(left, (i) => labelOf.get(images[i].label) as number),
    // A copy: what was prepared serves the next edit too.
    pixels: chosenImages(pixels, imageSize * imageSize * 3, left),
    groups: Int32Array.from(left, (i) => groups[i]),
    places: left,
  };
}

function leaks(split: Uint8Array, groups: Int32Array, images: readonly PlannedImage[]): Problem[] {
  const pairs = lookalikesAcross(split, groups);
  if (pairs.length === 0) return [];
  const named = someOf(
    pairs.map(([held, trained]) => PLAN_WORDS.pair(images[held].path, images[trained].path)),
    2,
  );
  return [warning(null, PLAN_WORDS.leak(pairs.length, named), pairs.length)];
}

/** The first images of each class, for a look at the plan: positions to prepare, ascending. */
export function previewRecords({ classes, images }: DatasetPlan, perClass: number): number[] {
  const left = classes.map(() => perClass);
  const chosen = images.filter(({ label }) => left[label]-- > 0);
  return chosen.map(({ record }) => record).sort((a, b) => a - b);
}
