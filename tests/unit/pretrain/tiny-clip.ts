/** For tests: a CLIP small enough for finite differences, and batches for it. */
import { stream, type Rng } from '../../../src/core/rng.ts';
import type { ClipBackbone } from '../../../src/model/backbone.ts';
import type { ImagesAndCaptions } from '../../../scripts/pretrain/all-weights/contrastive-pass.ts';
import { initialClip, type ClipShape } from '../../../scripts/pretrain/all-weights/initial-clip.ts';

const TOWER = { layers: 2, width: 8, mlpWidth: 12, heads: 2, activation: 'quick_gelu', layerNormEps: 1e-5 } as const;
export const TINY: ClipShape = {
  vision: { ...TOWER, tokens: 5, imageSize: 4, patchSize: 2, channels: 3 },
  text: { ...TOWER, tokens: 7, vocabulary: 11, endToken: 2 },
  projection: 6,
};

/** Weights of the size that a trained model has, so that no gradient vanishes. */
export function tinyClip(seed: number): ClipBackbone {
  const clip = initialClip(TINY, stream(seed, 'pretrain'));
  const rng = stream(seed, 'init');
  const stir = (values: Float32Array) => values.forEach((value, i) => (values[i] = value + 0.3 * rng.normal()));
  [clip.text.tokenEmbedding, clip.text.positions, clip.vision.positions, clip.vision.patchEmbedding.weight].forEach(
    stir,
  );
  for (const tower of [clip.vision, clip.text])
    for (const { ln1, ln2, q, k, v, o, fc1, fc2 } of tower.blocks) {
      for (const norm of [ln1, ln2]) [norm.gain, norm.bias].forEach(stir);
      for (const { weight, bias } of [q, k, v, o, fc1, fc2]) [weight, bias ?? weight].forEach(stir);
    }
  return clip;
}

/** Captions of different lengths, one of them twice: start, words, end, padding. */
export function tinyBatch(rng: Rng): ImagesAndCaptions {
  const captions = [
    [1, 3, 4, 2, 0, 0, 0],
    [1, 5, 2, 0, 0, 0, 0],
    [1, 6, 0, 7, 8, 9, 2],
  ];
  const captionOfImage = Int32Array.of(0, 1, 0, 2);
  const { tokens, channels, patchSize } = TINY.vision;
  const size = captionOfImage.length * (tokens - 1) * channels * patchSize ** 2;
  return {
    patches: Float32Array.from({ length: size }, () => rng.normal()),
    tokens: Int32Array.from(captions.flat()),
    captionOfImage,
  };
}
