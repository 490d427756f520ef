/** Where a picture comes from: a file, the clipboard, a frame of the camera. */
import { errorText } from '../../../core/error-text.ts';
import { drawSvg } from '../../../data/image/draw-svg.ts';
import { isHeic } from '../../../data/image/image-header.ts';
import { requireTruePixels } from '../../../data/image/true-pixels.ts';
import type { PictureInput } from '../../../study/predictions/question.ts';
import { OWN_WORDS } from './messages.ts';

/** Side of a drawn SVG, and of a frame of the camera: the worker resizes both to the input of the backbone. */
const SIDE = 224;

/** An image file that a worker can decode. Workers cannot draw SVG. @throws Error saying what to do when the file is no picture */
export async function decodable(file: Blob): Promise<Blob> {
  // Not every browser has a type for HEIC.
  const isPicture = file.type.startsWith('image/') || isHeic(new Uint8Array(await file.slice(0, 40).arrayBuffer()));
  if (!isPicture) throw new Error(OWN_WORDS.problems.noPicture);
  requireTruePixels();
  if (file.type !== 'image/svg+xml') return file;
  const bitmap = await drawSvg(file, SIDE);
  const canvas = new OffscreenCanvas(SIDE, SIDE);
  canvas.getContext('2d')?.drawImage(bitmap, 0, 0);
  bitmap.close();
  return canvas.convertToBlob();
}

/** The picture in the clipboard. @throws Error saying what to do when there is none, or the browser does not tell */
export async function pastedPicture(): Promise<Blob> {
  const clipboard = navigator.clipboard as Clipboard | undefined;
  if (!clipboard?.read) throw new Error(OWN_WORDS.problems.noClipboard);
  let items: ClipboardItems;
  try {
    items = await clipboard.read();
  } catch (error) {
    throw new Error(OWN_WORDS.problems.clipboardFailed(errorText(error)), { cause: error });
  }
  for (const item of items) {
    const type = item.types.find((one) => one.startsWith('image/'));
    if (type) return item.getType(type);
  }
  throw new Error(OWN_WORDS.problems.emptyClipboard);
}

/** Takes the middle square of what a video shows; null before its first frame. */
export function frameTaker(): (video: HTMLVideoElement) => PictureInput | null {
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = SIDE;
  const context = canvas.getContext('2d', { willReadFrequently: true });
  return (video) => {
    const { videoWidth, videoHeight } = video;
    const side = Math.min(videoWidth, videoHeight);
    if (side === 0 || !context) return null;
    context.imageSmoothingQuality = 'high';
    context.drawImage(video, (videoWidth - side) / 2, (videoHeight - side) / 2, side, side, 0, 0, SIDE, SIDE);
    const { data } = context.getImageData(0, 0, SIDE, SIDE);
    return { kind: 'frame', pixels: new Uint8ClampedArray(data), width: SIDE, height: SIDE };
  };
}
