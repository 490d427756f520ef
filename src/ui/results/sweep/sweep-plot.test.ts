import { describe, expect, it } from 'vitest';
import { studyResultFixture } from '../../../../tests/fixtures/study-result.ts';
import { sweepCsv } from '../../../share/csv/sweep-csv.ts';
import type { StudyResult } from '../../../study/result/result.ts';
import { sweepOf, type Sweep } from '../../../study/config/sweep.ts';
import { UNREAD } from '../../../study/readings/words.ts';
import { sweepCaption } from './sweep-caption.ts';
import type { LineMark } from '../../charts/figure.ts';
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

/** The same with LoRA at every rate, and CopRA best on validation images at 0.01, LoRA at 0.001. */
function tuned(): StudyResult {
  const result = swept();
  const [lora, ...copras] = result.config.arms;
  const loras = RATES.map((learningRate, i) => ({ ...lora, id: `lora-${i}`, learningRate }));
  const each = <T extends { arm: string }>(list: readonly T[]): T[] =>
    list.flatMap((entry) => (entry.arm === 'lora' ? RATES.map((_, i) => ({ ...entry, arm: `lora-${i}` })) : [entry]));
  const validated = new Map([['lora-1', 0.7], ['copra-2', 0.8]]); // prettier-ignore
  const runs = each(result.runs).map((run) => ({
    ...run,
    validation: [{ step: run.steps, accuracy: validated.get(run.arm) ?? 0.5, loss: 1 }],
  }));
  return {
    ...result,
    runs,
    landscape: each(result.landscape),
    pruning: each(result.pruning),
    config: { ...result.config, arms: [...loras, ...copras] },
  };
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

  it('rings the value of every method that is best on validation images, in every panel', () => {
    const best = tuned();
    const panels = sweepPlot(best, sweepOf(best.config)!)!(800).panels;
    expect(panels).toHaveLength(3);
    for (const { marks } of panels) {
      const rings = marks.flatMap((mark) => (mark.kind === 'points' ? mark.points : []));
      expect(rings.map(({ x }) => Math.round(x))).toEqual([-3, -2]);
      const lines = marks.filter(({ kind }) => kind === 'line') as LineMark[];
      for (const [i, { x, y }] of rings.entries()) expect(lines[i].y[lines[i].x.indexOf(x)]).toBe(y);
    }
    expect(panels.flatMap(({ marks }) => marks.filter(({ kind }) => kind === 'line'))).toHaveLength(6);
    // One LoRA arm, which was not chosen.
    expect(
      sweepPlot(result, sweep)!(800)
        .panels.flatMap(({ marks }) => marks)
        .some(({ kind }) => kind === 'points'),
    ).toBe(false);
  });

  it('says how the methods compare there, and over the whole range', () => {
    const best = tuned();
    const { message, numbers, reading } = sweepCaption(best, sweepOf(best.config)!);
    expect(message).toMatch(/^Each at its own best learning rate: .*\.$/);
    expect(numbers).toMatch(/^LoRA at 1e-3 and CopRA at 0.01, best on \d+ validation images; CopRA − LoRA in points: /);
    expect(reading).toContain(numbers.slice(0, -1));
    expect(reading).toContain('Learning rate 1e-4 to 0.1, 2 seeds each');
    expect(sweepCaption(result, sweep).message).toBe('The same study at every value of one setting.');
  });

  it('holds a method that has the setting against one that has not, of three', () => {
    const [lora, ...copras] = result.config.arms;
    const of = (arm: string) => result.runs.filter((run) => run.arm === arm);
    const drops = [0.25, 0.5, 0.75].map((keepProbability, i) => ({
      ...copras[i],
      id: `drop-${i}`,
      method: 'layer-drop' as const,
      keepProbability,
      learningRate: 1e-3,
    }));
    const arms = [lora, { ...copras[0], id: 'copra', learningRate: 1e-3 }, ...drops];
    const runs = [
      ...of('lora'),
      ...of('copra-0').map((run) => ({ ...run, arm: 'copra' })),
      ...drops.flatMap(({ id }, i) => of(`copra-${i}`).map((run) => ({ ...run, arm: id }))),
    ];
    const three = { ...result, runs, landscape: [], pruning: [], config: { ...result.config, arms } };
    const { message, numbers } = sweepCaption(three, sweepOf({ arms })!);
    expect(message).toMatch(/^Layer drop at its own best keep probability: /);
    expect(numbers).toMatch(
      /^Layer drop at 0\.\d+, best on \d+ validation images, beside LoRA, which has no keep probability; Layer drop − LoRA /,
    );
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
    expect(sweepCaption(nothing, sweep)).toEqual({ ...UNREAD, message: '' });
  });

  it('lists every value, and every run and pair in the CSV', () => {
    const { head, rows } = sweepDataTable(result, sweep);
    expect(rows).toHaveLength(5);
    for (const row of rows) expect(row).toHaveLength(head.length);
    expect(rows.flat().join()).not.toMatch(/NaN|undefined/);
    const lines = sweepCsv(result, sweep).trim().split('\r\n');
    expect(lines[0]).toBe(
      'method,arm,learningRate,seed,other_seed,accuracy,loss,validation_accuracy,every_other_layer,every_other_retained_gain,midpoint_factor,midpoint_product',
    );
    expect(lines).toHaveLength(1 + 5 * (2 + 1));
    expect(new Set(lines.map((line) => line.split(',').length))).toEqual(new Set([12]));
  });
});
