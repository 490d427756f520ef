/** Tells whether two studies are of the same images. */
import type { DroppedDataset } from '../../src/data/dataset/dropped.ts';
import { createHasher } from '../../src/model/hub/sha256.ts';

/** SHA-256 of images, labels, split and names: equal for the images of the same study. */
export async function datasetDigest({
  classes,
  prompts,
  imageSize,
  pixels,
  labels,
  split,
}: DroppedDataset): Promise<string> {
  const hasher = await createHasher();
  hasher.update(new TextEncoder().encode(JSON.stringify([classes, prompts, imageSize])));
  hasher.update(pixels);
  hasher.update(new Uint8Array(labels.buffer, labels.byteOffset, labels.byteLength));
  hasher.update(split);
  return hasher.digest();
}
