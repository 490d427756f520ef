/** Positions of the bars of a panel: grouped or stacked per name. */
import type { BarsMark } from '../figure.ts';
import type { Scale } from '../scales/scales.ts';

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface Bar {
  readonly box: Box;
  /** Pixels along the axis of names. */
  readonly middle: number;
  /** Pixels along the axis of values. */
  readonly end: number;
  /** Index of its name. */
  readonly index: number;
}

/** Minimum length in pixels, so that a tiny bar stays visible. */
const LEAST = 1;

/** Pixels of a bar of a panel across its values. */
function sizesOf({ series, stacked = false, gap, barGap = 0 }: BarsMark, names: Scale) {
  const group = (names.length / Math.abs(names.range[1] - names.range[0])) * (1 - gap);
  const each = stacked ? group : group / series.length;
  return { group, each, thickness: each * (1 - barGap) };
}

/** Pixels by which a lying bar is thicker than the letters in it are tall. */
const ROUND_TEXT = 2;

/** Whether a number can be read in each bar: in one that is thinner than its line, it would straddle the next. */
export const holdsTexts = (mark: BarsMark, names: Scale, size: number): boolean =>
  mark.lying !== true || sizesOf(mark, names).thickness >= size + ROUND_TEXT;

/** [series][bars] */
export function barsOf(mark: BarsMark, names: Scale, values: Scale): Bar[][] {
  const { series, stacked = false, lying = false } = mark;
  const { group, each, thickness } = sizesOf(mark, names);
  // On a y axis that starts at the bottom, the first bar of a name is at the bottom too.
  const isTurned = names.letter === 'y' && names.range[0] < names.range[1];
  const below: number[] = [];
  return series.map((own, position) => {
    const order = stacked ? 0 : isTurned ? series.length - 1 - position : position;
    return own.values.flatMap((value, index): Bar[] => {
      if (value === null || !Number.isFinite(value)) return [];
      const from = stacked ? (below[index] ?? 0) : 0;
      if (stacked) below[index] = from + value;
      const middle = names.place(index) - group / 2 + (order + 0.5) * each;
      const [start, end] = [values.place(from), values.place(from + value)];
      const along = { from: Math.min(start, end), length: Math.max(stacked ? 0 : LEAST, Math.abs(end - start)) };
      const box = lying
        ? { x: along.from, y: middle - thickness / 2, width: along.length, height: thickness }
        : { x: middle - thickness / 2, y: along.from, width: thickness, height: along.length };
      return [{ box, middle, end, index }];
    });
  });
}
