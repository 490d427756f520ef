/** Records the training steps of a study on made-up images, so that their kernels are compiled ahead of time. Nothing is executed. */
import type { AdapterLayout } from '../../core/adapter-layout.ts';
import { AUGMENTATION_VALUES, type KindOfSteps, type StepExample } from '../engine.ts';
import type { Device } from '../device.ts';
import { attempt } from './attempt.ts';
import { createTrainer } from './trainer.ts';
import { gridOf } from './training-images.ts';
import type { DeviceBackbone } from './weights.ts';

/** Records, per example, a step for every case that gates distinguish. */
export function recordTraining<T>(
  device: Device<T>,
  backbone: DeviceBackbone<T>,
  { spec, batchSize, examples }: KindOfSteps,
): void {
  const { vision } = backbone;
  const runs = spec.initial.length;
  const trainer = attempt(device, () => createTrainer(device, backbone, spec));
  const batch = {
    patches: new Float32Array(batchSize * vision.patches * vision.patchLength),
    labels: new Int32Array(batchSize),
    sourceOfRun: new Array<number>(runs).fill(0),
    learningRates: new Float32Array(runs),
  };
  // A step that is not executed reads nothing of meaning.
  for (const example of distinct(examples))
    for (const open of gateCases(spec.layout, runs))
      trainer.step({ ...batch, ...example, gates: open }).catch(() => {});
  trainer.dispose();
  recordImages(device, backbone);
}

/** Gates [runs, pairs] of every case that they make for kernels. */
export function gateCases({ pairs }: AdapterLayout, runs: number): Uint8Array<ArrayBuffer>[] {
  const lowest = Math.min(...pairs.map(({ layer }) => layer));
  const highest = Math.max(...pairs.map(({ layer }) => layer));
  const isOpen: ((run: number, layer: number) => boolean)[] = [
    () => true,
    () => false,
    (_, layer) => (layer - lowest) % 2 === 0,
    (_, layer) => layer === highest, // below it, nothing is kept for a backward
    (_, layer) => layer < highest, // a gradient passes the highest, which has none of its own
    (run, layer) => (run + layer) % 2 === 0,
    // Some runs only: tiles of products depend on how many there are.
    ...Array.from({ length: runs - 1 }, (_, i) => (run: number) => run <= i),
  ];
  return isOpen.map((open) =>
    Uint8Array.from({ length: runs * pairs.length }, (_, i) =>
      open(Math.floor(i / pairs.length), pairs[i % pairs.length].layer) ? 1 : 0,
    ),
  );
}

/** One example of each kind: with and without dropout, with and without branch factors. */
function distinct(examples: readonly StepExample[]): StepExample[] {
  const kinds = new Map<string, StepExample>();
  for (const example of examples) {
    const { inputDropout, branchFactors } = example;
    const drops = inputDropout ? String(inputDropout.some((rate) => rate > 0)) : 'as specified';
    kinds.set(`${drops} ${branchFactors?.some((factor) => factor !== 1)}`, example);
  }
  return [...kinds.values()];
}

/** Batches of images that lie on the device: of the model's size and of another, augmented and not. Kernels do not depend on the sizes. */
function recordImages<T>(device: Device<T>, { vision }: DeviceBackbone<T>): void {
  const { side, patchSize } = gridOf(vision);
  if (!Number.isInteger(side)) return; // blank patches: batches are made on the host
  const imageSize = side * patchSize;
  const normalisation = { rescale: 1, mean: [0, 0, 0], std: [1, 1, 1] };
  for (const size of [imageSize, imageSize + 1]) {
    const preprocessing = { imageSize, filter: 'bicubic', ...normalisation } as const;
    const pixels = new Uint8Array(size * size * 3);
    const images = device.images?.hold(
      { pixels, count: 1, size, borders: new Uint8Array(3), preprocessing },
      patchSize,
    );
    if (!device.images || !images) return;
    for (const augmentation of [null, new Float32Array(AUGMENTATION_VALUES)])
      device.free(device.images.patches(images, new Int32Array(1), augmentation));
    device.images.free(images);
  }
}
