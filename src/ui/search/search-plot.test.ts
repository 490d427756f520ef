import { describe, expect, it } from 'vitest';
import { testedSearch } from '../../../tests/fixtures/schedule-search.ts';
import { pointsOf, roundsOf } from '../../state/search/search-points.ts';
import type { Mark } from '../charts/figure.ts';
import { AXES, looksOf, placedPoints, pointReading, searchPlot, searchTable } from './search-plot.ts';

const search = testedSearch('behind');
const rounds = roundsOf(search).map((round) => pointsOf(search, round));
const [first, , last] = rounds;

const marksOf = (points: typeof first, axes: (typeof AXES)[number], width = 700): readonly Mark[] =>
  searchPlot(points, axes)!(width).panels[0].marks;
const pointsIn = (marks: readonly Mark[]) => marks.flatMap((mark) => (mark.kind === 'points' ? mark.points : []));

describe('a round of a search as a figure', () => {
  it.each(AXES)('has every candidate where its two measures are, in $id', (axes) => {
    for (const points of rounds) {
      const drawn = pointsIn(marksOf(points, axes)).map(({ x, y }) => `${x} ${y}`);
      const expected = placedPoints(points, axes).map(({ x, y }) => `${x} ${y}`);
      expect(drawn.toSorted()).toEqual(expected.toSorted());
      expect(placedPoints(points, axes)[0].x).toBe(100 * points[0].values[axes.x]!);
    }
  });

  it('shows the third measure by area, within its smallest and largest', () => {
    const [axes] = AXES;
    const sizes = first
      .filter(({ isWinner }) => !isWinner)
      .map((point) => {
        const x = 100 * point.values.accuracy!;
        const y = 100 * point.values.kept!;
        return [point.values.midpoint!, pointsIn(marksOf(first, axes)).find((one) => one.x === x && one.y === y)!.size];
      })
      .toSorted(([a], [b]) => a - b)
      .map(([, size]) => size);
    expect(sizes).toEqual(sizes.toSorted((a, b) => a - b));
    expect(Math.min(...sizes)).toBe(6);
    expect(Math.max(...sizes)).toBeLessThanOrEqual(14);
  });

  it('dashes the best reference of each axis, and names all but those left behind', () => {
    const marks = marksOf(first, AXES[0]);
    const levels = marks.flatMap((mark) => (mark.kind === 'level' ? [mark.at] : []));
    const references = first.filter(({ fate }) => fate === 'reference');
    expect(levels).toEqual([
      Math.max(...references.map(({ values }) => 100 * values.accuracy!)),
      Math.max(...references.map(({ values }) => 100 * values.kept!)),
    ]);
    const labels = marks.filter(({ kind }) => kind === 'label');
    expect(labels).toHaveLength(first.filter(({ fate }) => fate !== 'left').length);
  });

  it('tells apart by shape and filling what it tells apart by colour', () => {
    const looks = new Map(
      first.map((point) => {
        const { colour, shape, hollow = false } = looksOf(point);
        return [`${shape} ${String(hollow)}`, colour];
      }),
    );
    expect(looks.size).toBe(7);
    expect(new Set(first.map((point) => JSON.stringify(looksOf(point)))).size).toBe(7);
  });

  it('says of a point what it is, over measures that may be unknown', () => {
    expect(pointReading(first.find(({ fate }) => fate === 'left')!)).toMatch(
      /: accuracy \d+\.\d %, gain kept \d+\.\d %, midpoint \d+\.\d %; margin −\d+\.\d; left behind$/,
    );
    const unknown = { ...first[0], values: { ...first[0].values, kept: null }, margin: -Infinity };
    expect(pointReading(unknown)).toMatch(/gain kept unknown.*margin –/);
    expect(placedPoints([unknown], AXES[0])).toEqual([]);
    expect(searchPlot([unknown], AXES[0])).toBeNull();
  });

  it('has a table, best first', () => {
    const { head, rows } = searchTable(last);
    expect(rows).toHaveLength(last.length);
    for (const row of rows) expect(row).toHaveLength(head.length);
    expect(rows[0][0]).toMatch(/^1 /);
  });
});
