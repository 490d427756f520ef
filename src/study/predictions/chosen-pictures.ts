/** A small result keeps the predictions of some test images only, of every kind some. */
import { without } from '../../core/without.ts';
import type { StudyResult } from '../result/result.ts';
import { answersAt, keptPlaces } from './answers.ts';
import { confusionsOf } from './confusions.ts';
import { PICTURE_KINDS, picturesOf, type Picture, type PictureKind } from './pictures.ts';

/** How many pictures of each kind are chosen, where there are so many; the others follow in the order of the test images. */
const WANTED: Readonly<Record<PictureKind, number>> = { one: 12, midpoint: 10, half: 10, every: 8, right: 8 };

const TOTAL = Object.values(WANTED).reduce((sum, count) => sum + count, 0);

/**
 * Indices among the pictures, rising. The order of test images is a hash, so the first of a kind are a fair sample of it.
 * @param preferred number of test images of which more is known: those whose layers were analysed
 */
function chosenOf(pictures: readonly Picture[], preferred: number): number[] {
  const isPreferred = ({ place }: Picture): boolean => place < preferred;
  const chosen = new Set<number>();
  const choose = (most: number, fits: (picture: Picture) => boolean): void => {
    for (const [i, picture] of pictures.entries()) {
      if (most === 0) return;
      if (chosen.has(i) || !fits(picture)) continue;
      chosen.add(i);
      most--;
    }
  };
  for (const [kind, fits] of Object.entries(PICTURE_KINDS)) {
    const before = chosen.size;
    choose(WANTED[kind as PictureKind], (picture) => isPreferred(picture) && fits(picture));
    choose(WANTED[kind as PictureKind] - (chosen.size - before), fits);
  }
  choose(TOTAL - chosen.size, isPreferred);
  choose(TOTAL - chosen.size, () => true);
  return [...chosen].sort((a, b) => a - b);
}

/** Number of test images whose layers were analysed. */
const analysedImages = ({ shapley }: StudyResult): number => Math.max(0, ...shapley.map(({ images }) => images));

/** Places, among the tested images, of the pictures that small results keep, rising. Empty in results without predictions. */
export function chosenPlaces(result: StudyResult): readonly number[] {
  const pictures = picturesOf(result);
  return chosenOf(pictures, analysedImages(result)).map((i) => pictures[i].place);
}

/** The result with the predictions of 48 test images, and the confusions of all of them. The same result if it keeps no more. */
export function withChosenPictures(result: StudyResult): StudyResult {
  const pictures = picturesOf(result);
  if (pictures.length <= TOTAL) return result;
  const at = chosenOf(pictures, analysedImages(result));
  const places = keptPlaces(result);
  return {
    ...result,
    task: { ...result.task, kept: at.map((i) => places[i]) },
    predictions: result.predictions?.map((entry) => ({ ...entry, answers: answersAt(entry.answers, at) })),
    confusions: [...confusionsOf(result)],
  };
}

/** The result without predictions of single images; confusions stay. */
export function withoutPredictions(result: StudyResult): StudyResult {
  if (!result.predictions) return result;
  const task = without(without(without(without(result.task, 'labels'), 'kept'), 'pictures'), 'head');
  return { ...without(result, 'predictions'), task, confusions: [...confusionsOf(result)] };
}
