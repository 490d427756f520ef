import { describe, expect, it } from 'vitest';
import { mapResultFixture } from '../../../tests/fixtures/map-result.ts';
import { mapFacts } from '../../lessons/map-facts.ts';
import { mapCsv } from '../../share/csv/map-csv.ts';
import { cellsOf } from '../../study/map/cells.ts';
import { emptyMap, type MapResult } from '../../study/map/map-result.ts';
import { mapPreset } from '../../study/map/presets.ts';
import type { CellsMark, Figure } from '../charts/figure.ts';
import { MAP_WORDS } from './messages.ts';
import { cellReading, mapBasis, mapCaption, mapPlot, mapTable, measuresOf } from './map-plot.ts';

const map = mapResultFixture();
const measures = measuresOf(map);
const measureOf = (id: string) => measures.find((measure) => measure.id === id)!;
const accuracy = measureOf('test-accuracy');
const barrier = measureOf('barrier factor');

function marksOf({ panels: [{ marks }] }: Figure): CellsMark {
  const [mark] = marks;
  if (mark.kind !== 'cells') throw new Error('no cells');
  return mark;
}
const figureOf = (of: MapResult, measure = accuracy, width = 700): Figure => mapPlot(of, measure)(width);
const textOf = ({ values, text }: CellsMark, row: number, column: number) =>
  text?.(values[row][column] ?? NaN, row, column);

describe('the figure of a map', () => {
  it('says where intervals are too narrow, because cells of earlier versions do not know their motifs', () => {
    const withMotifs = (motifs: number | undefined): MapResult => ({
      ...map,
      cells: map.cells.map((cell) => ({
        ...cell,
        differences: cell.differences.map((one) => ({ ...one, images: 400, motifs })),
      })),
    });
    const { chance, chanceOfNarrow } = MAP_WORDS.caption;
    expect(mapCaption(withMotifs(undefined), accuracy)).toContain(chanceOfNarrow);
    expect(mapCaption(withMotifs(undefined), accuracy)).not.toContain(chance);
    expect(figureOf(withMotifs(undefined)).remark).toContain('excludes 0, but is too narrow');
    expect(mapCaption(withMotifs(100), accuracy)).not.toContain(chanceOfNarrow);
    expect(mapCaption(withMotifs(100), accuracy)).toContain(chance);
    expect(figureOf(withMotifs(100)).remark).not.toContain('narrow');
  });

  it('counts the cells that lessons count: those of enough seeds to compare', () => {
    const of = (result: MapResult): number => Number(/ in \d+ of (\d+) cells/.exec(mapCaption(result, accuracy))![1]);
    const [first, ...others] = map.cells;
    const differences = first.differences.map((one) => ({ ...one, seeds: 1, scope: 'images' as const }));
    const lacking = { ...map, cells: [{ ...first, differences }, ...others] };
    expect([of(map), of(lacking)]).toEqual([16, 15]);
    for (const result of [map, lacking]) expect(mapFacts(result, accuracy)!.whole.cells).toBe(of(result));
  });

  it('has every cell where its settings are, in points', () => {
    const mark = marksOf(figureOf(map));
    const { x, y } = map.config;
    y.values.forEach((yValue, row) =>
      x.values.forEach((xValue, column) => {
        const cell = map.cells.find((one) => one.x === xValue && one.y === yValue)!;
        const [{ mean, low, high }] = cell.differences;
        expect(mark.values[row][column]).toBeCloseTo(100 * mean, 9);
        const text = textOf(mark, row, column);
        expect(text).toContain(`${Math.abs(100 * mean).toFixed(1)} ± 2.1`);
        expect(text?.endsWith('*')).toBe(low! > 0 || high! < 0);
      }),
    );
  });

  it('has colours around 0, of the arm that is better', () => {
    const [of, ofBarrier] = [accuracy, barrier].map((measure) => marksOf(figureOf(map, measure)));
    for (const { range, values } of [of, ofBarrier]) {
      expect(range[0]).toBe(-range[1]);
      expect(Math.max(...values.flat().map((value) => Math.abs(value ?? 0)))).toBeLessThan(range[1]);
    }
    expect(of.scale.map(([, colour]) => colour)).toEqual(['--arm-0', '--surface', '--arm-1']);
    expect(ofBarrier.scale.map(([, colour]) => colour)).toEqual(['--arm-1', '--surface', '--arm-0']);
  });

  it('says over how many images the measure that is shown is', () => {
    const [cell, ...others] = map.cells;
    const elsewhere = { ...cell.differences[0], measure: 'other domains', seeds: 3, images: 419 };
    const both = { ...map, cells: [{ ...cell, differences: [...cell.differences, elsewhere] }, ...others] };
    expect(mapBasis(both, measureOf('test-accuracy'))).toEqual(mapBasis(map, accuracy));
    expect(
      mapBasis(
        both,
        measuresOf(both).find(({ id }) => id === 'other domains')!,
      ),
    ).toEqual({ seeds: [3], images: 419 });
    expect(mapBasis(emptyMap(map.config), accuracy)).toEqual({ seeds: [], images: 0 });
  });

  it('leaves out intervals and the colour bar where there is no room', () => {
    const narrow = figureOf(map, accuracy, 320);
    expect(narrow.colourBar).toBeUndefined();
    expect(textOf(marksOf(narrow), 0, 0)).toMatch(/^[+−]\d\.\d\*?$/);
  });

  it('leaves cells blank until they are done', () => {
    const half = { ...map, cells: map.cells.slice(0, 5) };
    const mark = marksOf(figureOf(half));
    expect(mark.values.flat().filter((value) => value === null)).toHaveLength(11);
    expect(textOf(mark, 3, 3)).toBe('');
    expect(mark.reading(3, 3)).toMatch(/not computed yet$/);
    const nothing = emptyMap(map.config);
    expect(measuresOf(nothing)).toEqual([]);
    const blank = marksOf(mapPlot(nothing, undefined)(700));
    expect(blank.values.flat()).toEqual(Array(16).fill(null));
    expect(blank.range[0]).toBeLessThan(0);
  });

  it('says of a cell what it is, and how many runs diverged', () => {
    const [place] = cellsOf(map.config);
    expect(cellReading(map, place, accuracy)).toBe(
      'learning rate 1e-3, training images per class 8: +6.0 points (95 % interval +3.9 to +8.1 over seeds and images); CopRA 56.0 %, LoRA 50.0 %; 4 seeds',
    );
    const [cell, ...rest] = map.cells;
    const lost: MapResult = { ...map, cells: [{ ...cell, diverged: [4, 1], differences: [] }, ...rest] };
    expect(cellReading(lost, place, accuracy)).toBe(
      'learning rate 1e-3, training images per class 8: no such difference; 4 of LoRA diverged; 1 of CopRA diverged',
    );
  });

  it('does not show a cell of too few seeds as the others', () => {
    const [first, ...others] = map.cells;
    const differences = first.differences.map((one) => ({ ...one, seeds: 1, scope: 'images' as const }));
    const lacking: MapResult = { ...map, cells: [{ ...first, differences }, ...others] };
    const figure = figureOf(lacking);
    expect(textOf(marksOf(figure), 0, 0)).toBe('(+6.0)');
    expect(figure.remark).toBe(
      '± half of the 95 % interval; * the 95 % interval excludes 0, but is too narrow; in brackets: too few seeds to say',
    );
    expect(figureOf(map).remark).toBe('± half of the 95 % interval; * the 95 % interval excludes 0, but is too narrow');
    expect(cellReading(lacking, cellsOf(map.config)[0], accuracy)).toContain(
      '(95 % interval +3.9 to +8.1 over images, for these seeds alone); CopRA 56.0 %, LoRA 50.0 %; 1 seed; too few seeds to say',
    );
    expect(mapBasis(lacking, accuracy).seeds).toEqual([1, 4]);
    expect(mapCaption(lacking, accuracy)).toContain('; 1 further cell has too few seeds to say; ');
  });

  it('reads a lower barrier as better', () => {
    const better = (text: string) => Number(/in (\d+) of/.exec(text)?.[1]);
    const worse = (text: string) => Number(/worse in (\d+)/.exec(text)?.[1]);
    const [of, ofBarrier] = [mapCaption(map, accuracy), mapCaption(map, barrier)];
    expect(better(of)).toBeGreaterThan(0);
    expect(better(ofBarrier)).toBe(worse(of));
    expect(worse(ofBarrier)).toBe(better(of));
  });
});

describe('the numbers of a map', () => {
  it('are a table of one measure', () => {
    const { head, rows } = mapTable(map, accuracy);
    expect(rows).toHaveLength(16);
    for (const row of rows) expect(row).toHaveLength(head.length);
    expect(rows[0]).toEqual(['8', '1e-3', '50.0', '56.0', '+6.0', '+3.9', '+8.1', '4']);
    expect(mapTable(emptyMap(map.config), accuracy).rows).toEqual([]);
  });

  it('are a CSV of all measures, in full precision', () => {
    const [head, ...rows] = mapCsv(map).trim().split('\r\n');
    expect(head).toBe(
      'lr,shots,measure,LoRA,CopRA,difference,low,high,scope,seeds,images,diverged_LoRA,diverged_CopRA,date,device,seconds',
    );
    expect(rows).toHaveLength(map.cells.reduce((sum, { differences }) => sum + differences.length, 0));
    expect(rows[0]).toMatch(/^0\.001,8,test-accuracy,0\.5,0\.56,0\.06,/);
    expect(rows.at(-1)).toMatch(/^0\.03,all,/);
  });

  it('has the mean over draws in caption and table, whichever axis has them', () => {
    const preset = mapPreset('draws');
    const { x, y, study } = preset.config;
    for (const [across, upwards] of [
      [x, y],
      [y, x],
    ]) {
      const drawn = mapResultFixture({ ...preset, config: { version: 1, study, x: across, y: upwards } });
      expect(mapCaption(drawn, accuracy)).toMatch(
        /; over 4 draws of the training images: CopRA − LoRA \+\d\.\d points \(95 % interval [+−]\d+\.\d to \+\d+\.\d, for these seeds and test images\);/,
      );
      expect(mapCaption(drawn, accuracy)).not.toContain('it is better');
      const { head, rows } = mapTable(drawn, accuracy);
      const last = rows.at(-1)!;
      expect(rows).toHaveLength(5);
      expect(last).toHaveLength(head.length);
      expect(last[head.indexOf('Draw of few images')]).toBe('Mean over 4 draws');
      expect(last[head.indexOf('Training images per class')]).toBe('64');
    }
  });

  it('says what draws say of each value of the other setting', () => {
    const preset = mapPreset('draws');
    const { config } = preset;
    const of = (values: (number | null)[]) =>
      mapCaption(mapResultFixture({ ...preset, config: { ...config, y: { ...config.y, values } } }), accuracy);
    expect(of([16, null])).toMatch(/, with training images per class 16: .*, with training images per class all: /);
    expect(of([1, 2, 4, 8, 16])).not.toContain('over 4 draws');
  });
});
