/** One image file → uint8 RGB at the model's size. Needs createImageBitmap and OffscreenCanvas: a browser's worker. */
import type { Bytes } from '../bytes/byte-file.ts';
import { isSvg, refuseHuge } from './image-header.ts';

/** The bytes of an image file → [size, size, 3] uint8 RGB. */
export type DecodeImage = (bytes: Bytes) => Promise<Uint8Array>;

/** An SVG and the side of the square it is drawn into → the picture. Workers cannot do it themselves. */
export type DrawSvg = (svg: Blob, side: number) => Promise<ImageBitmap>;

const MAX_SVG_BYTES = 2 * 1024 * 1024;

/**
 * A decoder that turns images upright by their EXIF orientation, crops the largest centred square, scales it smoothly and puts
 * white behind transparent parts. The browser decodes the file: the first frame of an animation, 8 bits, sRGB. One canvas is reused.
 */
export function imageDecoder(size: number, drawSvg: DrawSvg): DecodeImage {
  const canvas = new OffscreenCanvas(size, size);
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (!context) throw new Error('This browser gives no 2D canvas to a worker, so images cannot be decoded here.');
  context.imageSmoothingQuality = 'high';
  return async (bytes) => {
    refuseHuge(bytes);
    const bitmap = isSvg(bytes)
      ? await drawSvg(svgBlob(bytes), size)
      : await createImageBitmap(new Blob([bytes]), { imageOrientation: 'from-image' });
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

function svgBlob(bytes: Bytes): Blob {
  if (bytes.length > MAX_SVG_BYTES) throw new Error('an SVG of more than 2 MB');
  return new Blob([bytes], { type: 'image/svg+xml' });
}
