/** A task as somebody's own images: files lie class by class, each side for itself. */
import { SPLIT, type DroppedDataset } from '../../src/data/dataset/dropped.ts';
import { chosenImages } from '../../src/data/image/chosen-images.ts';
import type { LabelledImages, Task } from '../../src/data/task.ts';

const SIDES = ['train', 'validation', 'test'] as const;
export type Side = (typeof SIDES)[number];

/** Images class by class, in each in the order that they have. */
function classByClass({ count, pixels, labels }: LabelledImages): LabelledImages {
  const places = [...labels.keys()].sort((a, b) => labels[a] - labels[b]);
  return {
    count,
    pixels: chosenImages(pixels, pixels.length / count, places),
    labels: Int32Array.from(places, (place) => labels[place]),
  };
}

export function ownImagesOf({ name, classes, prompts, imageSize, ...task }: Task): DroppedDataset {
  const sides = SIDES.map((side) => ({ side, ...classByClass(task[side]) }));
  return {
    name,
    classes,
    prompts,
    imageSize,
    pixels: Uint8Array.from(sides.flatMap(({ pixels }) => [...pixels])),
    labels: Int32Array.from(sides.flatMap(({ labels }) => [...labels])),
    split: Uint8Array.from(sides.flatMap(({ side, count }) => Array<number>(count).fill(SPLIT[side]))),
  };
}

/** The images of a side as its files lie. */
export function listedImages({ pixels, labels, split }: DroppedDataset, side: Side): LabelledImages {
  const places = [...split.keys()].filter((place) => split[place] === SPLIT[side]);
  return {
    count: places.length,
    pixels: chosenImages(pixels, pixels.length / labels.length, places),
    labels: Int32Array.from(places, (place) => labels[place]),
  };
}

/** Two images of one pixel of this value, of which the second is for testing. */
export const twoOwnImages = (value: number): DroppedDataset => ({
  name: 'own',
  imageSize: 1,
  classes: ['a', 'b'],
  prompts: ['a', 'b'],
  pixels: new Uint8Array(6).fill(value),
  labels: Int32Array.of(0, 1),
  split: Uint8Array.of(0, 2),
});
