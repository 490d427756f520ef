/** The user's own images after decoding, and the task built from them. */
import { chosenImages } from '../image/chosen-images.ts';
import { stream } from '../../core/rng.ts';
import { checkShots, sampleOf, type Shots } from '../shots.ts';
import type { LabelledImages, Task } from '../task.ts';

/** Values of DroppedDataset.split. */
export const SPLIT = { train: 0, validation: 1, test: 2 } as const;

/** Images of a domain that is tested on and not trained on. */
export interface DroppedDomain {
  readonly name: string;
  /** [count, imageSize, imageSize, 3] uint8 RGB; any prefix is a fair sample. */
  readonly pixels: Uint8Array;
  /** [count], index into the classes of the data set. */
  readonly labels: Int32Array;
  /** [count], as of the data set. */
  readonly motifs?: Int32Array;
}

/** The user's own images, decoded and split, as studies take them. */
export interface DroppedDataset {
  readonly name: string;
  readonly imageSize: number;
  /** Edited class names, in order; labels index into it. */
  readonly classes: readonly string[];
  readonly prompts: readonly string[];
  /** [count, imageSize, imageSize, 3] uint8 RGB. */
  readonly pixels: Uint8Array;
  /** [count]. */
  readonly labels: Int32Array;
  /** [count]: 0 train, 1 validation, 2 test. */
  readonly split: Uint8Array;
  /** [count]: images that look almost alike share a number, and no others do, be they in a domain. Absent: nobody looked. */
  readonly motifs?: Int32Array;
  /** [count]: where each was read from, for people. Absent: it is not known any more. */
  readonly files?: readonly string[];
  /** Absent: none. */
  readonly others?: readonly DroppedDomain[];
}

const NO_PIXELS = new Uint8Array(0);

/** The same images as such of no size, which is all that counting needs. */
export const withoutPixels = (dataset: DroppedDataset): DroppedDataset => ({
  ...dataset,
  files: undefined,
  imageSize: 0,
  pixels: NO_PIXELS,
  others: dataset.others?.map((other) => ({ ...other, pixels: NO_PIXELS })),
});

/** A number that no motif of these images has. */
export const afterMotifs = (...sets: readonly { readonly motifs?: Int32Array }[]): number =>
  sets.reduce((next, { motifs }) => motifs?.reduce((most, motif) => Math.max(most, motif + 1), next) ?? next, 0);

/** Files lie class by class, and analyses, validation, heads and charts may look at the first some hundred images alone: any prefix is a fair sample. */
const inFairOrder = (places: number[], side: keyof typeof SPLIT): number[] =>
  stream(0, 'order', SPLIT[side]).shuffle(places);

/**
 * The images of a side that are not trained on, in the order of the task.
 * @returns positions among all images
 */
export function heldOutPlaces({ split }: Pick<DroppedDataset, 'split'>, side: 'validation' | 'test'): number[] {
  const places = [...split.keys()].filter((i) => split[i] === SPLIT[side]);
  return inFairOrder(places, side);
}

/**
 * @param shots which training images. Classes with fewer give what they have
 * @throws RangeError for shots that cannot be, or when the arrays of the data set do not fit together
 */
export function taskFromDropped(dataset: DroppedDataset, shots: Shots): Task {
  const { name, classes, prompts, imageSize, labels, split, pixels, motifs, others = [] } = dataset;
  const stride = imageSize * imageSize * 3;
  if (split.length !== labels.length || pixels.length !== labels.length * stride || prompts.length !== classes.length) {
    throw new RangeError(
      `The data set “${name}” is inconsistent: its images, labels, splits and prompts differ in number.`,
    );
  }
  const isWhole = others.every((other) => other.pixels.length === other.labels.length * stride);
  if (!isWhole)
    throw new RangeError(`The data set “${name}” is inconsistent: a domain of it has other images than labels.`);
  checkShots(shots);
  const trained = [...labels.keys()].filter((i) => split[i] === SPLIT.train);
  const pick = (indices: readonly number[]): LabelledImages => ({
    count: indices.length,
    pixels: chosenImages(pixels, stride, indices),
    labels: Int32Array.from(indices, (i) => labels[i]),
    ...(motifs && { motifs: Int32Array.from(indices, (i) => motifs[i]) }),
  });
  const sampled = classes.flatMap((_, label) => {
    const ofClass = trained.filter((i) => labels[i] === label);
    return sampleOf(ofClass, label, shots);
  });
  return {
    id: 'dropped',
    name,
    classes,
    prompts,
    imageSize,
    train: pick(inFairOrder(sampled, 'train')),
    validation: pick(heldOutPlaces(dataset, 'validation')),
    test: pick(heldOutPlaces(dataset, 'test')),
    ...(others.length > 0 && {
      others: others.map(({ name, ...images }) => ({ name, images: { count: images.labels.length, ...images } })),
    }),
  };
}
