import { describe, expect, it } from 'vitest';
import { studyResultFixture } from '../../../../tests/fixtures/study-result.ts';
import { sweepCsv } from '../../../share/csv/sweep-csv.ts';
import type { StudyResult } from '../../../study/result/result.ts';
import { sweepOf } from '../../../study/config/sweep.ts';
import { chartTheme as theme } from '../../../../tests/fixtures/chart-theme.ts';
import { sweepCaption } from './sweep-caption.ts';
import { sweepDataTable, sweepPlot } from './sweep-plot.ts';

const RATES = [0.0001, 0.001, 0.01, 0.1];

/** CopRA at four rates beside one LoRA arm, with the fixture's numbers. */
function swept(): StudyResult {
  const { config, runs, landscape, pruning, ...rest } = studyResultFixture();
  const each = <T extends { arm: string }>(list: readonly T[]): T[] =>
    list.flatMap((entry) =>
      entry.arm === 'lora' ? [entry] : RATES.map((rate, i) => ({ ...entry, arm: `copra-${i}`, rate })),
    );
  const [lora, copra] = config.arms;
  const arms = [lora, ...RATES.map((learningRate, i) => ({ ...copra, id: `copra-${i}`, learningRate }))];
  const lists = { runs: each(runs), landscape: each(landscape), pruning: each(pruning) };
  return { ...rest, ...lists, shapley: [], config: { ...config, arms } };
}

describe('the sweep figure', () => {
  const result = swept();
  const sweep = sweepOf(result.config)!;

  it('draws a curve per method and panel over the logarithm of the rate', () => {
    const figure = sweepPlot(result, sweep)?.(theme, 800);
    const lines = figure?.data.filter(({ mode }) => mode === 'lines+markers') ?? [];
    expect(lines.map(({ name, xaxis }) => `${String(name)} ${String(xaxis)}`).sort()).toEqual(
      ['CopRA x', 'CopRA x2', 'CopRA x3', 'LoRA x', 'LoRA x2', 'LoRA x3'].sort(),
    );
    const copra = lines.filter(({ name }) => name === 'CopRA');
    for (const { x, y } of copra) {
      expect((x as number[]).map((at) => Math.round(at))).toEqual([-4, -3, -2, -1]);
      expect((y as number[]).every(Number.isFinite)).toBe(true);
    }
    expect(lines.find(({ name }) => name === 'LoRA')?.x).toHaveLength(1); // at its own rate
  });

  it('draws what a method gives that does not read the setting at every value', () => {
    const arms = result.config.arms.map((arm, i) => ({ ...arm, learningRate: 0.001, p0: i / 10 }));
    const other = { ...result, config: { ...result.config, arms } };
    const figure = sweepPlot(other, sweepOf(other.config)!)?.(theme, 500);
    const lora = figure?.data.find(({ name, mode }) => name === 'LoRA' && mode === 'lines+markers');
    expect(lora?.x).toEqual([0.1, 0.2, 0.3, 0.4]);
    expect(new Set(lora?.y as number[]).size).toBe(1);
  });

  it('leaves out panels that nothing was measured for, and waits while there is nothing', () => {
    const figure = sweepPlot({ ...result, landscape: [], pruning: [] }, sweep)?.(theme, 800);
    expect(Object.keys(figure?.layout ?? {}).filter((key) => key.startsWith('xaxis'))).toEqual(['xaxis']);
    const nothing = { ...result, runs: [], landscape: [], pruning: [] };
    expect(sweepPlot(nothing, sweep)).toBeNull();
    expect(sweepCaption(nothing, sweep)).toBe('');
  });

  it('lists every value, and every run and pair in the CSV', () => {
    const { head, rows } = sweepDataTable(result, sweep);
    expect(rows).toHaveLength(5);
    for (const row of rows) expect(row).toHaveLength(head.length);
    expect(rows.flat().join()).not.toMatch(/NaN|undefined/);
    const lines = sweepCsv(result, sweep).trim().split('\r\n');
    expect(lines[0]).toBe(
      'method,arm,learningRate,seed,other_seed,accuracy,loss,every_other_layer,every_other_retained_gain,midpoint_factor,midpoint_product',
    );
    expect(lines).toHaveLength(1 + 5 * (2 + 1));
    expect(new Set(lines.map((line) => line.split(',').length))).toEqual(new Set([11]));
  });
});
