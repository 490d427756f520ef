/** Tells whether two studies are of the same images. */
import { createHasher } from '../../platform/sha256.ts';
import type { DroppedDataset } from './dropped.ts';

/** SHA-256 of images, labels, split, names and domains: equal for the images of the same study. */
export async function datasetDigest({
  classes,
  prompts,
  imageSize,
  pixels,
  labels,
  split,
  others = [],
}: DroppedDataset): Promise<string> {
  const hasher = await createHasher();
  hasher.update(new TextEncoder().encode(JSON.stringify([classes, prompts, imageSize])));
  hasher.update(pixels);
  hasher.update(new Uint8Array(labels.buffer, labels.byteOffset, labels.byteLength));
  hasher.update(split);
  for (const domain of others) {
    hasher.update(new TextEncoder().encode(JSON.stringify([domain.name])));
    hasher.update(domain.pixels);
    hasher.update(new Uint8Array(domain.labels.buffer, domain.labels.byteOffset, domain.labels.byteLength));
  }
  return hasher.digest();
}
