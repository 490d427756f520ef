import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BitDecoder, BitEncoder } from './arithmetic-coder.ts';
import { codeCurves, type Related } from './integer-curves.ts';

interface Range {
  readonly lowest: number;
  readonly highest: number;
}

function encode(curves: readonly (readonly number[])[], range: Range, related: Related = {}): Uint8Array {
  const encoder = new BitEncoder();
  const codeBit = (zero: number, bit: 0 | 1) => {
    encoder.encode(bit, zero);
    return bit;
  };
  codeCurves(
    codeBit,
    curves.map(({ length }) => length),
    range,
    related,
    curves,
  );
  return encoder.finish();
}

function decode(bytes: Uint8Array, lengths: readonly number[], range: Range, related: Related = {}): number[][] {
  const decoder = new BitDecoder(bytes);
  return codeCurves((zero) => decoder.decode(zero), lengths, range, related, null);
}

describe('curves of whole numbers', () => {
  const shape = fc.tuple(fc.integer({ min: -1e6, max: 1e6 }), fc.integer({ min: 0, max: 65535 }));
  const curves = shape.chain(([lowest, span]) =>
    fc.record({
      range: fc.constant({ lowest, highest: lowest + span }),
      curves: fc.array(fc.array(fc.integer({ min: lowest, max: lowest + span }), { maxLength: 12 }), { maxLength: 6 }),
    }),
  );

  it('come back, with related ones or without', () => {
    fc.assert(
      fc.property(curves, fc.boolean(), ({ range, curves: original }, follow) => {
        const side = original.map((curve) => curve.map((value) => value / 7));
        const twins = original.map((_, c) => new Map(c > 0 ? [[0, [c - 1, 0] as const]] : []));
        const related = follow ? { side, twins } : {};
        const lengths = original.map(({ length }) => length);
        expect(decode(encode(original, range, related), lengths, range, related)).toEqual(original);
      }),
    );
  });

  it('of any bytes lie in their range', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), fc.integer({ min: 0, max: 65535 }), (bytes, span) => {
        const range = { lowest: -5, highest: span - 5 };
        const side = [
          [Infinity, NaN, -Infinity, 1e300],
          [0, 0, 0, 0],
        ];
        for (const value of decode(bytes, [4, 4, 40], range, { side }).flat()) {
          expect(value).toBeGreaterThanOrEqual(range.lowest);
          expect(value).toBeLessThanOrEqual(range.highest);
        }
      }),
    );
  });

  it('that repeat, or follow another quantity, take little', () => {
    const wave = (c: number) => Array.from({ length: 30 }, (_, i) => Math.round(100 + 60 * Math.sin((i + 7 * c) / 3)));
    const curves = Array.from({ length: 8 }, (_, c) => wave(c % 3));
    const range = { lowest: 0, highest: 200 };
    const alone = encode(curves, range).length;
    expect(alone).toBeLessThan(240 * 0.6);
    const side = curves.map((curve) => curve.map((value) => 3 - value / 50));
    expect(encode(curves, range, { side }).length).toBeLessThan(alone);
  });
});
