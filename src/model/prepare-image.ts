/** A decoded image of any size → the square the model takes. */
import type { ImageGeometry } from './image-geometry.ts';
import { resize } from './resize.ts';
import { FILE_CHECKS } from './words.ts';

/** Preserving the aspect ratio of a more elongated image would need much memory for pixels that are then cropped. */
const MAX_ASPECT = 100;

/** Half of an odd margin is rounded down, or to the even neighbour as Python's round does. */
function halfOf(margin: number, rounding: ImageGeometry['cropRounding']): number {
  const half = Math.floor(margin / 2);
  return rounding === 'even' && margin % 2 !== 0 ? half + (half % 2) : half;
}

/** The middle of an image, [height, width, 3] → [side, side, 3]. */
function centreCrop(
  pixels: Uint8Array,
  height: number,
  width: number,
  side: number,
  rounding: ImageGeometry['cropRounding'],
): Uint8Array {
  if (height === side && width === side) return pixels;
  const top = halfOf(height - side, rounding);
  const left = halfOf(width - side, rounding);
  const out = new Uint8Array(side * side * 3);
  for (let y = 0; y < side; y++) {
    const start = ((top + y) * width + left) * 3;
    out.set(pixels.subarray(start, start + side * 3), y * side * 3);
  }
  return out;
}

/**
 * Resizes and crops a decoded image to the model's input size.
 * @param pixels uint8 RGB, [height, width, 3]. @returns uint8 RGB, [imageSize, imageSize, 3]
 * @throws RangeError when the pixels are not height · width · 3 values, or the image is extremely elongated.
 */
export function prepareImage(pixels: Uint8Array, height: number, width: number, geometry: ImageGeometry): Uint8Array {
  const { imageSize, resizeTo, keepAspect, filter, cropRounding } = geometry;
  if (keepAspect && Math.max(height, width) > MAX_ASPECT * Math.min(height, width))
    throw new RangeError(FILE_CHECKS.elongated(width, height, MAX_ASPECT));
  const shorter = keepAspect ? Math.min(height, width) : null;
  const scaled = (edge: number) => (shorter === null ? resizeTo : Math.floor((resizeTo * edge) / shorter));
  const resized = resize(pixels, height, width, scaled(height), scaled(width), filter);
  return centreCrop(resized, scaled(height), scaled(width), imageSize, cropRounding);
}
