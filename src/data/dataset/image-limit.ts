/** How many images of a data set are used. */

export const MAX_IMAGES = 4_000;
export const MAX_PIXEL_BYTES = 512 * 1024 * 1024;

/** Maximum number of images of this side length: 4,000, and at most 512 MB. */
export function imageLimit(imageSize: number): number {
  return Math.min(MAX_IMAGES, Math.floor(MAX_PIXEL_BYTES / (imageSize * imageSize * 3)));
}
