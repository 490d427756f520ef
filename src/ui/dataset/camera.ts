/** The device's camera: opening it, taking pictures as files, and error messages. */
import { errorText } from '../../core/error-text.ts';

/** Pictures are later scaled to the backbone's input size; a larger side only costs memory. */
const SIDE = 640;

/** @throws Error with a full sentence that says what to do */
export async function openCamera(): Promise<MediaStream> {
  const devices = navigator.mediaDevices as MediaDevices | undefined;
  if (!devices?.getUserMedia)
    throw new Error('This page cannot use a camera: browsers allow it on https:// and localhost addresses only.');
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
      return 'The camera is not allowed for this page. Allow it beside the address (the camera or settings icon), and start it again. Pictures can also be pasted or chosen.';
    case 'NotFoundError':
    case 'OverconstrainedError':
      return 'No camera was found. Connect one and start it again, or paste or choose pictures.';
    case 'NotReadableError':
    case 'AbortError':
      return 'The camera is in use by another program. Close that and start it again.';
    default:
      return `The camera cannot be opened: ${errorText(cause)}.`;
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
