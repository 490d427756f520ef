import { afterEach, describe, expect, it } from 'vitest';
import { speak, speakEnglish } from '../../../core/language/catalogue.ts';
import { chartTheme as theme } from '../../../../tests/fixtures/chart-theme.ts';
import { withGeometry } from '../../../../tests/fixtures/geometry-result.ts';
import { multitaskFixture } from '../../../../tests/fixtures/multitask.ts';
import { studyResultFixture } from '../../../../tests/fixtures/study-result.ts';
import { landscapePlot } from '../../analyses/landscape/landscape-plot.ts';
import { multitaskPlot } from '../../analyses/multitask/multitask-plot.ts';
import { planePlot } from '../../analyses/plane/plane-plot.ts';
import { comparisonPlot } from '../../analyses/shapley/comparison-plot.ts';
import { shapleyPlot } from '../../analyses/shapley/shapley-plot.ts';
import type { Figure } from '../figure.ts';
import { scalesOf } from '../scales/scales.ts';
import { plotlyFigure } from './plotly-figure.ts';

const result = withGeometry(studyResultFixture());
const size = { width: 600, height: 300 };

afterEach(speakEnglish);

describe('a figure handed to Plotly', () => {
  it('has the ranges, ticks and panels of its picture', () => {
    const figure = planePlot(result, 'accuracy')!(size.width);
    const { layout } = plotlyFigure(figure, theme, size);
    scalesOf(figure, size.width, size.height).forEach(({ x, y }, i) => {
      const name = i === 0 ? '' : String(i + 1);
      expect(layout[`xaxis${name}`]).toMatchObject({
        range: x.range,
        tickvals: x.ticks.map(({ value }) => value),
        ticktext: x.ticks.map(({ lines }) => lines.join('')),
      });
      const { domain } = layout[`yaxis${name}`] as { domain: [number, number] };
      const { top, bottom } = figure.margin;
      const inner = size.height - top - bottom;
      expect(top + (1 - domain[1]) * inner).toBeCloseTo(y.start, 9);
      expect((domain[1] - domain[0]) * inner).toBeCloseTo(y.length, 9);
    });
  });

  it('is read as the builder says, names as they are', () => {
    const [arm, ...others] = result.config.arms;
    const config = { ...result.config, arms: [{ ...arm, name: '<b>A %{x}' }, ...others] };
    const { data, layout } = plotlyFigure(landscapePlot({ ...result, config }, 'accuracy')!(600), theme, size);
    const texts = data.flatMap(({ text }) => (text ?? []) as string[]);
    expect(texts[0]).toMatch(/^&lt;b&gt;A %\u200b\{x\} \d+\.\d %$/);
    expect(layout).toMatchObject({
      hovermode: 'x unified',
      xaxis: { unifiedhovertitle: { text: 'λ = %{x:,.3~f}' } },
    });
    const bars = plotlyFigure(shapleyPlot(result, 'accuracy')!(600), theme, size);
    expect(bars.layout).toMatchObject({ xaxis: { type: 'category', unifiedhovertitle: { text: 'layer %{x}' } } });
  });

  it('has numbers of the spoken language, also those that Plotly writes itself', () => {
    speak('de', () => null);
    const { layout } = plotlyFigure(landscapePlot(result, 'loss')!(600), theme, size);
    expect(layout).toMatchObject({ separators: ',.', xaxis: { unifiedhovertitle: { text: 'λ = %{x:,.3~f}' } } });
    const { ticktext } = layout.yaxis as { ticktext: string[] };
    expect(ticktext.join(' ')).toMatch(/^[\d,. ]*\d,\d[\d,. ]*$/);
    expect(ticktext.join(' ')).not.toContain('.');
  });

  it('has the logarithm of a range where the axis is one, and values as they are', () => {
    const spread = [0.01, 1, 100].map((mean) => ({ mean, sd: null, n: 1 }));
    const estimators = [{ id: 'odd', name: 'paired', error: spread, spearman: spread }] as const;
    const figure = comparisonPlot({ budgets: [64, 256, 1024], seeds: 1, estimators })(600);
    const { layout } = plotlyFigure(figure, theme, size);
    const { type, range, tickvals } = layout.yaxis as { type: string; range: number[]; tickvals: number[] };
    expect([type, ...range.map(Math.round)]).toEqual(['log', -2, 2]);
    expect(tickvals).toEqual([0.01, 0.1, 1, 10, 100]);
  });

  it('has a category of its own for every name, none of which Plotly reads as a place', () => {
    const named = (names: readonly string[]): Figure => ({
      margin: { left: 30, right: 10, top: 10, bottom: 30 },
      pointer: 'nearest',
      panels: [
        {
          x: { kind: 'names', names: ['1', '2', '3'], ticks: [0, 2] },
          y: { kind: 'names', names, fromTop: true },
          marks: [
            {
              kind: 'cells',
              values: names.map((_, row) => [row, row, row]),
              range: [0, 1],
              scale: [
                [0, '--surface'],
                [1, '--ink'],
              ],
              gap: 0,
              reading: (row, column) => `${row} ${column}`,
            },
            {
              kind: 'bars',
              gap: 0,
              series: [{ name: 'bars', values: [0, 1, 2], colour: '--ink', reading: String }],
            },
          ],
        },
      ],
    });
    for (const names of [['', '', ''], ['cat', 'cat\u200b', '<i>', 'cat'], ['a']]) {
      const { data, layout } = plotlyFigure(named(names), theme, size);
      const [cells, bars] = data as unknown as { x: string[]; y: string[] }[];
      const { x, y } = { x: layout.xaxis, y: layout.yaxis } as Record<
        'x' | 'y',
        { categoryarray: string[]; tickvals: string[]; ticktext: string[] }
      >;
      expect(x.ticktext).toEqual(['1', '3']);
      expect(x.tickvals).toEqual([x.categoryarray[0], x.categoryarray[2]]);
      expect([cells.x, cells.y, bars.x]).toEqual([x.categoryarray, y.categoryarray, x.categoryarray]);
      for (const { categoryarray } of [x, y]) {
        expect(new Set(categoryarray).size).toBe(categoryarray.length);
        expect(categoryarray.filter((key) => !Number.isNaN(Number(key)))).toEqual([]);
      }
    }
  });

  it('has the numbers of a bar of colours at their colours, also where the bar is in percent and the values are shares', () => {
    const scale = [
      [0, '--surface'],
      [1, '--ink'],
    ] as const;
    const figure: Figure = {
      margin: { left: 30, right: 80, top: 10, bottom: 30 },
      pointer: 'nearest',
      colourBar: { scale, range: [-40, 40], share: 1 },
      panels: [
        {
          x: { kind: 'names', names: ['a'] },
          y: { kind: 'names', names: ['b'] },
          marks: [{ kind: 'cells', values: [[0.1]], range: [-0.4, 0.4], scale, gap: 0, reading: String }],
        },
      ],
    };
    const [{ colorbar }] = plotlyFigure(figure, theme, size).data as unknown as {
      colorbar: { tickvals: number[]; ticktext: string[] };
    }[];
    expect(colorbar.ticktext).toEqual(['−40', '−20', '0', '20', '40']);
    colorbar.tickvals.forEach((value, i) => expect(value).toBeCloseTo([-0.4, -0.2, 0, 0.2, 0.4][i], 9));
  });

  it('draws levels that come before all else below it, and those that come after it above', () => {
    const { layout } = plotlyFigure(shapleyPlot(result, 'accuracy')!(600), theme, size);
    expect(layout.shapes).toEqual([expect.objectContaining({ layer: 'below', y0: 0, y1: 0, xref: 'x domain' })]);
  });

  it('writes wrapped names in lines, first at the top, and gives one panel the bar of colours', () => {
    const multitask = multitaskFixture(2);
    const tasks = multitask.tasks.map((task) => ({ ...task, name: 'Animals, plants & more' }));
    const lying = multitaskPlot({ ...result, multitask: { ...multitask, tasks } }, 'ensemble', 'own')!(400);
    const { yaxis } = plotlyFigure(lying, theme, size).layout as { yaxis: { ticktext: string[]; range: number[] } };
    expect(yaxis.ticktext[0]).toBe('Animals,<br>plants &amp; more');
    expect(yaxis.range).toEqual([4.5, -0.5]);
    const { data } = plotlyFigure(planePlot(result, 'loss')!(600), theme, size);
    const contours = data.filter(({ type }) => type === 'contour');
    expect(contours.map(({ showscale }) => showscale)).toEqual([false, true]);
  });
});
