/** A backbone of the shapes of another, on a device that only counts. */
import type { Device } from '../device.ts';
import type { DeviceLinear } from '../operands.ts';
import type { DeviceBackbone, DeviceBlock, DeviceNorm } from '../passes/weights.ts';
import type { Precision } from '../precision.ts';
import type { Counted } from './account.ts';
import type { CountedLinear } from './counting-device.ts';

const NO_VALUES = new Float32Array();

/** @param shapeOf of a tensor of the other backbone */
export function hollowBackbone<S>(
  device: Device<Counted, CountedLinear>,
  { vision, clip }: DeviceBackbone<S>,
  shapeOf: (tensor: S) => { rows: number; cols: number },
  precision: Precision,
): DeviceBackbone<Counted> {
  const tensor = (of: S): Counted => {
    const { rows, cols } = shapeOf(of);
    return device.upload(NO_VALUES, rows, cols);
  };
  const norm = ({ gain, bias, epsilon }: DeviceNorm<S>): DeviceNorm<Counted> => ({
    gain: tensor(gain),
    bias: tensor(bias),
    epsilon,
  });
  const linear = ({ inFeatures, outFeatures }: DeviceLinear): DeviceLinear =>
    device.linear({ weight: NO_VALUES, bias: NO_VALUES, inFeatures, outFeatures }, precision);
  const block = ({ ln1, ln2, q, k, v, o, fc1, fc2 }: DeviceBlock<S>): DeviceBlock<Counted> => ({
    ln1: norm(ln1),
    q: linear(q),
    k: linear(k),
    v: linear(v),
    o: linear(o),
    ln2: norm(ln2),
    fc1: linear(fc1),
    fc2: linear(fc2),
  });
  return {
    vision: {
      ...vision,
      blocks: vision.blocks.map(block),
      finalNorm: norm(vision.finalNorm),
      patchEmbedding: linear(vision.patchEmbedding),
      classToken: tensor(vision.classToken),
      positions: tensor(vision.positions),
      preNorm: vision.preNorm && norm(vision.preNorm),
    },
    clip: clip && {
      logitScale: clip.logitScale,
      text: {
        ...clip.text,
        blocks: clip.text.blocks.map(block),
        finalNorm: norm(clip.text.finalNorm),
        tokenEmbedding: tensor(clip.text.tokenEmbedding),
        positions: tensor(clip.text.positions),
      },
      visionProjection: linear(clip.visionProjection),
      textProjection: linear(clip.textProjection),
    },
    free: () => {},
  };
}
