import { describe, expect, it } from 'vitest';
import { studyResultFixture, withModules } from '../../../../tests/fixtures/study-result.ts';
import type { ChartTheme } from '../../charts/theme.ts';
import { evolutionBars, evolutionPanels } from './evolution-plot.ts';
import { evolutionCaption } from './evolution-caption.ts';
import { finalPanels, hasModules, heatmapPlot, heatTable } from './heatmap-plot.ts';

const theme = { ink: '#000', surface: '#fff', line: '#ccc', ink2: '#222', ink3: '#333', reference: '#888', font: 'f' };
const chartTheme = { ...theme, arm: (token: string) => token } as unknown as ChartTheme;
const plain = studyResultFixture({ seed: 2 });
const modules = withModules(plain, 'odd');

describe('heat maps of projections', () => {
  it('one panel per arm with a cell per projection and layer, in points, on one scale', () => {
    expect([hasModules(plain.shapley), hasModules(modules.shapley)]).toEqual([false, true]);
    const panels = finalPanels(modules, 'accuracy');
    const { data } = heatmapPlot({ columns: 1, panels }, 'accuracy', modules.config)(chartTheme, 480);
    expect(data).toHaveLength(2);
    for (const trace of data) {
      expect(trace.y).toEqual(['q', 'v']);
      const z = trace.z as number[][];
      expect(z.map((row) => row.length)).toEqual([12, 12]);
      expect(trace.zmax).toBe(data[0].zmax);
      expect(Math.max(...z.flat().map(Math.abs))).toBeLessThanOrEqual(trace.zmax as number);
    }
    const lora = modules.shapley.filter(({ arm }) => arm === 'lora');
    const top = (100 * (lora[0].accuracy[0] + lora[1].accuracy[0])) / 2;
    expect((data[0].z as number[][])[0][0]).toBeCloseTo(top, 9);
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
    expect(evolutionBars(arms, 'loss', modules.config)(chartTheme, 380).data).toHaveLength(6);
    expect(evolutionCaption(modules)).toMatch(/LoRA – → 50\u00a0% → \d+\u00a0%; CopRA/);
  });
});
