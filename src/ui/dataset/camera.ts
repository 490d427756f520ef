/** The device's camera: opening it, taking pictures as files, and error messages. */
import { errorText } from '../../core/error-text.ts';
import { requireTruePixels } from '../../data/image/true-pixels.ts';
import { DATASET_WORDS } from './messages.ts';

/** Pictures are later scaled to the backbone's input size; a larger side only costs memory. */
const SIDE = 640;

/** @throws Error with a full sentence that says what to do */
export async function openCamera(): Promise<MediaStream> {
  const devices = navigator.mediaDevices as MediaDevices | undefined;
  if (!devices?.getUserMedia) throw new Error(DATASET_WORDS.camera.unusable);
  requireTruePixels(); // Frames are read from a canvas.
  try {
    return await devices.getUserMedia({ video: { width: { ideal: SIDE }, height: { ideal: SIDE } }, audio: false });
  } catch (cause) {
    throw new Error(reasonOf(cause), { cause });
  }
}

function reasonOf(cause: unknown): string {
  switch (cause instanceof DOMException ? cause.name : '') {
    case 'NotAllowedError':
    case 'SecurityError':
      return DATASET_WORDS.camera.forbidden;
    case 'NotFoundError':
    case 'OverconstrainedError':
      return DATASET_WORDS.camera.notFound;
    case 'NotReadableError':
    case 'AbortError':
      return DATASET_WORDS.camera.busy;
    default:
      return DATASET_WORDS.camera.failed(errorText(cause));
  }
}

export function closeCamera(stream: MediaStream): void {
  for (const track of stream.getTracks()) track.stop();
}

/** The central square of the current camera frame as JPEG; null before the first frame. */
export async function takePicture(video: HTMLVideoElement): Promise<Blob | null> {
  const { videoWidth, videoHeight } = video;
  const side = Math.min(videoWidth, videoHeight);
  if (side === 0) return null;
  const size = Math.min(SIDE, side);
  const canvas = document.createElement('canvas');
  canvas.width = size;
  canvas.height = size;
  const [left, top] = [(videoWidth - side) / 2, (videoHeight - side) / 2];
  canvas.getContext('2d')?.drawImage(video, left, top, side, side, 0, 0, size, size);
  return new Promise((resolve) => canvas.toBlob(resolve, 'image/jpeg', 0.92));
}
