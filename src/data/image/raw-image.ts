/** Uncompressed pixels → the model's square. */
import type { RawImage } from '../formats/records.ts';
import { resize } from '../../model/resize.ts';

/** Largest centred square of an image, grey made RGB, white behind transparent parts, scaled smoothly: [size, size, 3]. */
export function squareOf({ width, height, channels, data }: RawImage, size: number): Uint8Array {
  const side = Math.min(width, height);
  const [left, top] = [Math.floor((width - side) / 2), Math.floor((height - side) / 2)];
  const rgb = new Uint8Array(side * side * 3);
  for (let y = 0; y < side; y++) {
    for (let x = 0; x < side; x++) {
      const from = ((top + y) * width + left + x) * channels;
      const to = (y * side + x) * 3;
      const alpha = channels === 4 ? data[from + 3] : 255;
      for (let c = 0; c < 3; c++) {
        const value = data[from + (channels < 3 ? 0 : c)];
        rgb[to + c] = alpha === 255 ? value : Math.round((value * alpha + 255 * (255 - alpha)) / 255);
      }
    }
  }
  return resize(rgb, side, side, size, size, 'bilinear');
}
