import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { studyResultFixture } from '../../../../tests/fixtures/study-result.ts';
import { curvesPlot } from '../../live/curves-plot.ts';
import { landscapePlot } from '../../results/landscape/landscape-plot.ts';
import { structuredPlot, unstructuredPlot } from '../../results/pruning/pruning-plot.ts';
import { shapleyPlot } from '../../results/shapley/shapley-plot.ts';
import type { BuildFigure } from '../Chart.tsx';
import type { Figure } from '../plotly.ts';
import { chartTheme } from '../../../../tests/fixtures/chart-theme.ts';
import { pictureOf } from './picture.tsx';

const theme = { ...chartTheme, arm: (token: string) => `var(${token})` };

const WIDTH = 500;
const HEIGHT = 300;

function drawn(build: BuildFigure | null): { figure: Figure; svg: string; layout: Record<string, unknown> } {
  const figure = build?.(theme, WIDTH);
  const picture = figure && pictureOf(figure, WIDTH, HEIGHT);
  if (!figure || !picture) throw new Error('no picture');
  return { figure, svg: renderToStaticMarkup(picture.element), layout: picture.layout };
}

const result = studyResultFixture();
const count = (svg: string, part: string): number => svg.split(part).length - 1;

describe('a picture', () => {
  it.each(
    Object.entries({
      curves: curvesPlot(result),
      landscape: landscapePlot(result, 'accuracy'),
      landscapeLoss: landscapePlot(result, 'loss'),
      shapley: shapleyPlot(result, 'accuracy'),
      structured: structuredPlot(result, 'accuracy'),
      retained: structuredPlot(result, 'retained'),
      unstructured: unstructuredPlot(result),
    }),
  )('of the figure %s is whole: finite places, titles, colours of the arms', (_, build) => {
    const { svg, figure } = drawn(build);
    expect(svg).not.toMatch(/NaN|Infinity|undefined/);
    for (const note of (figure.layout.annotations ?? []) as { text: string }[]) expect(svg).toContain(`>${note.text}<`);
    expect(svg).toContain('var(--arm-0)');
    expect(svg).toContain('var(--arm-1)');
  });

  it('has a bar per layer and arm, at the height of its value', () => {
    const { svg, figure, layout } = drawn(shapleyPlot(result, 'accuracy'));
    const bars = figure.data.flatMap(({ y }) => y as number[]);
    expect(count(svg, 'fill="var(--arm-')).toBe(bars.length);
    const [low, high] = (layout.yaxis as { range: [number, number] }).range;
    const inner = HEIGHT - 8 - 42;
    const heights = [...svg.matchAll(/fill="var\(--arm-\d\)" d="M[\d.-]+,[\d.-]+h[\d.-]+v([\d.]+)/g)].map((match) =>
      Number(match[1]),
    );
    bars.forEach((value, i) =>
      expect(heights[i]).toBeCloseTo(Math.max(1, (inner * Math.abs(value)) / (high - low)), 1),
    );
  });

  it('hands Plotly its ranges and ticks', () => {
    const { layout } = drawn(shapleyPlot(result, 'accuracy'));
    expect(layout.yaxis).toMatchObject({ autorange: false, tick0: 0, dtick: expect.any(Number) as number });
    expect((layout.xaxis as { range: unknown }).range).toEqual([-0.5, result.shapley[0].players.length - 0.5]);
  });

  it('shows names as they are', () => {
    const named = {
      ...result,
      config: { ...result.config, arms: result.config.arms.map((arm) => ({ ...arm, name: '<b>A & B' })) },
    };
    expect(drawn(landscapePlot(named, 'accuracy')).svg).not.toContain('<b>');
  });

  it('is not drawn of what it does not know', () => {
    const figure = shapleyPlot(result, 'accuracy')?.(theme, WIDTH);
    if (!figure) throw new Error('no figure');
    const [first, ...others] = figure.data;
    const changed: Figure[] = [
      { ...figure, data: [{ ...first, type: 'contour' }] },
      { ...figure, data: [{ ...first, offset: 3 }, ...others] },
      { ...figure, layout: { ...figure.layout, barmode: 'stack' } },
      { ...figure, layout: { ...figure.layout, xaxis: { ...(figure.layout.xaxis as object), type: 'log' } } },
    ];
    for (const each of changed) expect(pictureOf(each, WIDTH, HEIGHT)).toBeNull();
  });
});
