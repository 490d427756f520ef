/** Training images that are uploaded again when their device is lost. */
import type { DrawnImages, Engine, TrainBatch, TrainingImages, TrainingPixels } from '../engine.ts';
import type { Rebuilt } from './recovery.ts';
import { ENGINE_NOTICES } from '../words.ts';

export class RecoveringImages implements TrainingImages, Rebuilt {
  constructor(
    private readonly pixels: TrainingPixels,
    public inner: TrainingImages,
    private readonly onDispose: () => void,
  ) {}

  get count(): number {
    return this.inner.count;
  }

  rebuild(engine: Engine): Promise<void> {
    const images = engine.trainingImages(this.pixels);
    if (!images) throw new Error(ENGINE_NOTICES.noRoom);
    this.inner = images;
    return Promise.resolve();
  }

  dispose(): void {
    this.onDispose();
    this.inner.dispose();
  }
}

/** A batch whose images are those on the present device. */
export function onPresentDevice(batch: TrainBatch): TrainBatch {
  const { patches } = batch;
  return patches instanceof Float32Array ? batch : { ...batch, patches: presentImages(patches) };
}

/** The same draw, from images on the present device. */
export function presentImages(drawn: DrawnImages): DrawnImages {
  return drawn.images instanceof RecoveringImages ? { ...drawn, images: drawn.images.inner } : drawn;
}
