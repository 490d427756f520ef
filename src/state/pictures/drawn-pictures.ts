/** The test images of a result, as pictures: from the bundled artwork, or from the reader's own images. */
import { sameJson } from '../../core/same-json.ts';
import { bundledById } from '../../data/bundled/tasks.ts';
import { heldOutPlaces, type DroppedDataset } from '../../data/dataset/dropped.ts';
import { imagesDigest } from '../../data/image/images-digest.ts';
import { bytesFromBase64 } from '../../platform/bits.ts';
import { workerJob } from '../../platform/worker-job.ts';
import type { StudyResult } from '../../study/result/result.ts';
import { trueClasses } from '../../study/predictions/answers.ts';
import { testedImages } from '../../study/result/tested-images.ts';
import { PICTURE_STATE_WORDS } from './messages.ts';
import type { DrawnImages, PicturesRequest, TestPictures } from './request.ts';
import { testSetFor, type TestSet } from './own-test-set.ts';

const picturesOf = (pixels: Uint8Array, size: number, count: number, placeOf: (place: number) => number) => ({
  size,
  at: (place: number): Uint8Array | null => {
    if (place >= count) return null;
    const stride = size * size * 3;
    const from = placeOf(place) * stride;
    return pixels.subarray(from, from + stride);
  },
});

/**
 * Whether the images at hand are those of the result. Results of earlier versions do not know theirs: names and classes tell most others, though not another
 * split of the same images, so that copies which a file brought are surer.
 */
export function areTestedImages({ task }: Pick<StudyResult, 'task'>, dataset: DroppedDataset): boolean {
  const places = heldOutPlaces(dataset, 'test').slice(0, task.test);
  if (places.length < task.test) return false;
  if (task.testDigest !== undefined) return imagesDigest(dataset, places) === task.testDigest;
  if (task.pictures) return false;
  const isCalledSo = dataset.name === task.name && sameJson(dataset.classes, task.classes);
  return isCalledSo && !trueClasses({ task })?.some((label, i) => label !== dataset.labels[places[i]]);
}

/**
 * Null when the images at hand are others than the result's, or lie in another order, as in results of the first versions.
 * @param dataset the images as they are now
 * @param kept with studies, because the images at hand may be others by now, or have another size
 */
export function ownPictures(
  result: Pick<StudyResult, 'task'>,
  dataset: DroppedDataset | null,
  kept: readonly TestSet[] = [],
): TestPictures | null {
  const own = testSetFor(result, kept);
  if (own) return picturesOf(own.pixels, own.imageSize, own.labels.length, (place) => place);
  if (!dataset || !areTestedImages(result, dataset)) return null;
  const places = heldOutPlaces(dataset, 'test');
  return picturesOf(dataset.pixels, dataset.imageSize, places.length, (place) => places[place]);
}

/** Pictures that a file brought along. */
export function storedPictures({ task: { pictures } }: Pick<StudyResult, 'task'>): TestPictures | null {
  if (!pictures) return null;
  const { places, size } = pictures;
  const pixels = bytesFromBase64(pictures.pixels, 'A list of pictures');
  const stride = size * size * 3;
  return {
    size,
    at(place) {
      const i = places.indexOf(place);
      return i < 0 ? null : pixels.subarray(i * stride, (i + 1) * stride);
    },
  };
}

/** @throws Error for artwork that cannot be read */
async function draw(job: PicturesRequest): Promise<TestPictures> {
  const { count, pixels } = await workerJob<PicturesRequest, DrawnImages>({
    start: () =>
      new Worker(new URL('./pictures.worker.ts', import.meta.url), { type: 'module', name: 'copra-pictures' }),
    job,
    stopped: () => PICTURE_STATE_WORDS.workerStopped,
  });
  const size = count > 0 ? Math.sqrt(pixels.length / (3 * count)) : 0;
  return picturesOf(pixels, size, count, (place) => place);
}

interface Drawn {
  readonly key: string;
  readonly pictures: Promise<TestPictures>;
  /** Null while they are drawn. */
  atHand: TestPictures | null;
}

/** The last drawn test set: results of one task share it. */
let drawn: Drawn | null = null;

const keyOf = (request: PicturesRequest): string => JSON.stringify(request);

const requestOf = ({ config, task }: Pick<StudyResult, 'config' | 'task'>, page: string): PicturesRequest => ({
  task: config.task,
  images: testedImages({ config, task }),
  // Its folder: settings that are written into the address draw nothing anew.
  page: new URL('.', page).href,
});

/** Those of a bundled task that are drawn already, for whoever cannot wait, as a printer; null for others. */
export const picturesAtHand = (result: Pick<StudyResult, 'config' | 'task'>, page: string): TestPictures | null =>
  drawn?.atHand && drawn.key === keyOf(requestOf(result, page)) ? drawn.atHand : null;

/** Test images of a bundled task. Null for other tasks. */
export function bundledPictures(
  result: Pick<StudyResult, 'config' | 'task'>,
  page: string,
): Promise<TestPictures> | null {
  if (!bundledById(result.config.task)) return null;
  const request = requestOf(result, page);
  const key = keyOf(request);
  if (drawn?.key !== key) {
    const asked: Drawn = { key, pictures: draw(request), atHand: null };
    drawn = asked;
    asked.pictures.then(
      (pictures) => (asked.atHand = pictures),
      // After a failure, the next look tries again.
      () => drawn === asked && (drawn = null),
    );
  }
  return drawn.pictures;
}
