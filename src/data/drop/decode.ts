/** One image file → uint8 RGB at the model's size. Needs createImageBitmap and OffscreenCanvas: a browser's worker. */
import { HEADER_BYTES, dimensionsOf } from './image-header.ts';

/** 64 megapixels are 256 MB decoded; more is refused rather than risking the tab. */
const MAX_PIXELS = 64e6;

/** Blob → [size, size, 3] uint8 RGB. */
export type DecodeImage = (blob: Blob) => Promise<Uint8Array>;

/**
 * A decoder that turns images upright by their EXIF orientation, crops the largest centred square, scales it smoothly and puts
 * white behind transparent parts. One canvas is reused for all images.
 */
export function imageDecoder(size: number): DecodeImage {
  const canvas = new OffscreenCanvas(size, size);
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (!context) throw new Error('This browser gives no 2D canvas to a worker, so images cannot be decoded here.');
  context.imageSmoothingQuality = 'high';
  return async (blob) => {
    await refuseHuge(blob);
    const bitmap = await createImageBitmap(blob, { imageOrientation: 'from-image' });
    try {
      const side = Math.min(bitmap.width, bitmap.height);
      const [left, top] = [(bitmap.width - side) / 2, (bitmap.height - side) / 2];
      context.fillStyle = 'white';
      context.fillRect(0, 0, size, size);
      context.drawImage(bitmap, left, top, side, side, 0, 0, size, size);
    } finally {
      bitmap.close();
    }
    const { data } = context.getImageData(0, 0, size, size); // [size, size, 4], opaque
    const rgb = new Uint8Array(size * size * 3);
    for (let from = 0, to = 0; to < rgb.length; from += 4, to += 3) {
      rgb[to] = data[from];
      rgb[to + 1] = data[from + 1];
      rgb[to + 2] = data[from + 2];
    }
    return rgb;
  };
}

async function refuseHuge(blob: Blob): Promise<void> {
  const header = new Uint8Array(await blob.slice(0, HEADER_BYTES).arrayBuffer());
  const dimensions = dimensionsOf(header);
  if (dimensions && dimensions.width * dimensions.height > MAX_PIXELS) {
    throw new Error(`${dimensions.width} × ${dimensions.height} pixels are too many`);
  }
}
