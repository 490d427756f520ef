import fc from 'fast-check';
import { expect, it } from 'vitest';
import { byTopLayer } from './top-layer.ts';

const LEAST = 0.01;

const credits = fc.tuple(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 20 })).chain(([layers, images]) =>
  fc.array(fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: images, maxLength: images }), {
    minLength: layers,
    maxLength: layers,
  }),
);

it('every image that some layer helps is in the group of the layer that helps it most, and in no other', () => {
  fc.assert(
    fc.property(credits, (credit) => {
      const groups = byTopLayer(credit, LEAST);
      const images = credit[0].map((_, image) => image);
      for (const image of images) {
        const values = credit.map((row) => row[image]);
        const most = Math.max(...values);
        const own = groups.filter((group) => group.images.includes(image));
        expect(own).toHaveLength(most >= LEAST ? 1 : 0);
        for (const { layer } of own) expect(values[layer]).toBe(most);
      }
      for (const { layer, images: own } of groups) {
        const values = own.map((image) => credit[layer][image]);
        expect(values).toEqual(values.toSorted((a, b) => b - a));
      }
    }),
  );
});
