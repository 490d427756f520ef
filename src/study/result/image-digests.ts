/** Digests of the reader's own images, by which a result knows the ones that it was computed from. */
import { imagesDigest } from '../../data/image/images-digest.ts';
import type { LabelledImages, Task } from '../../data/task.ts';
import type { StudyResult } from './result.ts';

const placesOf = ({ labels }: Pick<LabelledImages, 'labels'>): number[] => [...labels.keys()];

/**
 * Digests of what a study is tested on, and of what it is trained and validated on.
 * @param tested the labels of the images that are tested, the first ones of the task's
 */
export const imageDigests = (
  { train, validation, test }: Pick<Task, 'train' | 'validation' | 'test'>,
  tested: Pick<LabelledImages, 'labels'>,
): Pick<StudyResult['task'], 'testDigest' | 'trainDigest'> => ({
  testDigest: imagesDigest(test, placesOf(tested)),
  trainDigest: [train, validation].map((images) => imagesDigest(images, placesOf(images))).join('/'),
});

export interface OtherPixels {
  /** Which images have other pixels, those that are tested before those that are trained on. */
  readonly side: 'test' | 'train';
  /** The results are of one device, whose browser decodes a file the same every time. Others may differ in single pixels of equal files. */
  readonly areOthers: boolean;
}

/** Where images of two results have different pixels; null where they do not, or one of the results does not know its own. */
export function otherPixels(first: StudyResult, second: StudyResult): OtherPixels | null {
  const differ = (key: 'testDigest' | 'trainDigest'): boolean => {
    const [one, other] = [first.task[key], second.task[key]];
    return one !== undefined && other !== undefined && one !== other;
  };
  const side = differ('testDigest') ? 'test' : differ('trainDigest') ? 'train' : null;
  return side && { side, areOthers: first.provenance.device === second.provenance.device };
}
