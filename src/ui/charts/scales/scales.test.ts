import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Figure, NumberAxis } from '../figure.ts';
import { accuracyRange, PERCENT } from '../ranges.ts';
import { DIGIT, TICK_SIZE, Y_AXIS } from '../looks.ts';
import { longestLine, scalesOf, withRoomForTexts } from './scales.ts';

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

describe('the title of a vertical axis', () => {
  /** A figure with a margin of 46 on the left. */
  const figureOf = (axis: Partial<NumberAxis>): Figure => ({
    margin: { left: 46, right: 8, top: 8, bottom: 42 },
    pointer: 'x',
    panels: [{ x: { kind: 'linear', range: [0, 1] }, y: { kind: 'linear', ...axis }, marks: [] }],
  });

  it('lies within the figure, however long the labels beside it are', () => {
    const ends = fc.double({ min: -2000, max: 2000, noNaN: true });
    fc.assert(
      fc.property(ends, fc.double({ min: 1e-4, max: 500, noNaN: true }), (from, length) => {
        const [{ x, y }] = scalesOf(figureOf({ title: 'points', range: [from, from + length] }), SIZE, SIZE);
        const base = x.start - Y_AXIS.labels - longestLine(y.ticks) * DIGIT * TICK_SIZE - Y_AXIS.title;
        expect(base - Y_AXIS.rise).toBeGreaterThanOrEqual(0);
      }),
    );
  });

  it('takes no more room than the figure gives where that suffices, or where there is none', () => {
    expect(withRoomForTexts(figureOf({ title: 'accuracy, %', range: [0, 100] }), SIZE, SIZE).margin.left).toBe(46);
    expect(withRoomForTexts(figureOf({ range: [-0.002, 0] }), SIZE, SIZE).margin.left).toBe(46);
    expect(withRoomForTexts(figureOf({ title: 'points', range: [-0.002, 0] }), SIZE, SIZE).margin.left).toBeGreaterThan(
      46,
    );
  });
});

describe('the labels of a horizontal axis', () => {
  it('lie within the figure, however long the last one is, so that Plotly draws all of them', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 2_000_000 }), fc.integer({ min: 0, max: 40 }), (most, right) => {
        const figure: Figure = {
          margin: { left: 46, right, top: 8, bottom: 42 },
          pointer: 'x',
          panels: [{ x: { kind: 'linear', range: [0, most] }, y: { kind: 'linear', range: [0, 1] }, marks: [] }],
        };
        for (const tick of scalesOf(figure, SIZE, SIZE)[0].x.ticks)
          expect(tick.at + (longestLine([tick]) * DIGIT * TICK_SIZE) / 2).toBeLessThanOrEqual(SIZE);
      }),
    );
  });
});
