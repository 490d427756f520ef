/** Training images on a device that makes its batches itself. */
import type { Device } from '../device.ts';
import type { DeviceImages } from '../optional-operations.ts';
import type { DrawnImages, TrainingImages, TrainingPixels } from '../engine.ts';
import type { DeviceVision } from './weights.ts';

/** Side of an image in patches, and of a patch in pixels. */
export function gridOf<T>({ patches, patchLength }: DeviceVision<T>): { side: number; patchSize: number } {
  return { side: Math.sqrt(patches), patchSize: Math.sqrt(patchLength / 3) };
}

/** Training images on a device. They are freed once, however often they are disposed of. */
export class HeldImages<T> implements TrainingImages {
  private disposed = false;

  constructor(
    private readonly device: Device<T>,
    readonly held: DeviceImages,
  ) {}

  get count(): number {
    return this.held.count;
  }

  dispose(): void {
    if (this.disposed) return;
    this.disposed = true;
    this.device.images?.free(this.held);
  }
}

/** Null when the device cannot hold these images or cannot make batches for this backbone. @throws RangeError when pixels are missing */
export function holdImages<T>(
  device: Device<T>,
  vision: DeviceVision<T>,
  pixels: TrainingPixels,
): HeldImages<T> | null {
  const { side, patchSize } = gridOf(vision);
  const { count, size, borders, preprocessing } = pixels;
  // The host makes the batches of backbones with blank patches (register tokens) before those of an image.
  if (preprocessing.imageSize !== side * patchSize) return null;
  if (pixels.pixels.length !== count * size * size * 3 || borders.length !== count * 3)
    throw new RangeError(`${count} images of ${size} px do not have ${pixels.pixels.length} pixel values.`);
  const held = count > 0 ? device.images?.hold(pixels, patchSize) : null;
  return held ? new HeldImages(device, held) : null;
}

/** Patches [n·patches, patchLength] of drawn images. @throws Error when they lie on another device */
export function drawnPatches<T>(device: Device<T>, { images, index, augmentation }: DrawnImages): T {
  if (!(images instanceof HeldImages) || !device.images) throw new Error('These images lie on another device.');
  return device.images.patches(images.held, index, augmentation);
}
