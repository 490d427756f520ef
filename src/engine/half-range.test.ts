import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stream } from '../core/rng.ts';
import type { Backbone, BlockWeights } from '../model/backbone.ts';
import { largestActivation, LARGEST_HALF, tooLargeForHalves } from './half-range.ts';
import { testClip, testVit } from './passes/test-models.ts';

const [WIDTH, OUT] = [6, 5];

/** Values of fc1 behind the layer norm of x [WIDTH], as they are defined. */
function outputs({ ln2, fc1 }: Pick<BlockWeights, 'ln2' | 'fc1'>, x: readonly number[]): number[] {
  const mean = x.reduce((sum, v) => sum + v, 0) / WIDTH;
  const variance = x.reduce((sum, v) => sum + (v - mean) ** 2, 0) / WIDTH;
  const normed = x.map((v, i) => ((v - mean) / Math.sqrt(variance + 1e-5)) * ln2.gain[i] + ln2.bias[i]);
  return Array.from({ length: OUT }, (_, o) =>
    normed.reduce((sum, v, i) => sum + v * fc1.weight[o * WIDTH + i], fc1.bias?.[o] ?? 0),
  );
}

describe('the largest activation of a block', () => {
  const vector = (length: number) =>
    fc.array(fc.float({ min: -8, max: 8, noNaN: true }), { minLength: length, maxLength: length });
  const floats = (length: number) => vector(length).map((values) => Float32Array.from(values));

  it('is exceeded by no input', () => {
    fc.assert(
      fc.property(
        floats(OUT * WIDTH),
        floats(OUT),
        floats(WIDTH),
        floats(WIDTH),
        vector(WIDTH),
        (weight, bias, gain, shift, x) => {
          const block = {
            ln2: { gain, bias: shift },
            fc1: { weight, bias, inFeatures: WIDTH, outFeatures: OUT },
          };
          const most = largestActivation(block);
          for (const value of outputs(block, x)) expect(Math.abs(value)).toBeLessThanOrEqual(most * (1 + 1e-9) + 1e-9);
        },
      ),
    );
  });

  it('is nearly reached by the input that lies along a row', () => {
    const rng = stream(3, 'analysis');
    const centred = Array.from({ length: WIDTH }, () => rng.normal());
    const mean = centred.reduce((sum, v) => sum + v, 0) / WIDTH;
    const row = centred.map((v) => v - mean);
    const weight = new Float32Array(OUT * WIDTH);
    weight.set(row, 2 * WIDTH);
    const block = {
      ln2: { gain: new Float32Array(WIDTH).fill(1), bias: new Float32Array(WIDTH) },
      fc1: { weight, bias: null, inFeatures: WIDTH, outFeatures: OUT },
    };
    const [, , reached] = outputs(
      block,
      row.map((v) => 1000 * v),
    );
    expect(reached / largestActivation(block)).toBeGreaterThan(0.999);
  });
});

describe('what of a backbone is too large for halves', () => {
  /** The backbone with fc1 of its last text or vision block multiplied. */
  function grown(backbone: Backbone, factor: number): Backbone {
    const last = <T extends { readonly blocks: readonly BlockWeights[] }>(tower: T): T => ({
      ...tower,
      blocks: tower.blocks.map((block, i) =>
        i < tower.blocks.length - 1
          ? block
          : { ...block, fc1: { ...block.fc1, weight: block.fc1.weight.map((w) => factor * w) } },
      ),
    });
    return backbone.kind === 'clip'
      ? { ...backbone, text: last(backbone.text) }
      : { ...backbone, vision: last(backbone.vision) };
  }

  it('is nothing in ordinary backbones, activations where a layer can make them so, and weights where one is', () => {
    for (const backbone of [testClip(), testVit()]) {
      expect(tooLargeForHalves(backbone)).toBeNull();
      const blocks = backbone.kind === 'clip' ? backbone.text.blocks : backbone.vision.blocks;
      const most = largestActivation({ ...blocks[blocks.length - 1] });
      expect(tooLargeForHalves(grown(backbone, (0.4 * LARGEST_HALF) / most))).toBeNull();
      expect(tooLargeForHalves(grown(backbone, (0.6 * LARGEST_HALF) / most))).toBe('activations');
      expect(tooLargeForHalves(grown(backbone, 1e9))).toBe('weights');
      expect(tooLargeForHalves(grown(backbone, NaN))).toBe('weights');
    }
  });
});
