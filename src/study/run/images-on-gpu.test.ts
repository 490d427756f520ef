/** Batches that the GPU makes of the images it holds, against those made on the host. */
import { describe, expect, it } from 'vitest';
import { tinyTask } from '../../../tests/support/tiny-study.ts';
import type { Task } from '../../data/task.ts';
import type { WebgpuDevice } from '../../engine/devices/webgpu/webgpu-device.ts';
import type { LoadedBackbone } from '../../model/load-backbone.ts';
import { tinyModel } from '../../../tests/support/tiny-study.ts';
import { createBatchPainter, createBatchSource, packAugmentations, trainingPixels } from './images.ts';
import { withWebgpu } from '../../../tests/support/webgpu-devices.ts';

let device: WebgpuDevice;
withWebgpu((opened) => (device = opened));

/** Smooth pictures with edges and noise: what a photograph has. */
function pictures(count: number, size: number): Task {
  const pixels = Uint8Array.from({ length: count * size * size * 3 }, (_, i) => {
    const x = Math.floor(i / 3) % size;
    const y = Math.floor(i / 3 / size) % size;
    const noise = ((i * 2654435761) >>> 0) % 40;
    return Math.min(255, 100 + 60 * Math.sin(x / 3) + (y > size / 2 ? 60 : 0) + noise);
  });
  const train = { count, pixels, labels: Int32Array.from({ length: count }, (_, i) => i % 3) };
  return { ...tinyTask(), imageSize: size, train };
}

function modelOf(imageSize: number, patchSize: number, filter: 'bicubic' | 'bilinear' = 'bicubic'): LoadedBackbone {
  const model = tinyModel();
  const { vision } = model.backbone;
  const config = { ...vision.config, imageSize, patchSize };
  const preprocessing = {
    ...model.preprocessing,
    imageSize,
    filter,
    rescale: 1 / 255,
    mean: [0.48, 0.46, 0.41],
    std: [0.27, 0.26, 0.28],
  };
  return { ...model, preprocessing, backbone: { ...model.backbone, vision: { ...vision, config } } };
}

const training = {
  steps: 100,
  batchSize: 6,
  learningRateSchedule: 'constant',
  warmupSteps: 0,
  validateEvery: 10,
} as const;

/** Values of one batch, made on the GPU and on the host, in levels of 8 bits. */
async function levels(task: Task, model: LoadedBackbone, augment: boolean) {
  const batch = createBatchSource(task, { ...training, augment }, 5)(3);
  const { patches: expected } = createBatchPainter(task, model)(batch);
  const pixels = trainingPixels(task, model);
  const held = device.images.hold(pixels, model.backbone.vision.config.patchSize);
  if (!held) throw new Error('The images were not taken.');
  const augmentation = batch.augmentations && packAugmentations(batch.augmentations);
  const made = device.images.patches(held, batch.index, augmentation);
  const actual = await device.read(made);
  device.free(made);
  device.images.free(held);
  const { patchSize } = model.backbone.vision.config;
  const { rescale, mean, std } = pixels.preprocessing;
  const level = (value: number, i: number) => {
    const channel = Math.floor(i / patchSize ** 2) % 3;
    return Math.round((value * std[channel] + mean[channel]) / rescale);
  };
  return { actual, expected, actualLevels: actual.map(level), expectedLevels: expected.map(level) };
}

describe('images that lie on the GPU', () => {
  it.each([
    [32, 32, 8, 'bicubic'],
    [20, 28, 7, 'bicubic'],
    [32, 24, 6, 'bicubic'],
    [17, 48, 16, 'bilinear'],
  ] as const)(
    'of %i px for a model of %i px in patches of %i are prepared to the bit',
    async (size, to, patch, filter) => {
      const { actual, expected } = await levels(pictures(9, size), modelOf(to, patch, filter), false);
      expect(actual).toEqual(expected);
    },
  );

  it.each([
    [32, 32, 8],
    [45, 45, 5],
    [20, 28, 7],
  ] as const)('of %i px for a model of %i px are augmented as on the host, up to rounding', async (size, to, patch) => {
    const { actualLevels, expectedLevels } = await levels(pictures(9, size), modelOf(to, patch), true);
    expect(actualLevels.length).toBe(expectedLevels.length);
    const differences = actualLevels.map((value, i) => Math.abs(value - expectedLevels[i]));
    expect(Math.max(...differences)).toBeLessThanOrEqual(1);
    expect(differences.filter((d) => d > 0).length / differences.length).toBeLessThan(0.002);
  });

  it('are refused when they are too many, or an index does not exist', () => {
    const model = modelOf(32, 8);
    const task = pictures(2, 32);
    const held = device.images.hold(trainingPixels(task, model), 8)!;
    expect(() => device.images.patches(held, Int32Array.of(0, 2), null)).toThrow('training images: index 2');
    device.images.free(held);
    const many = { ...trainingPixels(task, model), count: 70_000 };
    expect(device.images.hold(many, 8)).toBeNull();
  });
});
