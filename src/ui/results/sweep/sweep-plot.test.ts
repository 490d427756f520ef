import { describe, expect, it } from 'vitest';
import { studyResultFixture } from '../../../../tests/fixtures/study-result.ts';
import { sweepCsv } from '../../../share/csv/sweep-csv.ts';
import type { StudyResult } from '../../../study/result/result.ts';
import { sweepOf, type Sweep } from '../../../study/config/sweep.ts';
import { UNREAD } from '../../../study/readings/words.ts';
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

/** All lines with the titles of their panels. */
const linesOf = (result: StudyResult, sweep: Sweep) =>
  sweepPlot(result, sweep)!(800).panels.flatMap(({ title, marks }) =>
    marks.flatMap((mark) => (mark.kind === 'line' ? [{ title, ...mark }] : [])),
  );

describe('the sweep figure', () => {
  const result = swept();
  const sweep = sweepOf(result.config)!;

  it('draws a curve per method and panel over the logarithm of the rate', () => {
    const lines = linesOf(result, sweep);
    const titles = ['Every layer on', 'Two seeds merged 1:1', 'Every other layer off'];
    expect(new Set(lines.map(({ title, name }) => `${title}: ${name}`))).toEqual(
      new Set(titles.flatMap((title) => [`${title}: LoRA`, `${title}: CopRA`])),
    );
    const copra = lines.filter(({ name }) => name === 'CopRA');
    for (const { title, x, y, reading } of copra) {
      expect(x.map((at) => Math.round(at))).toEqual([-4, -3, -2, -1]);
      expect(y.every(Number.isFinite)).toBe(true);
      // Two seeds are one pair, which has no spread.
      const spread = title?.startsWith('Two seeds') ? '' : ' ± \\d+\\.\\d';
      expect(reading?.(1)).toMatch(new RegExp(`^CopRA at 1e-3: \\d+\\.\\d${spread} %$`));
    }
    expect(lines.find(({ name }) => name === 'LoRA')?.x).toHaveLength(1); // at its own rate
  });

  it('draws what a method gives that does not read the setting at every value', () => {
    const arms = result.config.arms.map((arm, i) => ({ ...arm, learningRate: 0.001, p0: i / 10 }));
    const other = { ...result, config: { ...result.config, arms } };
    const lora = linesOf(other, sweepOf(other.config)!).find(({ name }) => name === 'LoRA');
    expect(lora?.x).toEqual([0.1, 0.2, 0.3, 0.4]);
    expect(new Set(lora?.y).size).toBe(1);
  });

  it('writes names of settings as they are within a sentence', () => {
    const arms = result.config.arms.map((arm, i) => ({ ...arm, learningRate: 0.001, loraPlusRatio: 2 ** i }));
    const other = { ...result, config: { ...result.config, arms } };
    const titles = (of: StudyResult) =>
      sweepPlot(of, sweepOf(of.config)!)!(800).panels.flatMap(({ x }) => x.title || []);
    expect(new Set(titles(other))).toEqual(new Set(['LoRA+ ratio']));
    expect(new Set(titles(result))).toEqual(new Set(['learning rate']));
  });

  it('leaves out panels that nothing was measured for, and waits while there is nothing', () => {
    expect(sweepPlot({ ...result, landscape: [], pruning: [] }, sweep)?.(800).panels).toHaveLength(1);
    const nothing = { ...result, runs: [], landscape: [], pruning: [] };
    expect(sweepPlot(nothing, sweep)).toBeNull();
    expect(sweepCaption(nothing, sweep)).toEqual(UNREAD);
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
