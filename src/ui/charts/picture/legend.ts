/** Legend entries of a figure: every named mark and reference line, once. */
import { wordsInLines } from '../../words-in-lines.ts';
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

/** A named line that belongs to no arm. */
interface ReferenceEntry {
  readonly name: string;
  readonly of: LineMark | LevelMark;
}

function references(mark: Mark): ReferenceEntry[] {
  const name = mark.kind === 'level' ? mark.name : mark.kind === 'line' ? mark.reference : undefined;
  return name !== undefined && (mark.kind === 'level' || mark.kind === 'line') ? [{ name, of: mark }] : [];
}

/** Every name once. */
const once = <T extends { readonly name: string }>(entries: readonly T[]): T[] =>
  entries.filter(({ name }, i) => entries.findIndex((other) => other.name === name) === i);

const marksOf = ({ panels }: Figure): Mark[] => panels.flatMap(({ marks }) => marks);

/** Lines that belong to no arm. */
export const referencesOf = (figure: Figure): ReferenceEntry[] => once(marksOf(figure).flatMap(references));

/** Arms first, then what they are beside. */
export const legendOf = (figure: Figure): LegendEntry[] =>
  once([...marksOf(figure).flatMap(named), ...referencesOf(figure)]);

/** Pixels: a glyph with its gap, the gap between entries, and the width of a character of texts as small as these. */
const GLYPH = 32;
const GAP = 16;
const CHARACTER = 6.8;

/** A text as small as these in lines of the given width; none of an empty one. */
export const inLines = (text: string, width: number): string[] =>
  text === '' ? [] : wordsInLines(text, width, (line) => CHARACTER * line.length);

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
