/** Own images that a study is tested on, kept with it: those on the page may have been edited since, or decoded again for a backbone of another input size. */
import { heldOutPlaces, type DroppedDataset } from '../../data/dataset/dropped.ts';
import { chosenImages } from '../../data/image/chosen-images.ts';
import { imagesDigest } from '../../data/image/images-digest.ts';
import type { StudyResult } from '../../study/result/result.ts';

export interface TestSet {
  /** That of the results of its study: `task.testDigest`. */
  readonly digest: string;
  readonly imageSize: number;
  /** [count, imageSize, imageSize, 3] uint8 RGB, in the order of the task. */
  readonly pixels: Uint8Array;
  /** [count], index into the classes of the result. */
  readonly labels: Int32Array;
  /** [count]: where each was read from; absent: it is not known. */
  readonly files?: readonly string[];
}

/** @param limit most images that are tested; null: all are */
export function testSetOf(dataset: DroppedDataset, limit: number | null): TestSet {
  const { imageSize, files } = dataset;
  const places = heldOutPlaces(dataset, 'test').slice(0, limit ?? undefined);
  return {
    digest: imagesDigest(dataset, places),
    imageSize,
    pixels: chosenImages(dataset.pixels, imageSize * imageSize * 3, places),
    labels: Int32Array.from(places, (place) => dataset.labels[place]),
    ...(files && { files: places.map((place) => files[place]) }),
  };
}

/** The one of a result; undefined when none is kept for it. */
export const testSetFor = ({ task }: Pick<StudyResult, 'task'>, sets: readonly TestSet[]): TestSet | undefined =>
  sets.find(({ digest }) => digest === task.testDigest);

/** Those of some results. */
export const testSetsOf = (
  sets: readonly TestSet[],
  ...results: readonly (Pick<StudyResult, 'task'> | null)[]
): readonly TestSet[] => sets.filter(({ digest }) => results.some((result) => result?.task.testDigest === digest));
