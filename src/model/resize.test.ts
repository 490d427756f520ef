import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { areaResize, resize, type Filter } from './resize.ts';

/** Grey pixels, one value per pixel, as RGB. */
const rgb = (values: number[]) => Uint8Array.from(values.flatMap((value) => [value, value, value]));
const red = (pixels: Uint8Array) => [...pixels].filter((_, i) => i % 3 === 0);
const FILTERS: Filter[] = ['bilinear', 'bicubic', 'box'];
const side = fc.integer({ min: 1, max: 24 });

describe('resize', () => {
  test('values derived by hand from the filter definitions', () => {
    expect(red(resize(rgb([0, 100]), 1, 2, 1, 4, 'bilinear'))).toEqual([0, 25, 75, 100]);
    expect(red(resize(rgb([0, 100, 50, 150]), 1, 4, 1, 2, 'box'))).toEqual([50, 100]);
    // Halving: weights .8671875, .8671875, .2265625, −.0703125 over their sum 1.890625; negative results are clamped.
    expect(red(resize(rgb([255, 0, 0, 0]), 1, 4, 1, 2))).toEqual([117, 0]);
    expect(red(resize(rgb([0, 0, 255, 0]), 1, 4, 1, 2))).toEqual([31, 117]);
  });

  test('rows and columns are treated alike', () => {
    expect(resize(rgb([255, 0, 0, 0]), 4, 1, 2, 1)).toEqual(resize(rgb([255, 0, 0, 0]), 1, 4, 1, 2));
  });

  test('a constant image stays constant, channels do not mix', () => {
    fc.assert(
      fc.property(side, side, side, side, fc.constantFrom(...FILTERS), (h, w, outH, outW, filter) => {
        const pixels = new Uint8Array(h * w * 3).map((_, i) => [7, 128, 255][i % 3]);
        const out = resize(pixels, h, w, outH, outW, filter);
        expect(out).toEqual(new Uint8Array(outH * outW * 3).map((_, i) => [7, 128, 255][i % 3]));
      }),
    );
  });

  test('the same size changes nothing', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 60, maxLength: 60 }), fc.constantFrom(...FILTERS), (pixels, filter) => {
        expect(resize(pixels, 4, 5, 4, 5, filter)).toEqual(pixels);
      }),
    );
  });

  test('mirrored in, mirrored out', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ minLength: 1, maxLength: 20 }),
        side,
        fc.constantFrom(...FILTERS),
        (row, out, filter) => {
          // The box of a pixel is half open, so a sample exactly on an edge has a side.
          fc.pre(filter !== 'box');
          const forward = red(resize(rgb([...row]), 1, row.length, 1, out, filter));
          const backward = red(resize(rgb([...row].reverse()), 1, row.length, 1, out, filter));
          backward.reverse().forEach((value, i) => expect(Math.abs(value - forward[i])).toBeLessThanOrEqual(1));
        },
      ),
    );
  });

  test('sizes that make no sense', () => {
    expect(() => resize(rgb([1]), 1, 1, 0, 4)).toThrow(RangeError);
    expect(() => resize(rgb([1]), 1, 2, 4, 4)).toThrow('has 6 values, got 3');
  });
});

describe('areaResize', () => {
  test('whole and partial pixels', () => {
    expect([...areaResize(Uint8Array.of(0, 100, 50, 150), 1, 4, 1, 2, 1)]).toEqual([50, 100]);
    // 3 → 2: each target covers one pixel and half of the middle one.
    expect([...areaResize(Uint8Array.of(30, 60, 90), 1, 3, 1, 2, 1)]).toEqual([40, 80]);
    expect([...areaResize(Uint8Array.of(0, 4, 8, 100, 104, 108), 2, 3, 1, 1, 1)]).toEqual([54]);
  });

  test('keeps the mean where every target pixel covers as much', () => {
    fc.assert(
      fc.property(
        side,
        side,
        side,
        side,
        fc.integer({ min: 1, max: 4 }),
        fc.nat(),
        (h, w, outH, outW, channels, seed) => {
          const pixels = new Uint8Array(h * w * channels).map((_, i) => Math.imul(i + seed, 0x9e3779b1) >>> 24);
          const out = areaResize(pixels, h, w, outH, outW, channels);
          const mean = (a: Uint8Array) => a.reduce((sum, value) => sum + value, 0) / a.length;
          expect(Math.abs(mean(out) - mean(pixels))).toBeLessThanOrEqual(0.5);
        },
      ),
    );
  });

  test('the same size changes nothing', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 60, maxLength: 60 }), (pixels) => {
        expect(areaResize(pixels, 3, 5, 3, 5, 4)).toEqual(pixels);
      }),
    );
  });
});
