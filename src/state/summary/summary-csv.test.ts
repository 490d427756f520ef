import { describe, expect, it } from 'vitest';
import { studyResultFixture } from '../../../tests/fixtures/study-result.ts';
import { summaryDifference } from './summary-differences.ts';
import { summaryCsv } from './summary-csv.ts';
import { summariseArm } from './arm-summary.ts';

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
      expect(cells[0]).toBe(result.config.arms[i].name);
      expect(Number(cells[columns.indexOf('accuracy')])).toBe(summary.testAccuracy?.mean);
      expect(cells[columns.indexOf('midpoint_sd')]).toBe(String(summary.midpointFactor?.sd ?? ''));
      expect(Number(cells[columns.indexOf('every_other_n')])).toBe(summary.accuracyHalf?.n);
    });
  });

  it('has differences from the baseline with their intervals, and none of the baseline from itself', () => {
    const result = studyResultFixture();
    const [lora, copra] = result.config.arms;
    const cellsOf = (baseline: typeof lora, row: number) => {
      const [head, ...rows] = summaryCsv(result, baseline)
        .trimEnd()
        .split('\r\n')
        .map((line) => line.split(','));
      return (column: string) => rows[row][head.indexOf(column)];
    };
    const expected = summaryDifference(result, lora.id, copra.id, 'testAccuracy')!;
    const second = cellsOf(lora, 1);
    expect(second('baseline')).toBe(lora.name);
    expect(Number(second('accuracy_difference'))).toBe(expected.mean);
    expect(Number(second('accuracy_difference_low'))).toBe(expected.low);
    expect(second('accuracy_difference_over')).toBe(expected.scope);
    expect(cellsOf(lora, 0)('accuracy_difference')).toBe('');
    expect(Number(cellsOf(copra, 0)('accuracy_difference'))).toBeCloseTo(-expected.mean, 12);
    expect(cellsOf(copra, 1)('accuracy_difference')).toBe('');
  });

  it('leaves cells empty before there are numbers', () => {
    const empty = { ...studyResultFixture(), runs: [], landscape: [], shapley: [], pruning: [] };
    const [, row] = summaryCsv(empty).split('\r\n');
    expect(row).toContain(`${',,,0'.repeat(6).slice(1)},${empty.config.arms[0].name},`);
    expect(row.endsWith(','.repeat(24))).toBe(true);
  });
});
