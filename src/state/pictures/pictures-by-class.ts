import { trueClasses } from '../../study/predictions/answers.ts';
import type { StudyResult } from '../../study/result/result.ts';
import type { TestPictures } from './request.ts';

export interface ClassPictures {
  readonly name: string;
  /** [size, size, 3] uint8 RGB each. */
  readonly pictures: readonly Uint8Array[];
}

/**
 * The first test images of each class that are at hand; a class without any is left out, and so are all where a result keeps no labels.
 * @param most pictures of a class
 */
export function picturesByClass(
  { task }: Pick<StudyResult, 'task'>,
  images: TestPictures | null,
  most: number,
): ClassPictures[] {
  const labels = trueClasses({ task });
  if (!labels || !images) return [];
  const found = task.classes.map((name): { name: string; pictures: Uint8Array[] } => ({ name, pictures: [] }));
  labels.forEach((label, place) => {
    const { pictures } = found[label];
    const picture = pictures.length < most ? images.at(place) : null;
    if (picture) pictures.push(picture);
  });
  return found.filter(({ pictures }) => pictures.length > 0);
}
