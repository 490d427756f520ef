/** One image file → uint8 RGB at the model's size. Needs createImageBitmap and OffscreenCanvas: a browser's worker. */
import type { ImageGeometry } from '../../model/image-geometry.ts';
import { prepareImage } from '../../model/prepare-image.ts';
import type { Bytes } from '../files/byte-file.ts';
import { isHeic, isSvg, refuseHuge } from './image-header.ts';
import { IMAGE_WORDS } from './messages.ts';
import { requireTruePixels } from './true-pixels.ts';

/** The bytes of an image file → [size, size, 3] uint8 RGB. */
export type DecodeImage = (bytes: Bytes) => Promise<Uint8Array>;

/** Draws an SVG into a square of the given side. Workers cannot do this themselves. */
export type DrawSvg = (svg: Blob, side: number) => Promise<ImageBitmap>;

export const MAX_SVG_BYTES = 2 * 1024 * 1024;

/** Images of more pixels are shrunk by the browser first: reading all of them would need much memory for detail that is averaged away. */
export const MAX_PIXELS = 16_000_000;

/**
 * A decoder that turns images upright by their EXIF orientation, puts white behind transparent parts, and resizes and crops as the model's own
 * images were, pixel for pixel as Node and the reference do. The browser decodes the file: the first frame of an animation, 8 bits, sRGB.
 */
export function imageDecoder(geometry: ImageGeometry, drawSvg: DrawSvg): DecodeImage {
  const canvas = new OffscreenCanvas(1, 1);
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (!context) throw new Error(IMAGE_WORDS.noWorkerCanvas);
  return async (bytes) => {
    requireTruePixels();
    refuseHuge(bytes);
    const bitmap = isSvg(bytes) ? await drawSvg(svgBlob(bytes), geometry.imageSize) : await uprightBitmap(bytes);
    try {
      const shrink = Math.min(1, Math.sqrt(MAX_PIXELS / (bitmap.width * bitmap.height)));
      canvas.width = Math.max(1, Math.round(bitmap.width * shrink));
      canvas.height = Math.max(1, Math.round(bitmap.height * shrink));
      const { width, height } = canvas;
      context.imageSmoothingQuality = 'high';
      context.fillStyle = 'white';
      context.fillRect(0, 0, width, height);
      context.drawImage(bitmap, 0, 0, width, height);
      return prepareImage(withoutAlpha(context.getImageData(0, 0, width, height).data), height, width, geometry);
    } finally {
      bitmap.close();
    }
  };
}

async function uprightBitmap(bytes: Bytes): Promise<ImageBitmap> {
  const file = new Blob([bytes]);
  try {
    return await createImageBitmap(file, { imageOrientation: 'from-image' });
  } catch (error) {
    // Chrome before 112 does not know the word, and turns images upright without it.
    if (error instanceof TypeError) return createImageBitmap(file);
    // Its own words are English, whatever the page speaks.
    if (error instanceof DOMException)
      throw new Error(isHeic(bytes) ? IMAGE_WORDS.heic : IMAGE_WORDS.unreadable, { cause: error });
    throw error;
  }
}

/** [height, width, 4], opaque → [height, width, 3] */
function withoutAlpha(rgba: Uint8ClampedArray): Uint8Array {
  const rgb = new Uint8Array((rgba.length / 4) * 3);
  for (let from = 0, to = 0; to < rgb.length; from += 4, to += 3) {
    rgb[to] = rgba[from];
    rgb[to + 1] = rgba[from + 1];
    rgb[to + 2] = rgba[from + 2];
  }
  return rgb;
}

function svgBlob(bytes: Bytes): Blob {
  if (bytes.length > MAX_SVG_BYTES) throw new Error(IMAGE_WORDS.largeSvg);
  return new Blob([bytes], { type: 'image/svg+xml' });
}
