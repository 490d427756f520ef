/** Whether this browser tells the page the pixels of a canvas as they are. */
import { IMAGE_WORDS } from './messages.ts';

/** Concerns every image alike. The message is a full sentence that says how to allow it. */
export class HiddenPixels extends Error {}

/** Pixels, of a picture with many colours: some browsers tell the truth about a plain one. */
const SIDE = 16;

/** Of 256 levels, on average. Brave and private windows change single pixels by a level, which no picture suffers from; noise is a hundred levels away. */
const MOST_CHANGED = 4;

const PATTERN = Uint8ClampedArray.from({ length: 4 * SIDE * SIDE }, (_, i) => {
  const [x, y] = [(i >> 2) % SIDE, Math.floor(i / (4 * SIDE))];
  return [16 * x, 16 * y, 8 * (x + y), 255][i % 4];
});

type Context = Pick<CanvasRenderingContext2D, 'createImageData' | 'putImageData' | 'getImageData'>;

/** Whether a canvas gives back what was put on it. */
export function tellsTruth(context: Context): boolean {
  const image = context.createImageData(SIDE, SIDE);
  image.data.set(PATTERN);
  context.putImageData(image, 0, 0);
  const { data } = context.getImageData(0, 0, SIDE, SIDE);
  const changed = PATTERN.reduce((sum, value, i) => sum + Math.abs(value - data[i]), 0);
  return changed <= MOST_CHANGED * PATTERN.length;
}

/** Null where there is none. On the page it is of an element, because browsers ask their reader about those alone. */
function contextHere(): Context | null {
  if (!('OffscreenCanvas' in globalThis)) return null;
  const canvas = 'document' in globalThis ? document.createElement('canvas') : new OffscreenCanvas(SIDE, SIDE);
  canvas.width = canvas.height = SIDE;
  return canvas.getContext('2d', { willReadFrequently: true });
}

/** A browser that told the truth once goes on; one that did not may be allowed to meanwhile. */
let isTrue = false;

/**
 * Against fingerprinting, some browsers give pages noise for the pixels of a canvas, and say nothing: Firefox with privacy.resistFingerprinting, and so Tor,
 * Mullvad and LibreWolf. Called before pixels or files are taken from a canvas; whoever needs one says where there is none.
 *
 * @throws HiddenPixels
 */
export function requireTruePixels(): void {
  if (isTrue) return;
  const context = contextHere();
  if (!context) return;
  if (!tellsTruth(context)) throw new HiddenPixels(IMAGE_WORDS.hiddenPixels);
  isTrue = true;
}
