import { describe, expect, it } from 'vitest';
import { studyResultFixture } from '../../../tests/fixtures/study-result.ts';
import type { StudyResult } from '../../study/result/result.ts';
import type { BuildFigure } from '../charts/Chart.tsx';
import { chartTheme as theme } from '../../../tests/fixtures/chart-theme.ts';
import { curvesPlot, curvesTable } from '../live/curves-plot.ts';
import { landscapePlot, landscapeTable } from './landscape/landscape-plot.ts';
import { maskName } from './pruning/mask-names.ts';
import { structuredPlot, structuredTable, unstructuredPlot, unstructuredTable } from './pruning/pruning-plot.ts';
import { shapleyPlot, shapleyTable } from './shapley/shapley-plot.ts';

const builders = (result: StudyResult): Record<string, BuildFigure | null> => ({
  curves: curvesPlot(result),
  landscape: landscapePlot(result, 'accuracy'),
  landscapeLoss: landscapePlot(result, 'loss'),
  shapley: shapleyPlot(result, 'accuracy'),
  structured: structuredPlot(result, 'accuracy'),
  retained: structuredPlot(result, 'retained'),
  unstructured: unstructuredPlot(result),
});

/** Every number a trace draws. */
function drawn(figure: ReturnType<BuildFigure>): unknown[] {
  return figure.data.flatMap((trace) => [trace.x, trace.y].flatMap((values) => values as unknown[]));
}

describe('figures', () => {
  const result = studyResultFixture();

  it.each(Object.entries(builders(result)))('%s draws finite values, at most 500 points a line', (_, build) => {
    const figure = build?.(theme, 500);
    if (!figure) throw new Error('nothing drawn');
    for (const value of drawn(figure))
      expect(typeof value === 'number' ? Number.isFinite(value) : typeof value).toBeTruthy();
    for (const trace of figure.data) if (trace.mode) expect((trace.x as unknown[]).length).toBeLessThanOrEqual(1000);
  });

  it('names every arm in every figure', () => {
    for (const build of Object.values(builders(result))) {
      const names = new Set(build?.(theme, 500).data.map((trace) => trace.name));
      for (const arm of result.config.arms) expect(names).toContain(arm.name);
    }
  });

  it('give values that are zero up to rounding an axis that people can read', () => {
    const shapley = result.shapley.map((entry) => ({
      ...entry,
      accuracy: entry.accuracy.map((_, i) => (i % 2 === 0 ? 3e-15 : -2e-16)),
      accuracyError: entry.accuracyError.map(() => 0),
    }));
    expect(shapleyPlot({ ...result, shapley }, 'accuracy')?.(theme, 500).layout.yaxis).toMatchObject({
      range: [-1, 1],
    });
  });

  it('wait while there is nothing to draw', () => {
    const empty = { ...result, runs: [], landscape: [], shapley: [], pruning: [] };
    expect(Object.values(builders(empty)).every((build) => build === null)).toBe(true);
  });

  it('draw a study of which only the first arm is done', () => {
    const first = <T extends { arm: string }>(list: T[]) => list.filter(({ arm }) => arm === result.config.arms[0].id);
    const half = {
      ...result,
      runs: first(result.runs),
      landscape: first(result.landscape).slice(0, 1),
      shapley: first(result.shapley),
      pruning: first(result.pruning),
    };
    for (const build of Object.values(builders(half))) expect(build?.(theme, 500).data.length).toBeGreaterThan(0);
  });
});

describe('tables', () => {
  it('hold a row per number and as many cells as the head', () => {
    const result = studyResultFixture();
    const tables = [curvesTable, landscapeTable, shapleyTable, structuredTable, unstructuredTable].map((make) =>
      make(result),
    );
    for (const { head, rows } of tables) {
      expect(rows.length).toBeGreaterThan(0);
      for (const row of rows) expect(row).toHaveLength(head.length);
      expect(rows.flat().some((cell) => cell.includes('NaN'))).toBe(false);
    }
  });
});

describe('names of masks', () => {
  it('say what is kept, or how many layers went', () => {
    expect(maskName('even')).toBe('Layers 1, 3, 5 …');
    expect(maskName('shapley-6')).toBe('−6 lowest Shapley');
    expect(maskName('something-new')).toBe('something-new');
  });
});
