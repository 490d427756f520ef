import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { attentionRollout, rolloutRow } from './attention-rollout.ts';

/** Attention of some layers, rows adding up to 1, as [layers, tokens, tokens]. */
const attention = fc
  .record({ layers: fc.integer({ min: 1, max: 4 }), tokens: fc.integer({ min: 2, max: 6 }) })
  .chain(({ layers, tokens }) =>
    fc.record({
      layers: fc.constant(layers),
      tokens: fc.constant(tokens),
      maps: fc
        .array(fc.double({ min: 0.01, max: 1, noNaN: true }), {
          minLength: layers * tokens ** 2,
          maxLength: layers * tokens ** 2,
        })
        .map((values) =>
          values.map((value, i) => {
            const from = i - (i % tokens);
            return value / values.slice(from, from + tokens).reduce((sum, one) => sum + one, 0);
          }),
        ),
    }),
  );

/** The formula written out: matrices with identity, rows normalised, multiplied from the bottom up. [tokens][tokens] */
function productOf(maps: readonly number[], layers: number, tokens: number): number[][] {
  const range = Array.from({ length: tokens }, (_, i) => i);
  let product = range.map((i) => range.map((j) => Number(i === j)));
  for (let layer = 0; layer < layers; layer++) {
    const added = range.map((i) => range.map((j) => maps[(layer * tokens + i) * tokens + j] + Number(i === j)));
    const normed = added.map((row) => row.map((value) => value / row.reduce((sum, one) => sum + one, 0)));
    product = normed.map((row) => range.map((j) => row.reduce((sum, value, k) => sum + value * product[k][j], 0)));
  }
  return product;
}

describe('attention rollout', () => {
  it('is the first row of the product of all layers, and adds up to 1', () => {
    fc.assert(
      fc.property(attention, ({ maps, layers, tokens }) => {
        const row = rolloutRow(maps, layers, tokens);
        productOf(maps, layers, tokens)[0].forEach((value, i) => expect(row[i]).toBeCloseTo(value, 12));
        expect(row.reduce((sum, value) => sum + value, 0)).toBeCloseTo(1, 12);
      }),
    );
  });

  it('of one layer is that layer’s row beside the residual connection', () => {
    const row = rolloutRow([0.5, 0.3, 0.2, 0, 0, 1, 1, 0, 0], 1, 3);
    expect([...row]).toEqual([0.75, 0.15, 0.1]);
  });

  it('is even where attention is even', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 2, max: 9 }), (layers, tokens) => {
        const even = new Float32Array(layers * tokens ** 2).fill(1 / tokens);
        const { patches, rest } = attentionRollout(even, layers, tokens, tokens - 1);
        patches.forEach((share) => expect(share).toBeCloseTo(1 / (tokens - 1), 6));
        // Half of it takes the residual connection at every layer; of the other half every token has its share.
        const stays = 0.5 ** layers;
        expect(rest).toBeCloseTo(stays + (1 - stays) / tokens, 6);
      }),
    );
  });

  it('follows patches that are exchanged', () => {
    fc.assert(
      fc.property(attention, ({ maps, layers, tokens }) => {
        const turned = (i: number) => (i === 0 ? 0 : tokens - i);
        const exchanged = maps.map((_, at) => {
          const [layer, i, j] = [Math.floor(at / tokens ** 2), Math.floor(at / tokens) % tokens, at % tokens];
          return maps[(layer * tokens + turned(i)) * tokens + turned(j)];
        });
        const [before, after] = [maps, exchanged].map((own) => rolloutRow(own, layers, tokens));
        before.forEach((share, i) => expect(after[turned(i)]).toBeCloseTo(share, 12));
      }),
    );
  });

  it('leaves out tokens without image content, and says what they keep', () => {
    // A class token, a blank one and two patches: all of the attention of the class token lies on the last three.
    const maps = [0, 0.5, 0.3, 0.2, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1];
    const { patches, rest } = attentionRollout(maps, 1, 4, 2);
    expect(rest).toBeCloseTo(0.75, 12);
    expect(patches[0]).toBeCloseTo(0.6, 6);
    expect(patches[1]).toBeCloseTo(0.4, 6);
  });

  it('refuses what is no attention', () => {
    expect(() => rolloutRow([1], 1, 2)).toThrow('1 values are no attention of 1 layers and 2 tokens');
  });
});
