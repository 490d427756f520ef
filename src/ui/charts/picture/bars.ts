/** Where the bars of a panel lie: those of one place side by side. */
import type { BarPart, FigureParts } from './parts.ts';
import type { Scale } from './scales.ts';

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
  readonly value: number;
  readonly index: number;
}

/** A bar of next to nothing is still seen, in pixels. */
const LEAST = 1;

/** `bars` are the traces of one panel; `position` says which of them is asked for. */
export function barsOf(
  parts: Pick<FigureParts, 'bargap' | 'bargroupgap'>,
  bars: readonly BarPart[],
  position: number,
  names: Scale,
  values: Scale,
): Bar[] {
  const trace = bars[position];
  const across = trace.orientation === 'h';
  const slot = names.length / Math.abs(names.range[1] - names.range[0]);
  const group = slot * (1 - parts.bargap);
  const each = group / bars.length;
  const thickness = each * (1 - parts.bargroupgap);
  // A reversed axis of names turns the order within a group, too.
  const turned = names.range[1] < names.range[0] === (names.letter === 'x');
  const order = turned ? bars.length - 1 - position : position;
  const zero = values.place(0);
  const labels = trace[across ? 'y' : 'x'];
  return trace[across ? 'x' : 'y'].flatMap((value, index) => {
    const name = labels[index];
    if (typeof value !== 'number' || !Number.isFinite(value) || name === null) return [];
    const middle = names.place(name) - group / 2 + (order + 0.5) * each;
    const end = values.place(value);
    const along = { from: Math.min(zero, end), length: Math.max(LEAST, Math.abs(end - zero)) };
    const box = across
      ? { x: along.from, y: middle - thickness / 2, width: along.length, height: thickness }
      : { x: middle - thickness / 2, y: along.from, width: thickness, height: along.length };
    return [{ box, middle, value, index }];
  });
}
