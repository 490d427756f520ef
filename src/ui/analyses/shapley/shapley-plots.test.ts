import { describe, expect, it } from 'vitest';
import { studyResultFixture, withEveryCoalition, withModules } from '../../../../tests/fixtures/study-result.ts';
import type { BuildFigure, Mark } from '../../charts/figure.ts';
import { evolutionBars, evolutionPanels } from './evolution-plot.ts';
import { evolutionCaption } from './evolution-caption.ts';
import { interactionsCaption, layerSetsCaption } from './coalitions-captions.ts';
import { interactionsPlot, interactionsTable } from './interactions-plot.ts';
import { shapleyMeta } from './shapley-meta.ts';
import { layerSetsPlot, layerSetsTable, setText } from './layer-sets-plot.ts';
import { finalPanels, hasModules, heatmapPlot, heatTable } from './heatmap-plot.ts';

const marksOf = <K extends Mark['kind']>(build: BuildFigure, kind: K): Extract<Mark, { kind: K }>[] =>
  build(480)
    .panels.flatMap(({ marks }) => marks)
    .filter((mark): mark is Extract<Mark, { kind: K }> => mark.kind === kind);

const both = withEveryCoalition(studyResultFixture({ seed: 2, layers: 16 }), 4);
const plain = studyResultFixture({ seed: 2 });
const modules = withModules(plain, 'odd');

describe('heat maps of projections', () => {
  it('one panel per arm with a cell per projection and layer, in points, on one scale', () => {
    expect([hasModules(plain.shapley), hasModules(modules.shapley)]).toEqual([false, true]);
    const panels = finalPanels(modules, 'accuracy');
    const build = heatmapPlot({ columns: 1, panels }, 'accuracy', modules.config);
    const cells = marksOf(build, 'cells');
    expect(cells).toHaveLength(2);
    for (const { y } of build(480).panels) expect(y).toMatchObject({ names: ['q', 'v'] });
    for (const { values, range } of cells) {
      expect(values.map((row) => row.length)).toEqual([12, 12]);
      expect(range).toEqual(cells[0].range);
      expect(Math.max(...values.flat().map((value) => Math.abs(value ?? NaN)))).toBeLessThanOrEqual(range[1]);
    }
    expect(cells[0].reading(1, 2)).toMatch(/^LoRA, v of layer 3: −?\d+\.\d\d ± \d+\.\d\d points$/);
    const lora = modules.shapley.filter(({ arm }) => arm === 'lora');
    const top = (100 * (lora[0].accuracy[0] + lora[1].accuracy[0])) / 2;
    expect(cells[0].values[0][0]).toBeCloseTo(top, 9);
    expect(heatTable(panels, 'loss').rows).toHaveLength(2 * 24);
  });
});

describe('evolution', () => {
  it('has a panel per arm and step, the trained adapter last, and nothing where nothing was analysed', () => {
    expect(evolutionPanels(plain, 'accuracy')).toEqual([]);
    expect(evolutionCaption(plain)).toBe('');
    const arms = evolutionPanels(modules, 'loss');
    expect(arms.map((panels) => panels.map(({ title }) => title))).toEqual([
      ['LoRA, step 200', 'LoRA, step 400', 'LoRA, step 600'],
      ['CopRA, step 200', 'CopRA, step 400', 'CopRA, step 600'],
    ]);
    expect(marksOf(evolutionBars(arms, 'loss', modules.config), 'bars')).toHaveLength(6);
    expect(evolutionCaption(modules)).toMatch(/LoRA – → 50\u00a0% → \d+\u00a0%; CopRA/);
    const without = (lacks: (arm: string) => boolean): string =>
      evolutionCaption({
        ...modules,
        shapley: modules.shapley.map((entry) =>
          lacks(entry.arm)
            ? {
                ...entry,
                topThirdShare: null,
                evolution: entry.evolution?.map((stage) => ({ ...stage, topThirdShare: null })),
              }
            : entry,
        ),
      });
    expect(without((arm) => arm === 'copra')).toMatch(/LoRA – → [^;]*; no layer of CopRA carries credit\.$/);
    expect(without(() => true)).toBe('No layer of LoRA or CopRA carries credit at any step.');
  });

  it('has no row for an arm of which only the trained adapter is analysed, and empty panels for stages still to come', () => {
    const stagesOf = (counts: Readonly<Record<string, number>>) => ({
      ...modules,
      shapley: modules.shapley.map(({ evolution, ...entry }) =>
        evolution && counts[entry.arm] > 0 ? { ...entry, evolution: evolution.slice(0, counts[entry.arm]) } : entry,
      ),
    });
    const first = stagesOf({ lora: 2, copra: 0 });
    expect(evolutionPanels(first, 'accuracy').map(([{ arm }]) => arm)).toEqual(['lora']);
    expect(evolutionCaption(first)).not.toContain('CopRA');

    const later = stagesOf({ lora: 2, copra: 1 });
    const arms = evolutionPanels(later, 'accuracy');
    expect(arms.map((panels) => panels.length)).toEqual([3, 3]);
    const bars = marksOf(evolutionBars(arms, 'accuracy', later.config), 'bars');
    const known = bars.map(({ series: [{ values }] }) => values.filter((value) => value !== null).length);
    expect(known).toEqual([24, 24, 24, 24, 0, 24]);
    const maps = marksOf(heatmapPlot({ columns: 3, panels: arms.flat() }, 'accuracy', later.config), 'cells');
    expect(maps[4].values.flat().every((value) => value === null)).toBe(true);
    expect(maps[4].reading(0, 0)).toBe('');
    const steps = heatTable(arms.flat(), 'accuracy').rows.map(([panel]) => panel);
    expect(new Set(steps)).not.toContain('CopRA, step 400');
  });
});

describe('interactions', () => {
  it('are a symmetric matrix per arm, without a diagonal, with lines between the towers', () => {
    const build = interactionsPlot(both, 'accuracy')!;
    const cells = marksOf(build, 'cells');
    expect(cells).toHaveLength(2);
    for (const { values } of cells)
      values.forEach((row, i) => row.forEach((value, j) => expect(value).toBe(i === j ? null : values[j][i])));
    expect(marksOf(build, 'level').map(({ axis, at }) => [axis, at])).toEqual([
      ['x', 11.5],
      ['y', 11.5],
      ['x', 11.5],
      ['y', 11.5],
    ]);
    const [{ everyCoalition }, other] = both.shapley;
    const first = (everyCoalition!.interactions.accuracy[0] + other.everyCoalition!.interactions.accuracy[0]) / 2;
    expect(cells[0].values[0][1]).toBeCloseTo(100 * first, 9);
    expect(cells[0].reading(1, 12)).toMatch(/^LoRA, layers V2 and T1: −?\d\.\d\d ± \d\.\d\d points$/);
    expect(cells[0].reading(1, 1)).toBe('');
    expect(interactionsTable(both, 'loss').rows).toHaveLength(2 * 120);
    expect(interactionsPlot(plain, 'accuracy')).toBeNull();
    expect(interactionsCaption(plain)).toBe('');
  });

  it('of one tower have no lines, and are read with their mean', () => {
    const one = withEveryCoalition(plain);
    expect(marksOf(interactionsPlot(one, 'loss')!, 'level')).toEqual([]);
    expect(interactionsCaption(one)).toMatch(
      /^Two layers together are worth 0\.\d\d points more than apart for LoRA and .*\(mean of 66 pairs; 2 seeds each, 64 test images\); /,
    );
  });
});

describe('sets of layers', () => {
  it('run from no layer to all in three panels of one range, which all agree at their ends', () => {
    const build = layerSetsPlot(both, 'accuracy')!;
    const lines = marksOf(build, 'line');
    expect(lines.map(({ name }) => name)).toEqual([
      ...['LoRA', 'CopRA', 'LoRA', 'CopRA'],
      ...['LoRA, best set', 'LoRA, mean of all sets', 'CopRA, best set', 'CopRA, mean of all sets'],
    ]);
    for (const { x, y } of lines) {
      expect(x).toEqual(Array.from({ length: 17 }, (_, size) => size));
      expect(y[0]).toBeCloseTo(lines[0].y[0], 9);
    }
    const ranges = build(480).panels.map(({ y }) => (y.kind === 'names' ? null : y.range));
    expect(ranges).toEqual([ranges[0], ranges[0], ranges[0]]);
    expect(layerSetsTable(both).rows).toHaveLength(2 * 4 * 17);
    const one = layerSetsTable({ ...both, shapley: both.shapley.filter(({ seed }) => seed === both.shapley[0].seed) });
    expect(one.rows.every(([, , , , sd]) => sd === '–')).toBe(true);
    expect(setText(both.shapley[0].players, 0b1001000000000001)).toBe('V1 T1 T4');
    expect(layerSetsCaption(both).reading).toMatch(/^With 8 of 16 layers on, LoRA has \d+\.\d\u00a0% with the first, /);
    expect(layerSetsPlot(plain, 'accuracy')).toBeNull();
  });

  it('count the layers of every arm where these adapt different towers', () => {
    const vision = withEveryCoalition(plain);
    const mixed = {
      ...both,
      shapley: [
        ...both.shapley.filter(({ arm }) => arm === 'lora'),
        ...vision.shapley.filter(({ arm }) => arm === 'copra'),
      ],
    };
    const headingOf = (result: typeof both) => {
      const [{ x }] = layerSetsPlot(result, 'accuracy')!(480).panels;
      return x.kind === 'names' ? undefined : x.heading?.('12');
    };
    expect([headingOf(both), headingOf(mixed)]).toEqual(['12 of 16 layers on', 'layers on: 12']);
    expect(layerSetsCaption(mixed).reading).toMatch(
      /^With 8 of 16 layers on, LoRA has .* with 6 of 12 layers on, CopRA has /,
    );
    expect(layerSetsCaption(mixed).reading).not.toContain('– %');
    expect(interactionsCaption(mixed)).toContain('mean of 120 and 66 pairs');
    expect(shapleyMeta(plain)).toMatch(/exact, 4,096 coalitions · /);
    const sampled = plain.shapley.map((run) =>
      run.arm === 'lora' ? run : { ...run, estimator: 'odd' as const, coalitions: 512 },
    );
    expect(shapleyMeta({ ...plain, shapley: sampled })).toContain(
      'LoRA: exact, 4,096 coalitions · CopRA: paired + odd order 3, 512 coalitions',
    );
  });
});
