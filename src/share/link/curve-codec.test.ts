import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ByteReader, ByteWriter } from './binary.ts';
import { CodedReader, CodedWriter } from './coded-io.ts';
import { readCurves, readSteps, writeAccuracies, writeCurves, writeSteps } from './curve-codec.ts';
import { FINE, type Fidelity } from './fidelity.ts';

type Curves = number[][];

/** What a reader gets of what was written, and what the writer says that it gets. */
function roundTrip(
  curves: readonly (readonly number[])[],
  write: (writer: CodedWriter) => Curves,
  fidelity: Fidelity = FINE,
): { readonly read: Curves; readonly promised: Curves; readonly bytes: number } {
  const writer = new CodedWriter(fidelity);
  const promised = write(writer);
  const bytes = writer.finish();
  const lengths = curves.map(({ length }) => length);
  return { read: readCurves(new CodedReader(bytes), lengths, 'a curve'), promised, bytes: bytes.length };
}

const widthOf = (values: readonly number[]) => (values.length > 0 ? Math.max(...values) - Math.min(...values) : 0);

describe('curves', () => {
  const number = fc.double({ min: -1e6, max: 1e6, noNaN: true });
  const group = fc.array(fc.array(number, { maxLength: 20 }), { maxLength: 5 });

  it('err by at most half a level of their common range, and read as the writer says', () => {
    fc.assert(
      fc.property(group, fc.integer({ min: 8, max: 4000 }), (curves, levels) => {
        const fidelity = { ...FINE, curve: { levels, images: 1 } };
        const { read, promised } = roundTrip(curves, (writer) => writeCurves(writer, curves, 'curve'), fidelity);
        expect(read).toEqual(promised);
        const tolerance = widthOf(curves.flat()) / (2 * levels) + 1e-6;
        curves.forEach((curve, i) =>
          curve.forEach((value, j) => expect(Math.abs(read[i][j] - value)).toBeLessThanOrEqual(tolerance)),
        );
      }),
    );
  });

  it('that were rounded once stay as they are', () => {
    const curve = fc.array(fc.integer({ min: -1e6, max: 1e6 }), { maxLength: 40 });
    fc.assert(
      fc.property(curve, fc.integer({ min: 1, max: 1e5 }), (multiples, parts) => {
        const curves = [multiples.map((multiple) => multiple / parts)];
        const once = roundTrip(curves, (writer) => writeCurves(writer, curves, 'curve')).read;
        expect(roundTrip(once, (writer) => writeCurves(writer, once, 'curve')).read).toEqual(once);
      }),
    );
  });

  it('keep a flat curve beside a diverged one', () => {
    const curves = [
      [0.5, 0.6, 0.7],
      [1, Infinity, 1e30],
      [0.4, 0.5, 0.6],
    ];
    const { read } = roundTrip(curves, (writer) => writeCurves(writer, curves, 'curve'));
    expect(read[0][1]).toBeCloseTo(0.6, 3);
    expect(read[1].every(Number.isFinite)).toBe(true);
    expect(read[1][1]).toBeGreaterThan(1e38);
  });

  it('keep the losses before a run diverged, alone and beside others', () => {
    const diverged = [2.31, 1.85, 1.62, 1.7, 9.4, 3.1e7];
    const groups = [
      [diverged],
      [diverged, [2.2, 1.9, 1.6]],
      [diverged, diverged],
      [[1.9, 1.8, 4.4e5]],
      [[1, 1, 1, 1e6]],
    ];
    for (const curves of groups) {
      const { read, promised } = roundTrip(curves, (writer) => writeCurves(writer, curves, 'curve'));
      expect(read).toEqual(promised);
      curves.forEach((curve, i) => curve.forEach((value, j) => expect(read[i][j] / value).toBeCloseTo(1, 2)));
    }
  });

  const large = (from: number, count: number) =>
    Array.from({ length: count }, (_, i) => from * (1 + ((i * 7) % 5) / 9));

  it('keep the other losses where many are large, or curves have one number each, or most curves diverged', () => {
    const many = [...large(1.2, 40), ...large(3e6, 24)];
    const groups = [
      [many],
      [many, large(1.3, 64)],
      [[1.2], [1.3], [4.4e5], [1.25]],
      [[1.2], [Infinity]],
      [large(1.2, 6), large(1e5, 6), large(2e5, 6), large(3e5, 6)],
    ];
    for (const curves of groups)
      for (const detail of ['curve', 'figure'] as const) {
        const { read, promised } = roundTrip(curves, (writer) => writeCurves(writer, curves, detail));
        expect(read).toEqual(promised);
        curves.forEach((curve, i) =>
          curve.forEach((value, j) => {
            if (value < 3) expect(read[i][j] / value).toBeCloseTo(1, 3);
          }),
        );
      }
  });

  it('keep the digits of usual numbers, or are rounded as their range says', () => {
    const scale = fc.integer({ min: -3, max: 12 }).map((power) => 10 ** power);
    const numbers = fc.array(fc.double({ min: 1, max: 3, noNaN: true }), { minLength: 5, maxLength: 40 });
    fc.assert(
      fc.property(numbers, scale, fc.double({ min: 0, max: 0.45, noNaN: true }), (usual, factor, share) => {
        const far = Math.floor(share * usual.length);
        const curves = [usual.map((value, i) => (i < usual.length - far ? value : value * factor))];
        const { read } = roundTrip(curves, (writer) => writeCurves(writer, curves, 'curve'));
        // Half a step of a 400th of the range, where usual numbers are at least two steps.
        curves[0].forEach((value, j) => {
          const most = Math.min(widthOf(curves[0]) / 800, 0.25 * 3);
          expect(Math.abs(read[0][j] - value)).toBeLessThanOrEqual(Math.max(most, 1e-6 * value));
        });
      }),
    );
  });

  it('of a few numbers, or with one that is somewhat larger, stay short', () => {
    const bytes = (curves: Curves) => roundTrip(curves, (writer) => writeCurves(writer, curves, 'curve')).bytes;
    const pairs = Array.from({ length: 12 }, (_, i) => [0.1 + i / 1000, 2.1 + i / 1000]);
    expect(bytes(pairs)).toBeLessThan(30);
    const slow = Array.from({ length: 12 }, (_, i) => [...large(0.04, 8), i === 3 ? 6 : 0.05]);
    expect(bytes(slow)).toBeLessThan(100);
    expect(bytes([[4.9e-14, 4.7e-14, 5.7e-14, 3.8e-14, 4.6e-14, 4.4e-14]])).toBeLessThan(8);
  });

  it('that are almost all 0 stay short', () => {
    const curves = [[...Array<number>(99).fill(0), 5]];
    expect(roundTrip(curves, (writer) => writeCurves(writer, curves, 'curve')).bytes).toBeLessThan(16);
  });

  it('keep numbers that no grid holds', () => {
    const curves = [
      [1e300, -1e300],
      [5e-324, 1e20, 1e20 + 2 ** 20],
    ];
    const { read, promised } = roundTrip(curves, (writer) => writeCurves(writer, curves, 'curve'));
    expect(read).toEqual(promised);
    expect(read.flat().every(Number.isFinite)).toBe(true);
  });

  it('of other kinds than these are refused', () => {
    const writer = new CodedWriter(FINE);
    for (let i = 0; i < 8; i++) writer.u8(9);
    expect(() => readCurves(new CodedReader(writer.finish()), [1], 'a curve')).toThrow(/unknown way/);
  });

  it('of a flat line take a few bytes, and noise not much more than its entropy', () => {
    const flat = [Array<number>(200).fill(0.25)];
    expect(roundTrip(flat, (writer) => writeCurves(writer, flat, 'curve')).bytes).toBeLessThan(8);
    let state = 7;
    const bit = () => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) / 2 ** 32;
    // Eight levels, none likelier than another: three bits each.
    const noise = Array.from({ length: 20 }, () => Array.from({ length: 40 }, () => Math.floor(8 * bit()) / 8));
    const { bytes, read } = roundTrip(noise, (writer) => writeAccuracies(writer, noise, [8], 'curve'));
    expect(read).toEqual(noise);
    expect(bytes).toBeLessThan(1.1 * 300);
  });
});

describe('curves of format 1', () => {
  const written = (write: (writer: ByteWriter) => void): ByteReader => {
    const writer = new ByteWriter();
    write(writer);
    return new ByteReader(writer.finish());
  };

  it('with scales that are upside down or not finite, and unknown kinds, are refused', () => {
    const forged = (lo: number, hi: number) =>
      written((writer) => {
        writer.u8(0);
        writer.f32(lo);
        writer.f32(hi);
        writer.u8(0);
      });
    expect(() => readCurves(forged(1, 0), [1], 'a curve')).toThrow(/upside down/);
    expect(() => readCurves(forged(0, Infinity), [1], 'a curve')).toThrow(/finite/);
    expect(() =>
      readCurves(
        written((writer) => writer.u32(9)),
        [1],
        'a curve',
      ),
    ).toThrow(/unknown way/);
  });
});

describe('accuracies', () => {
  const accuracies = fc
    .integer({ min: 2, max: 20000 })
    .chain((n) => fc.tuple(fc.constant(n), fc.array(fc.array(fc.nat(n), { maxLength: 20 }), { maxLength: 4 })));

  it('survive exactly, however many images they count', () => {
    fc.assert(
      fc.property(accuracies, ([n, counts]) => {
        const curves = counts.map((curve) => curve.map((count) => count / n));
        const { read } = roundTrip(curves, (writer) => writeAccuracies(writer, curves, [n], 'figure'));
        read.flat().forEach((value, i) => expect(value).toBeCloseTo(curves.flat()[i], 12));
      }),
    );
  });

  it('may be rounded to a few images, and never leave 0 … 1', () => {
    fc.assert(
      fc.property(accuracies, fc.integer({ min: 1, max: 8 }), ([n, counts], images) => {
        const curves = counts.map((curve) => curve.map((count) => count / n));
        const fidelity = { ...FINE, path: { levels: 100, images } };
        const { read } = roundTrip(curves, (writer) => writeAccuracies(writer, curves, [n], 'path', {}), fidelity);
        read.flat().forEach((value, i) => {
          expect(Math.abs(value - curves.flat()[i])).toBeLessThanOrEqual(images / 2 / n + 1e-9);
          expect(value).toBeLessThanOrEqual(1);
        });
      }),
    );
  });

  it('that are no counts are stored like any curve', () => {
    const curves = [[0.1234567, 0.7654321]];
    const { read } = roundTrip(curves, (writer) => writeAccuracies(writer, curves, [400], 'figure'));
    read[0].forEach((value, i) => expect(value).toBeCloseTo(curves[0][i], 3));
  });
});

it('steps come back exactly and even ones take a few bytes', () => {
  const written = (write: (writer: ByteWriter) => void): ByteReader => {
    const writer = new ByteWriter();
    write(writer);
    return new ByteReader(writer.finish());
  };
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 1e6 }), { maxLength: 50 }), (steps) => {
      expect(
        readSteps(
          written((writer) => writeSteps(writer, steps)),
          50,
          'steps',
        ),
      ).toEqual(steps);
    }),
  );
  const even = Array.from({ length: 100 }, (_, i) => 20 * (i + 1));
  expect(written((writer) => writeSteps(writer, even)).remaining).toBeLessThan(5);
  expect(() =>
    readSteps(
      written((writer) => writeSteps(writer, even)),
      99,
      'the steps',
    ),
  ).toThrow(/at most 99/);
});
