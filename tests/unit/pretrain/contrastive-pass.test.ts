import { describe, expect, it } from 'vitest';
import { stream } from '../../../src/core/rng.ts';
import { createTrainableReference } from './trainable-reference.ts';
import type { ReferenceTensor } from '../../../src/engine/devices/reference/tensor.ts';
import { clipLayout, flattenClip } from '../../../scripts/pretrain/all-weights/clip-parameters.ts';
import { contrastiveLoss } from '../../../scripts/pretrain/all-weights/contrastive-loss.ts';
import {
  contrastiveBackward,
  contrastiveForward,
  type PassSizes,
} from '../../../scripts/pretrain/all-weights/contrastive-pass.ts';
import { trainedBackbone, weightGradientTargets } from '../../../scripts/pretrain/all-weights/parameter-views.ts';
import { tinyBatch, tinyClip } from './tiny-clip.ts';

const clip = tinyClip(3);
const layout = clipLayout(clip);
const flat = Float64Array.from(flattenClip(clip, layout));
const batch = tinyBatch(stream(4, 'analysis'));
const scaleAt = layout.offsetOf('logitScale');

function forward(values: Float64Array, sizes: PassSizes) {
  const device = createTrainableReference();
  const params = device.uploadExact(values, 1, layout.size);
  const { backbone } = trainedBackbone<ReferenceTensor>(device, params, layout, clip);
  const { cosines, saved } = contrastiveForward(device, backbone, batch, sizes);
  const loss = contrastiveLoss(cosines.data, batch.captionOfImage, values[scaleAt]);
  return { device, params, backbone, cosines, saved, loss };
}

function gradientOf(sizes: PassSizes): Float64Array {
  const { device, params, backbone, cosines, saved, loss } = forward(flat, sizes);
  const gradients = device.zeros(1, layout.size);
  const dCosines = device.upload(loss.dCosines, cosines.rows, cosines.cols);
  contrastiveBackward(device, backbone, dCosines, saved, weightGradientTargets(gradients, layout, clip));
  gradients.data[scaleAt] += loss.dLogitScale;
  const result = gradients.data.slice();
  device.free(gradients, params, cosines);
  backbone.free();
  expect(device.memoryBytes()).toBe(0); // nothing is left behind
  return result;
}

const WHOLE = { imagesPerChunk: 4, textBuckets: 1 };

describe('gradients of all weights', () => {
  const gradient = gradientOf(WHOLE);
  const step = 3e-6;
  const directional = (direction: Float64Array): number => {
    const at = (sign: number) =>
      forward(
        flat.map((value, i) => value + sign * step * direction[i]),
        WHOLE,
      ).loss.loss;
    return (at(1) - at(-1)) / (2 * step);
  };

  it.each(layout.parameters.map((parameter) => [parameter.name, parameter] as const))(
    'of %s match finite differences',
    (name, { offset, length }) => {
      const rng = stream(offset, 'analysis');
      for (let trial = 0; trial < 2; trial++) {
        const direction = new Float64Array(layout.size);
        for (let i = offset; i < offset + length; i++) direction[i] = rng.normal();
        let expected = 0;
        for (let i = offset; i < offset + length; i++) expected += gradient[i] * direction[i];
        const actual = directional(direction);
        expect(Math.abs(actual - expected)).toBeLessThan(1e-5 * Math.abs(expected) + 1e-7);
        // A bias of the keys shifts all scores of a query alike, which the softmax does not see.
        if (!name.endsWith('.k.bias')) expect(Math.abs(expected)).toBeGreaterThan(1e-5);
      }
    },
  );

  it('does not depend on how the batch is cut', () => {
    const cut = gradientOf({ imagesPerChunk: 3, textBuckets: 3 });
    cut.forEach((value, i) => expect(Math.abs(value - gradient[i])).toBeLessThan(1e-7 * (1 + Math.abs(value))));
  });
});
