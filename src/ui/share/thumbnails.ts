/** PNG thumbnails, one per class: from the bundled artwork, or from the reader's own images. Of images that were edited since, only the tested ones are left. */
import type { DroppedDataset } from '../../data/dataset/dropped.ts';
import { requireTruePixels } from '../../data/image/true-pixels.ts';
import { bundledById } from '../../data/bundled/tasks.ts';
import { areTestedImages } from '../../state/pictures/drawn-pictures.ts';
import { testSetFor, type TestSet } from '../../state/pictures/own-test-set.ts';
import type { StudyFile } from '../../share/study-file/study-file.ts';
import type { StudyResult } from '../../study/result/result.ts';
import { loadTaskSamples, type TaskSamples } from '../study/task-samples.ts';

type Thumbnails = StudyFile['thumbnails'];

/** @param pixels [size, size, 3] uint8 RGB */
async function encodePng(pixels: Uint8Array, size: number): Promise<Uint8Array<ArrayBuffer>> {
  const canvas = new OffscreenCanvas(size, size);
  const context = canvas.getContext('2d');
  if (!context) throw new Error('This browser draws no canvas.');
  requireTruePixels();
  const image = context.createImageData(size, size);
  for (let from = 0, to = 0; from < size * size * 3; from += 3, to += 4) {
    image.data.set(pixels.subarray(from, from + 3), to);
    image.data[to + 3] = 255;
  }
  context.putImageData(image, 0, 0);
  const blob = await canvas.convertToBlob({ type: 'image/png' });
  return new Uint8Array(await blob.arrayBuffer());
}

/** The first image of every class. */
function droppedSamples(
  classes: readonly string[],
  { imageSize, pixels, labels }: Omit<TestSet, 'digest'>,
): TaskSamples {
  const stride = imageSize * imageSize * 3;
  const images = classes.flatMap((label, i) => {
    const at = labels.indexOf(i);
    return at < 0 ? [] : [{ label, pixels: pixels.subarray(at * stride, (at + 1) * stride) }];
  });
  return { size: imageSize, images };
}

async function samplesOf(
  result: StudyResult,
  dropped: DroppedDataset | null,
  kept: readonly TestSet[],
): Promise<TaskSamples | null> {
  const { task } = result.config;
  if (task === 'dropped') {
    if (dropped && areTestedImages(result, dropped)) return droppedSamples(dropped.classes, dropped);
    const own = testSetFor(result, kept);
    return own ? droppedSamples(result.task.classes, own) : null;
  }
  const bundled = bundledById(task);
  return bundled ? loadTaskSamples(bundled) : null;
}

/** Empty where the images are unavailable: a study from a link, or artwork that fails to load. */
export async function studyThumbnails(
  result: StudyResult,
  dropped: DroppedDataset | null,
  kept: readonly TestSet[],
): Promise<Thumbnails> {
  try {
    const samples = await samplesOf(result, dropped, kept);
    if (!samples) return [];
    const { size, images } = samples;
    return await Promise.all(images.map(async ({ label, pixels }) => ({ label, png: await encodePng(pixels, size) })));
  } catch (error) {
    console.warn('No thumbnails.', error);
    return [];
  }
}
