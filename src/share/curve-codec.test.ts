import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ByteReader, ByteWriter } from './binary.ts';
import { readCurves, readSteps, writeAccuracies, writeCurves, writeSteps } from './curve-codec.ts';

const written = (write: (writer: ByteWriter) => void): ByteReader => {
  const writer = new ByteWriter();
  write(writer);
  return new ByteReader(writer.finish());
};
const lengths = (curves: readonly (readonly number[])[]) => curves.map((curve) => curve.length);
const widthOf = (values: readonly number[]) => Math.max(...values) - Math.min(...values);

describe('curves', () => {
  const number = fc.double({ min: -1e6, max: 1e6, noNaN: true });

  it('err by at most 1/510 of three times their own range', () => {
    fc.assert(
      fc.property(fc.array(fc.array(number, { maxLength: 20 }), { maxLength: 5 }), (curves) => {
        const reader = written((writer) => writeCurves(writer, curves));
        const read = readCurves(reader, lengths(curves), 'a curve');
        expect(reader.remaining).toBe(0);
        curves.forEach((curve, i) =>
          curve.forEach((value, j) => {
            // Float32 bounds cost a little more.
            expect(Math.abs(read[i][j] - value)).toBeLessThanOrEqual((3 * widthOf(curve)) / 510 + 0.2);
          }),
        );
      }),
    );
  });

  it('keep a flat curve beside a diverged one', () => {
    const curves = [
      [0.5, 0.6, 0.7],
      [1, Infinity, 1e30],
    ];
    const read = readCurves(
      written((writer) => writeCurves(writer, curves)),
      [3, 3],
      'a curve',
    );
    expect(Math.abs(read[0][1] - 0.6)).toBeLessThan(0.2 / 510 + 1e-6);
    expect(read[1].every(Number.isFinite)).toBe(true);
    expect(read[1][1]).toBeGreaterThan(1e38);
  });

  it('refuse scales that are upside down or not finite, and unknown kinds', () => {
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
  it('survive exactly while their counts span at most 255 images', () => {
    const accuracies = fc
      .integer({ min: 2, max: 20000 })
      .chain((n) =>
        fc.tuple(
          fc.constant(n),
          fc.integer({ min: 0, max: n }),
          fc.array(fc.nat(255), { minLength: 1, maxLength: 20 }),
        ),
      );
    fc.assert(
      fc.property(accuracies, ([n, lowest, offsets]) => {
        const curve = offsets.map((offset) => Math.min(n, lowest + offset) / n);
        const reader = written((writer) => expect(writeAccuracies(writer, [curve], [n])).toBe(true));
        const [read] = readCurves(reader, [curve.length], 'accuracies');
        read.forEach((value, i) => expect(value).toBeCloseTo(curve[i], 12));
      }),
    );
  });

  it('survive exactly on request, whatever they span', () => {
    const curve = [0, 1234 / 5000, 1];
    const write = (exact: boolean) => {
      let kept = false;
      const reader = written((writer) => (kept = writeAccuracies(writer, [curve], [5000], exact)));
      return { kept, read: readCurves(reader, [3], 'accuracies')[0] };
    };
    expect(write(true)).toEqual({ kept: true, read: curve });
    const rounded = write(false);
    expect(rounded.kept).toBe(false);
    rounded.read.forEach((value, i) => expect(Math.abs(value - curve[i])).toBeLessThanOrEqual(10 / 5000));
  });

  it('that are no counts are stored like any curve', () => {
    const curve = [0.1234567, 0.7654321];
    const [read] = readCurves(
      written((writer) => expect(writeAccuracies(writer, [curve], [400])).toBe(false)),
      [2],
      'accuracies',
    );
    read.forEach((value, i) => expect(value).toBeCloseTo(curve[i], 6));
  });
});

it('steps come back exactly and even ones take a few bytes', () => {
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
