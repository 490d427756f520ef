import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { regionAbove } from './contours.ts';

type Outline = ReturnType<typeof regionAbove>[number];

/** By the even-odd rule. */
function isWithin(outlines: readonly Outline[], x: number, y: number): boolean {
  let crossings = 0;
  for (const outline of outlines)
    outline.forEach(([x0, y0], i) => {
      const [x1, y1] = outline[(i + 1) % outline.length];
      if (y0 > y !== y1 > y && x < x0 + ((y - y0) / (y1 - y0)) * (x1 - x0)) crossings++;
    });
  return crossings % 2 === 1;
}

const grid = (n: number): number[] => Array.from({ length: n }, (_, i) => i);
/** Just off a point, towards the middle of the grid: points of its edge lie on outlines. */
const inwards = (at: number, n: number): number => at + 1e-4 * Math.sign((n - 1) / 2 - at + 1e-3);

describe('outlines of what reaches a level', () => {
  it('hold the points that reach it and no others', () => {
    const value = fc.option(fc.integer({ min: -9, max: 9 }), { freq: 8 });
    const rows = fc
      .integer({ min: 2, max: 6 })
      .chain((columns) =>
        fc.array(fc.array(value, { minLength: columns, maxLength: columns }), { minLength: 2, maxLength: 6 }),
      );
    fc.assert(
      fc.property(rows, (values) => {
        const [x, y] = [grid(values[0].length), grid(values.length)];
        const outlines = regionAbove({ x, y, values }, 0.5);
        values.forEach((row, r) =>
          row.forEach((known, c) => {
            // Alone among unknown points it has no area.
            const neighbours = [-1, 0, 1].flatMap((dr) => [-1, 0, 1].map((dc) => values[r + dr]?.[c + dc]));
            if (neighbours.some((each) => each === null)) return;
            expect(isWithin(outlines, inwards(c, x.length), inwards(r, y.length))).toBe(known !== null && known >= 0.5);
          }),
        );
      }),
    );
  });

  it('run where the level is between two points, and close at the edge of the grid', () => {
    const values = [
      [0, 4],
      [0, 4],
    ];
    expect(regionAbove({ x: [0, 1], y: [0, 2], values }, 3)).toEqual([
      expect.arrayContaining([
        [0.75, 0],
        [1, 0],
        [1, 2],
        [0.75, 2],
      ]),
    ]);
  });

  it('join the corners of a saddle that its middle reaches, and part those that it does not', () => {
    const saddle = (high: number) => [
      [high, 0],
      [0, high],
    ];
    const count = (high: number): number => regionAbove({ x: [0, 1], y: [0, 1], values: saddle(high) }, 1).length;
    expect([count(3), count(1.5)]).toEqual([1, 2]);
  });

  it('leave out what is not known', () => {
    const values = [
      [1, 1, null],
      [1, 1, null],
    ];
    const [outline, ...others] = regionAbove({ x: [0, 1, 2], y: [0, 1], values }, -Infinity);
    expect(others).toEqual([]);
    expect(Math.max(...outline.map(([x]) => x))).toBe(1);
  });
});
