/** What a mark is drawn with. */
import type { Mark } from '../figure.ts';
import type { Scale } from '../scales/scales.ts';
import type { ChartTheme } from '../theme.ts';

/** Where a mark is drawn, and in which colours. */
export interface Place {
  readonly x: Scale;
  readonly y: Scale;
  readonly theme: ChartTheme;
}

export interface DrawnMark<M extends Mark> extends Place {
  readonly mark: M;
}

/** Pixels as text: a tenth is finer than any screen shows. */
export const px = (value: number): string => String(Math.round(value * 10) / 10);
