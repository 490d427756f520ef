import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { clearestPlace } from './place-hover.ts';

const PANEL = { left: 0, right: 500, top: 0, bottom: 300 };
const BOX = { width: 120, height: 60 };

const covers = (place: { x: number; y: number }, { x, y }: { x: number; y: number }): boolean =>
  x >= place.x && x <= place.x + BOX.width && y >= place.y && y <= place.y + BOX.height;

describe('where the box of numbers goes', () => {
  it('stays where it is beside the pointer when nothing is covered', () => {
    expect(clearestPlace({ x: 214, y: 120, ...BOX }, PANEL, 200, [])).toEqual({ x: 214, y: 120 });
  });

  it('leaves a curve that it lies on, and keeps off the pointer', () => {
    const level = Array.from({ length: 100 }, (_, i) => ({ x: 5 * i, y: 150 }));
    const place = clearestPlace({ x: 214, y: 120, ...BOX }, PANEL, 200, level);
    expect(level.filter((point) => covers(place, point))).toEqual([]);
    expect(place.x >= 200 || place.x + BOX.width <= 200).toBe(true);
  });

  it('is inside the panel, and never covers more than where Plotly put it', () => {
    const point = fc.record({ x: fc.integer({ min: 0, max: 500 }), y: fc.integer({ min: 0, max: 300 }) });
    fc.assert(
      fc.property(
        fc.array(point, { maxLength: 60 }),
        fc.integer({ min: 0, max: 500 }),
        fc.constantFrom(0, 60, 120, 180, 240),
        (points, pointer, y) => {
          const x = pointer + 14 + BOX.width <= 500 ? pointer + 14 : pointer - 14 - BOX.width;
          const place = clearestPlace({ x, y, ...BOX }, PANEL, pointer, points);
          expect(place.x).toBeGreaterThanOrEqual(PANEL.left);
          expect(place.x + BOX.width).toBeLessThanOrEqual(PANEL.right);
          expect(place.y).toBeGreaterThanOrEqual(PANEL.top);
          expect(place.y + BOX.height).toBeLessThanOrEqual(PANEL.bottom);
          const count = (at: { x: number; y: number }) => points.filter((each) => covers(at, each)).length;
          expect(count(place)).toBeLessThanOrEqual(count({ x, y }));
        },
      ),
    );
  });
});
