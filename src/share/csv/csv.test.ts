import { describe, expect, it } from 'vitest';
import { studyResultFixture, withModules } from '../../../tests/fixtures/study-result.ts';
import type { StudyResult } from '../../study/result/result.ts';
import { landscapeCsv } from '../analyses/landscape/csv.ts';
import { pruningCsv } from '../analyses/pruning/csv.ts';
import { shapleyCsv } from '../analyses/shapley/csv.ts';
import { csv } from './csv.ts';
import { trainingCsv } from './training-csv.ts';

const result = studyResultFixture();

/** A reader of RFC 4180, so that the test does not share the writer's ideas. */
function parse(text: string): string[][] {
  const rows: string[][] = [[]];
  const pattern = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/y;
  for (let match = pattern.exec(text); match; match = pattern.exec(text)) {
    rows[rows.length - 1].push(match[1] === undefined ? match[2] : match[1].replaceAll('""', '"'));
    if (match[3] === '\r\n') rows.push([]);
  }
  expect(rows.pop()).toEqual([]);
  return rows;
}

describe('csv', () => {
  it('has one row per observation, all as long as the header', () => {
    const expected: [(result: StudyResult) => string, number][] = [
      [trainingCsv, 4 * (100 + 12 + 1)],
      [landscapeCsv, 4 * 21],
      [shapleyCsv, 4 * 12],
      [pruningCsv, 4 * (13 + 2 * 11)],
    ];
    for (const [write, rows] of expected) {
      const table = parse(write(result));
      expect(table).toHaveLength(rows + 1);
      expect(new Set(table.map((row) => row.length)).size).toBe(1);
    }
  });

  it('has the paths between runs that still train', () => {
    const paths = result.landscape.map(({ arm, seeds, path }) => ({
      arm,
      seeds,
      path,
      lambdas: [0, 1],
      accuracy: [0.5, 0.6],
      loss: [1, 2],
    }));
    const [header, ...rows] = parse(landscapeCsv({ config: result.config, landscape: paths }));
    expect(rows).toHaveLength(2 * paths.length);
    expect(rows[1][header.indexOf('accuracy')]).toBe('0.6');
  });

  it('has rows for projections and earlier steps', () => {
    const [header, ...rows] = parse(shapleyCsv(withModules(result, 'odd')));
    expect(rows).toHaveLength((3 * 3 + 1) * 24); // one of four entries has no earlier steps
    expect(new Set(rows.map((row) => row[header.indexOf('projection')]))).toEqual(new Set(['q', 'v']));
    expect(rows.filter((row) => row[header.indexOf('step')] === '200')).toHaveLength(3 * 24);
  });

  it('counts layers from 1, as the page does', () => {
    const [header, ...rows] = parse(shapleyCsv(result));
    const layers = new Set(rows.map((row) => Number(row[header.indexOf('layer')])));
    expect([...layers]).toEqual(Array.from({ length: 12 }, (_, i) => i + 1));
    const [names, ...masks] = parse(pruningCsv(result));
    const kept = new Set(masks.map((row) => row[names.indexOf('what')]));
    expect([kept.has('layers 1, 3, 5 …'), kept.has('layers 2, 4, 6 …')]).toEqual([true, true]);
    expect([kept.has('even'), kept.has('odd'), kept.has('all')]).toEqual([false, false, true]);
  });

  it('writes numbers in full precision and null as nothing', () => {
    const [header, ...rows] = parse(landscapeCsv(result));
    const row = rows[10];
    expect(Number(row[header.indexOf('accuracy')])).toBe(result.landscape[0].accuracy[10]);
    expect(Number(row[header.indexOf('lambda')])).toBe(0.5);
    const training = parse(trainingCsv(result));
    expect(training[1]).toEqual(['LoRA', '0', 'train', '5', String(result.runs[0].losses[0]), '']);
  });

  it('quotes commas and quotes, and disarms formulas', () => {
    const [entry] = result.pruning;
    const structured = [',"x"\n', '=1+1'].map((label) => ({ ...entry.structured[0], label }));
    const table = parse(pruningCsv({ ...result, pruning: [{ ...entry, structured, unstructured: [] }] }));
    expect(table.slice(1).map((row) => row[3])).toEqual([',"x"\n', "'=1+1"]);
  });

  it('begins no formula where a spreadsheet parts cells at semicolons, tabs or lines, and leaves numbers alone', () => {
    const texts = [
      'a;=1+1',
      'a\t@b',
      'a\n-b',
      'a; "=1+1"',
      '＝1+1',
      ' +1',
      'a;b',
      'a\tb',
      '\tx',
      'rank 4 - 5; b = 2',
      'few-shot',
    ];
    const text = csv(['text', 'number'], [...texts.map((cell) => [cell, -0.5]), [null, -1]]);
    const [, ...rows] = parse(text);
    const disarmed = [
      "a;'=1+1",
      "a\t'@b",
      "a\n'-b",
      `a;' "=1+1"`,
      "'＝1+1",
      "' +1",
      'a;b',
      'a\tb',
      "'\tx",
      'rank 4 - 5; b = 2',
      'few-shot',
    ];
    expect(rows).toEqual([...disarmed.map((cell) => [cell, '-0.5']), ['', '-1']]);
    expect(text.split(/[;\t\r\n]/).filter((cell) => /^[\s"]*[=+\-@＝＋－＠]/.test(cell))).toEqual([]);
    expect(text).toContain('"a;b",-0.5\r\n');
  });

  it('of nothing is a header', () => {
    expect(parse(shapleyCsv({ ...result, shapley: [] }))).toHaveLength(1);
  });
});
