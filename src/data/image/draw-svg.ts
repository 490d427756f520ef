/** Draws an SVG on the page's thread. As an image it runs no script and loads nothing. */
import { IMAGE_WORDS } from './messages.ts';

/** Timeout of a drawing. */
const PATIENCE_MS = 10_000;

/** @returns a square bitmap with the picture in its middle, transparent around it. @throws Error when it cannot be drawn */
export async function drawSvg(svg: Blob, side: number): Promise<ImageBitmap> {
  const address = URL.createObjectURL(svg);
  try {
    const image = await loaded(address);
    const [width, height] = [image.naturalWidth || 1, image.naturalHeight || 1];
    const scale = side / Math.max(width, height);
    const canvas = document.createElement('canvas');
    canvas.width = canvas.height = side;
    const context = canvas.getContext('2d');
    if (!context) throw new Error(IMAGE_WORDS.noCanvas);
    const [w, h] = [Math.max(1, width * scale), Math.max(1, height * scale)];
    context.drawImage(image, (side - w) / 2, (side - h) / 2, w, h);
    return await createImageBitmap(canvas);
  } finally {
    URL.revokeObjectURL(address);
  }
}

function loaded(address: string): Promise<HTMLImageElement> {
  return new Promise((resolve, reject) => {
    const image = new Image();
    const timer = setTimeout(() => reject(new Error(IMAGE_WORDS.drawingSlow)), PATIENCE_MS);
    image.onload = () => {
      clearTimeout(timer);
      resolve(image);
    };
    image.onerror = () => {
      clearTimeout(timer);
      reject(new Error(IMAGE_WORDS.drawingDamaged));
    };
    image.src = address;
  });
}
