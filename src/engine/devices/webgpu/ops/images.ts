/** Batches of training images that lie on the GPU. */
import { normalisationTable } from '../../../../model/patchify.ts';
import { filterTaps } from '../../../../model/resize.ts';
import type { DeviceImages, ImageOperations } from '../../../optional-operations.ts';
import { AUGMENTATION_VALUES, type TrainingPixels } from '../../../engine.ts';
import { checkIndices } from '../../../indices.ts';
import type { FieldValue } from '../constants.ts';
import type { GpuTensor } from '../gpu-tensor.ts';
import type { Kernel } from '../kernel.ts';
import type { ElementForm } from '../kernels/elements.ts';
import { augmentImagesKernel, patchifyKernel, resizeImagesKernel, selectImagesKernel } from '../kernels/images.ts';
import type { Runtime } from '../runtime.ts';
import { GATHERS } from '../tuning/element-forms.ts';
import { launchElements } from './element-launch.ts';

/** Larger training sets stay on the host. */
const MAX_BYTES = 256 * 2 ** 20;

interface GpuImages extends DeviceImages {
  readonly size: number;
  readonly imageSize: number;
  readonly patchSize: number;
  /** [count, 1 + size²] words: border colour and pixels. */
  readonly pixels: GpuTensor;
  /** [imageSize, 2 + weights] words; null when images have the model's size. */
  readonly taps: GpuTensor | null;
  /** [3, 256] */
  readonly table: GpuTensor;
}

const upload = (runtime: Runtime, words: Uint32Array, rows: number): GpuTensor =>
  runtime.uploaded(new Float32Array(words.buffer), rows, words.length / rows);

function packPixels({ pixels, borders, count, size }: TrainingPixels): Uint32Array {
  const words = new Uint32Array(count * (1 + size * size));
  let to = 0;
  let from = 0;
  for (let image = 0; image < count; image++) {
    words[to++] = borders[3 * image] | (borders[3 * image + 1] << 8) | (borders[3 * image + 2] << 16);
    for (const end = to + size * size; to < end; from += 3)
      words[to++] = pixels[from] | (pixels[from + 1] << 8) | (pixels[from + 2] << 16);
  }
  return words;
}

function packTaps(from: number, to: number, filter: TrainingPixels['preprocessing']['filter']): Uint32Array {
  const { first, count, weights, stride } = filterTaps(from, to, filter);
  const words = new Uint32Array(to * (2 + stride));
  for (let i = 0; i < to; i++) {
    words.set([first[i], count[i]], i * (2 + stride));
    words.set(weights.subarray(i * stride, (i + 1) * stride), i * (2 + stride) + 2);
  }
  return words;
}

export function imageOperations(runtime: Runtime): ImageOperations<GpuTensor, GpuImages> {
  return {
    hold(images, patchSize) {
      const { count, size, preprocessing } = images;
      const { imageSize, filter } = preprocessing;
      const bytes = 4 * count * (1 + size * size);
      if (bytes > Math.min(MAX_BYTES, runtime.tensors.maxBytes)) return null;
      return {
        count,
        size,
        imageSize,
        patchSize,
        pixels: upload(runtime, packPixels(images), count),
        taps: size === imageSize ? null : upload(runtime, packTaps(size, imageSize, filter), imageSize),
        table: runtime.uploaded(normalisationTable(preprocessing), 3, 256),
      };
    },

    patches(images, index, augmentation) {
      const { count, size, imageSize, patchSize, pixels, taps, table } = images;
      checkIndices(index, count, 'training images');
      if (augmentation && augmentation.length !== index.length * AUGMENTATION_VALUES)
        throw new RangeError(`${augmentation.length} augmentation values for ${index.length} images.`);
      const n = index.length;
      /** Every pixel of the result, which is the last tensor. */
      const run = (
        name: string,
        kernel: (form: ElementForm) => Kernel,
        tensors: readonly GpuTensor[],
        count: number,
        ...fields: FieldValue[]
      ): void => {
        const problem = { kernel: name, width: 1, count } as const;
        const cost = { flops: 0, bytes: 8 * count };
        launchElements(runtime, GATHERS, problem, kernel, tensors, [count, ...fields], cost);
      };
      let rgb = runtime.tensor(n, size * size);
      if (augmentation)
        run('augment images', augmentImagesKernel, [pixels, rgb], n * size * size, size, index, augmentation);
      else run('select images', selectImagesKernel, [pixels, rgb], n * size * size, size, index);
      const resizeAxis = (taps: GpuTensor, outer: number, inner: number): void => {
        const resized = runtime.tensor(outer, imageSize * inner);
        const count = outer * imageSize * inner;
        run('resize images', resizeImagesKernel, [rgb, taps, resized], count, size, imageSize, inner, taps.cols);
        runtime.free(rgb);
        rgb = resized;
      };
      if (taps) {
        resizeAxis(taps, n * size, 1); // [n·size, imageSize]
        resizeAxis(taps, n, imageSize); // [n, imageSize²]
      }
      const side = imageSize / patchSize;
      const result = runtime.tensor(n * side * side, 3 * patchSize * patchSize);
      run('patchify', patchifyKernel, [rgb, table, result], n * imageSize * imageSize, side, patchSize);
      runtime.free(rgb);
      return result;
    },

    free({ pixels, taps, table }) {
      for (const tensor of [pixels, taps, table]) if (tensor) runtime.free(tensor);
    },
  };
}
