/** Legend entries of a figure: every named mark and reference line, once. */
import type { BarSeries, Figure, LevelMark, LineMark, Mark, PointsMark } from '../figure.ts';

/** A name and the mark it belongs to. */
export interface LegendEntry {
  readonly name: string;
  readonly of: LineMark | PointsMark | BarSeries | LevelMark;
}

function named(mark: Mark): LegendEntry[] {
  if (mark.kind === 'bars') return mark.series.map((of) => ({ name: of.name, of }));
  if (mark.kind !== 'line' && mark.kind !== 'points') return [];
  return mark.name === undefined ? [] : [{ name: mark.name, of: mark }];
}

/** Lines that belong to no arm. */
function references(mark: Mark): LegendEntry[] {
  const name = mark.kind === 'level' ? mark.name : mark.kind === 'line' ? mark.reference : undefined;
  return name !== undefined && (mark.kind === 'level' || mark.kind === 'line') ? [{ name, of: mark }] : [];
}

/** Arms first, then what they are beside. */
export function legendOf({ panels }: Figure): LegendEntry[] {
  const marks = panels.flatMap((panel) => panel.marks);
  const entries = [...marks.flatMap(named), ...marks.flatMap(references)];
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
