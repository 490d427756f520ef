import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Figure, NumberAxis } from '../figure.ts';
import { accuracyRange, PERCENT } from '../ranges.ts';
import { scalesOf } from './scales.ts';

const SIZE = 300;
const MARKER = 5;

/** The y scale of a figure whose marks lie at `values`. */
function scaleOf(values: readonly number[], axis: Partial<NumberAxis>) {
  const figure: Figure = {
    margin: { left: 0, right: 0, top: 0, bottom: 0 },
    pointer: 'nearest',
    panels: [
      {
        x: { kind: 'linear' },
        y: { kind: 'linear', ...axis },
        marks: [
          {
            kind: 'points',
            name: 'points',
            points: values.map((y, x) => ({ x, y, shape: 'circle', size: 2 * MARKER, colour: '--ink' })),
            reading: String,
          },
        ],
      },
    ],
  };
  return scalesOf(figure, SIZE, SIZE)[0].y;
}

const accuracies = fc.array(
  fc.integer({ min: 0, max: 1000 }).map((tenths) => tenths / 10),
  { minLength: 1, maxLength: 6 },
);

describe('an axis of accuracies', () => {
  it('has no tick beyond 0 and 100, and room for the markers of all values, whether its range is given or open', () => {
    fc.assert(
      fc.property(accuracies, fc.option(fc.constantFrom(0, 100, 35)), fc.boolean(), (values, frozen, isOpen) => {
        const range = isOpen ? {} : { range: accuracyRange(values, frozen) };
        const scale = scaleOf(values, { ...range, limits: PERCENT });
        for (const { value } of scale.ticks) {
          expect(value).toBeGreaterThanOrEqual(0);
          expect(value).toBeLessThanOrEqual(100);
        }
        for (const value of values) {
          expect(scale.place(value)).toBeGreaterThanOrEqual(MARKER);
          expect(scale.place(value)).toBeLessThanOrEqual(SIZE - MARKER);
        }
      }),
    );
  });

  it('ends close to 100 where everything is right', () => {
    const { range } = scaleOf([90, 100], { range: accuracyRange([90, 100], null), limits: PERCENT });
    expect(range[1]).toBeGreaterThan(100);
    expect(range[1]).toBeLessThan(100.5);
    expect(range[0]).toBeLessThan(90);
  });
});

describe('an axis of other quantities', () => {
  it('goes as far as its range', () => {
    expect(scaleOf([90, 100], { range: [80, 120] }).range).toEqual([80, 120]);
    expect(scaleOf([90, 100], { range: [80, 120] }).ticks.at(-1)?.value).toBe(120);
  });
});
