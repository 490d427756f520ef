import { describe, expect, it } from 'vitest';
import { studyResultFixture } from '../../../tests/fixtures/study-result.ts';
import { summaryCsv } from './summary-csv.ts';
import { summariseArm } from './summary.ts';

describe('summaryCsv', () => {
  it('has a row per arm, with the numbers of its summary', () => {
    const result = studyResultFixture();
    const [head, ...rows] = summaryCsv(result).trimEnd().split('\r\n');
    const columns = head.split(',');
    expect(rows.length).toBe(result.config.arms.length);
    rows.forEach((row, i) => {
      const cells = row.split(',');
      expect(cells.length).toBe(columns.length);
      const summary = summariseArm(result, result.config.arms[i].id);
      expect(cells[0]).toBe(summary.arm);
      expect(Number(cells[columns.indexOf('accuracy')])).toBe(summary.testAccuracy?.mean);
      expect(cells[columns.indexOf('midpoint_sd')]).toBe(String(summary.midpointFactor?.sd ?? ''));
      expect(Number(cells[columns.indexOf('every_other_n')])).toBe(summary.accuracyHalf?.n);
    });
  });

  it('leaves cells empty before there are numbers', () => {
    const empty = { ...studyResultFixture(), runs: [], landscape: [], shapley: [], pruning: [] };
    const [, row] = summaryCsv(empty).split('\r\n');
    expect(row.endsWith(',,,0,,,0,,,0,,,0,,,0,,,0')).toBe(true);
  });
});
