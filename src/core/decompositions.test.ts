import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inverse, qr, svd } from './decompositions.ts';
import {
  add,
  columnsOf,
  identity,
  inner,
  matrix,
  multiply,
  scaleColumns,
  sideBySide,
  transpose,
  type Matrix,
} from './matrix.ts';

const sized = fc
  .tuple(fc.integer({ min: 1, max: 7 }), fc.integer({ min: 1, max: 7 }))
  .chain(([rows, columns]) =>
    fc
      .array(fc.double({ min: -10, max: 10, noNaN: true }), { minLength: rows * columns, maxLength: rows * columns })
      .map((data) => matrix(rows, columns, data)),
  );

const distance = (a: Matrix, b: Matrix) => {
  const difference = add(a, b, -1);
  return Math.sqrt(inner(difference, difference));
};

describe('decompositions', () => {
  it('SVD: orthonormal columns, falling values, the matrix again', () => {
    fc.assert(
      fc.property(sized, (m) => {
        const { u, s, v } = svd(m);
        expect([u.rows, u.columns, v.rows, v.columns]).toEqual([m.rows, s.length, m.columns, s.length]);
        expect([...s]).toEqual([...s].sort((a, b) => b - a));
        expect(distance(multiply(scaleColumns(u, s), transpose(v)), m)).toBeLessThan(1e-9);
        for (const basis of [u, v])
          expect(distance(multiply(transpose(basis), basis), identity(s.length))).toBeLessThan(1e-9);
      }),
    );
  });

  it.each([
    [1, 2, [5e-324, -5e-324]],
    [3, 2, [0, -1.8e-8, 6.4e-323, 0, 5e-323, 0]],
    [2, 2, [1e200, 0, 1e-200, 1e180]],
  ])('%i × %i of extreme entries', (rows, columns, data) => {
    const m = matrix(rows, columns, data);
    const largest = Math.max(...data.map(Math.abs));
    const { u, s, v } = svd(m);
    const { q, r } = qr(m);
    for (const basis of [u, v, q])
      expect(distance(multiply(transpose(basis), basis), identity(basis.columns))).toBeLessThan(1e-9);
    for (const again of [multiply(scaleColumns(u, s), transpose(v)), multiply(q, r)])
      again.data.forEach((value, i) => expect(Math.abs(value - data[i]) / largest).toBeLessThan(1e-9));
  });

  it('QR: the matrix again', () => {
    fc.assert(
      fc.property(sized, (m) => {
        const { q, r } = qr(m);
        expect(q.columns).toBe(Math.min(m.rows, m.columns));
        expect(distance(multiply(q, r), m)).toBeLessThan(1e-9);
      }),
    );
  });

  it('inverse, or none for a singular matrix', () => {
    const m = matrix(2, 2, [1, 2, 3, 4]);
    const found = inverse(m);
    expect(found && distance(multiply(m, found), identity(2))).toBeLessThan(1e-12);
    expect(inverse(matrix(2, 2, [1, 2, 2, 4]))).toBeNull();
    expect(inverse(matrix(1, 1, [0]))).toBeNull();
  });

  it('inverse of a matrix that is small, but not singular', () => {
    const found = inverse(matrix(2, 2, [1e-12, 0, 0, 2e-12]));
    expect([...found!.data].map((value) => value * 1e-12)).toEqual(
      [1, 0, 0, 0.5].map((value) => expect.closeTo(value, 9) as number),
    );
  });

  it('refuse what would not end', () => {
    expect(() => svd(matrix(1, 2, [1, NaN]))).toThrow(/diverged/);
    expect(() => qr(matrix(2, 1, [1, Infinity]))).toThrow(/diverged/);
  });
});

describe('matrices', () => {
  it('are put side by side and cut apart', () => {
    const [a, b] = [matrix(2, 1, [1, 2]), matrix(2, 2, [3, 4, 5, 6])];
    const both = sideBySide([a, b]);
    expect([...both.data]).toEqual([1, 3, 4, 2, 5, 6]);
    expect(columnsOf(both, 1, 3)).toEqual(b);
  });

  it('of other sizes are refused', () => {
    const [a, b] = [matrix(2, 1, [1, 2]), matrix(3, 2, [1, 2, 3, 4, 5, 6])];
    for (const wrong of [
      () => matrix(2, 2, [1]),
      () => multiply(a, b),
      () => add(a, b),
      () => inner(a, b),
      () => scaleColumns(a, [1, 2]),
      () => sideBySide([a, b]),
      () => columnsOf(b, 0, 3),
      () => columnsOf(b, -1, 1),
      () => columnsOf(b, 2, 1),
    ])
      expect(wrong).toThrow(RangeError);
  });
});
