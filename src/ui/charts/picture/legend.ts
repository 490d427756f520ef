/** Legend entries of a figure: every named mark, once. */
import type { BarSeries, Figure, LineMark, Mark, PointsMark } from '../figure.ts';

/** A name and the mark it belongs to. */
export interface LegendEntry {
  readonly name: string;
  readonly of: LineMark | PointsMark | BarSeries;
}

function named(mark: Mark): LegendEntry[] {
  if (mark.kind === 'bars') return mark.series.map((of) => ({ name: of.name, of }));
  if (mark.kind !== 'line' && mark.kind !== 'points') return [];
  return mark.name === undefined ? [] : [{ name: mark.name, of: mark }];
}

export function legendOf({ panels }: Figure): LegendEntry[] {
  const entries = panels.flatMap(({ marks }) => marks.flatMap(named));
  return entries.filter(({ name }, i) => entries.findIndex((other) => other.name === name) === i);
}

/** Pixels: a glyph with its gap, the gap between entries, and the width of a character. */
const GLYPH = 32;
const GAP = 16;
const CHARACTER = 6.8;

export interface PlacedEntry extends LegendEntry {
  readonly x: number;
  readonly line: number;
}

/** Lays out entries in lines of the given width. */
export function placeLegend(entries: readonly LegendEntry[], width: number): PlacedEntry[] {
  let x = 0;
  let line = 0;
  return entries.map((entry) => {
    const own = GLYPH + CHARACTER * entry.name.length;
    if (x > 0 && x + own > width) {
      x = 0;
      line++;
    }
    const placed = { ...entry, x, line };
    x += own + GAP;
    return placed;
  });
}
