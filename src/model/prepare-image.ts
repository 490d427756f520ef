/** A decoded image of any size → the square the model takes. */
import type { ImageGeometry } from './image-geometry.ts';
import { resize } from './resize.ts';
import { FILE_CHECKS } from './words.ts';

/** Preserving the aspect ratio of a more elongated image would need much memory for pixels that are then cropped. */
const MAX_ASPECT = 100;

/** The middle of an image, [height, width, 3] → [side, side, 3]; odd margins are one pixel larger at the bottom and right. */
function centreCrop(pixels: Uint8Array, height: number, width: number, side: number): Uint8Array {
  if (height === side && width === side) return pixels;
  const top = Math.floor((height - side) / 2);
  const left = Math.floor((width - side) / 2);
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
  const { imageSize, resizeTo, keepAspect, filter } = geometry;
  if (keepAspect && Math.max(height, width) > MAX_ASPECT * Math.min(height, width))
    throw new RangeError(FILE_CHECKS.elongated(width, height, MAX_ASPECT));
  const shorter = keepAspect ? Math.min(height, width) : null;
  const scaled = (edge: number) => (shorter === null ? resizeTo : Math.floor((resizeTo * edge) / shorter));
  const resized = resize(pixels, height, width, scaled(height), scaled(width), filter);
  return centreCrop(resized, scaled(height), scaled(width), imageSize);
}
