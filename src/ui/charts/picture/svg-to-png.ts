import { requireTruePixels } from '../../../data/image/true-pixels.ts';

/** Sharp on 2× displays. */
const PNG_SCALE = 2;

export async function svgToPng(svg: string): Promise<Blob> {
  requireTruePixels();
  const image = new Image();
  image.src = `data:image/svg+xml,${encodeURIComponent(svg)}`;
  await image.decode();
  const canvas = new OffscreenCanvas(PNG_SCALE * image.width, PNG_SCALE * image.height);
  canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
  return canvas.convertToBlob({ type: 'image/png' });
}
