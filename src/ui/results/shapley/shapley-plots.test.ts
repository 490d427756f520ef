import { describe, expect, it } from 'vitest';
import { studyResultFixture, withModules } from '../../../../tests/fixtures/study-result.ts';
import type { BuildFigure, Mark } from '../../charts/figure.ts';
import { evolutionBars, evolutionPanels } from './evolution-plot.ts';
import { evolutionCaption } from './evolution-caption.ts';
import { finalPanels, hasModules, heatmapPlot, heatTable } from './heatmap-plot.ts';

const marksOf = <K extends Mark['kind']>(build: BuildFigure, kind: K): Extract<Mark, { kind: K }>[] =>
  build(480)
    .panels.flatMap(({ marks }) => marks)
    .filter((mark): mark is Extract<Mark, { kind: K }> => mark.kind === kind);

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
  });
});
