import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { axpy, dot, lerp, norm, weightedSum } from './flat.ts';

const vector = (length: number) =>
  fc.float32Array({ minLength: length, maxLength: length, noNaN: true, noDefaultInfinity: true, min: -1e6, max: 1e6 });
const pair = fc.integer({ min: 0, max: 20 }).chain((n) => fc.tuple(vector(n), vector(n)));

describe('flat vectors', () => {
  it('axpy adds a multiple in place', () => {
    const y = Float32Array.of(1, 2);
    axpy(y, 2, Float32Array.of(10, -1));
    expect([...y]).toEqual([21, 0]);
  });

  it('lerp gives its ends bit for bit and leaves them alone', () => {
    fc.assert(
      fc.property(pair, ([a, b]) => {
        expect(lerp(a, b, 0)).toEqual(a);
        expect(lerp(a, b, 1)).toEqual(b);
        expect(lerp(a, b, 0)).not.toBe(a);
      }),
    );
  });

  it('lerp at 1/4 lies a quarter of the way', () => {
    expect([...lerp(Float32Array.of(0, 4), Float32Array.of(8, 8), 0.25)]).toEqual([2, 5]);
  });

  it('lerp mirrors: a → b at t equals b → a at 1 − t', () => {
    fc.assert(
      fc.property(pair, fc.constantFrom(0, 0.25, 0.5, 0.75, 1), ([a, b], t) => {
        expect([...lerp(a, b, t)].map((x) => x + 0)).toEqual([...lerp(b, a, 1 - t)].map((x) => x + 0));
      }),
    );
  });

  it('dot and norm', () => {
    expect(dot(Float32Array.of(1, 2, 3), Float64Array.of(4, 5, 6))).toBe(32);
    expect(norm(Float32Array.of(3, 4))).toBe(5);
  });

  it('weightedSum sums', () => {
    expect([...weightedSum([Float32Array.of(1, 0), Float32Array.of(0, 2)], [3, 0.5])]).toEqual([3, 1]);
  });

  it('refuses vectors of different lengths', () => {
    const a = new Float32Array(2);
    const b = new Float32Array(3);
    expect(() => axpy(a, 1, b)).toThrow(/2 and 3/);
    expect(() => lerp(a, b, 0.5)).toThrow(RangeError);
    expect(() => dot(a, b)).toThrow(RangeError);
    expect(() => weightedSum([a], [1, 2])).toThrow(RangeError);
    expect(() => weightedSum([], [])).toThrow(RangeError);
  });
});
