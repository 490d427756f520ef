/** Puts small copies of test images into a result, for files of studies whose images nobody else has. */
import type { DroppedDataset } from '../../data/dataset/dropped.ts';
import { bytesToBase64 } from '../../platform/bits.ts';
import { chosenPlaces } from '../../study/predictions/chosen-pictures.ts';
import type { StudyResult } from '../../study/result/result.ts';
import { ownPictures } from './drawn-pictures.ts';
import type { TestPictures } from './request.ts';
import type { TestSet } from './own-test-set.ts';

/** Most pixels along a side: 48 pictures then take 150 kB. */
const SIDE = 32;

/** Means over blocks. @param pixels [from, from, 3] @returns [to, to, 3] */
function shrunk(pixels: Uint8Array, from: number, to: number): Uint8Array {
  const small = new Uint8Array(to * to * 3);
  const edge = (i: number): number => Math.floor((i * from) / to);
  for (let y = 0; y < to; y++)
    for (let x = 0; x < to; x++)
      for (let channel = 0; channel < 3; channel++) {
        let sum = 0;
        for (let row = edge(y); row < edge(y + 1); row++)
          for (let column = edge(x); column < edge(x + 1); column++) sum += pixels[(row * from + column) * 3 + channel];
        const area = (edge(y + 1) - edge(y)) * (edge(x + 1) - edge(x));
        small[(y * to + x) * 3 + channel] = Math.round(sum / area);
      }
  return small;
}

/** The same result when it keeps no predictions, or its images are not at hand. */
export function withPictures(result: StudyResult, pictures: TestPictures | null): StudyResult {
  const places = pictures ? chosenPlaces(result).filter((place) => pictures.at(place) !== null) : [];
  if (!pictures || places.length === 0) return result;
  const size = Math.min(SIDE, pictures.size);
  const stride = size * size * 3;
  const pixels = new Uint8Array(places.length * stride); // [pictures, size, size, 3]
  places.forEach((place, i) => {
    const whole = pictures.at(place);
    if (whole) pixels.set(shrunk(whole, pictures.size, size), i * stride);
  });
  return { ...result, task: { ...result.task, pictures: { places, size, pixels: bytesToBase64(pixels) } } };
}

/** Those that files take from this page. Bundled tasks need no copies: every page has their artwork. */
const picturesHere = (
  result: StudyResult,
  dataset: DroppedDataset | null,
  kept?: readonly TestSet[],
): TestPictures | null => (result.config.task === 'dropped' ? ownPictures(result, dataset, kept) : null);

/** What files of a study may hold of its images. */
export interface ImagesInFiles {
  /** The images are at hand on this page: files hold one of every class. Else they come from whoever ran the study. */
  readonly areHere: boolean;
  /** A study file holds small copies of test images. */
  readonly hasTested: boolean;
}

export function imagesInFiles(
  result: StudyResult,
  dataset: DroppedDataset | null,
  kept?: readonly TestSet[],
): ImagesInFiles {
  const pictures = picturesHere(result, dataset, kept);
  const isAnyChosen = pictures !== null && chosenPlaces(result).some((place) => pictures.at(place) !== null);
  return { areHere: pictures !== null, hasTested: isAnyChosen || result.task.pictures !== undefined };
}

export const withOwnPictures = (
  result: StudyResult,
  dataset: DroppedDataset | null,
  kept?: readonly TestSet[],
): StudyResult => withPictures(result, picturesHere(result, dataset, kept));
