import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { chartTheme as theme } from '../../../../tests/fixtures/chart-theme.ts';
import { studyResultFixture } from '../../../../tests/fixtures/study-result.ts';
import { landscapePlot } from '../../analyses/landscape/landscape-plot.ts';
import { shapleyPlot } from '../../analyses/shapley/shapley-plot.ts';
import type { BarSeries, Figure, Mark, NumberAxis } from '../figure.ts';
import { scalesOf } from '../scales/scales.ts';
import { FigurePicture } from './FigurePicture.tsx';
import { inLines } from './legend.ts';
import { StandalonePicture } from './StandalonePicture.tsx';

const WIDTH = 500;
const HEIGHT = 300;

const svgOf = (figure: Figure): string =>
  renderToStaticMarkup(<FigurePicture figure={figure} theme={theme} width={WIDTH} height={HEIGHT} />);

const result = studyResultFixture();
const margin = { left: 50, right: 50, top: 50, bottom: 50 };
const x: NumberAxis = { kind: 'linear', range: [0, 10] };

const figureOf = (mark: Mark, axes: Partial<Figure['panels'][number]> = {}): Figure => ({
  margin,
  pointer: 'nearest',
  panels: [{ x, y: x, marks: [mark], ...axes }],
});

/** Boxes of upright bars of a colour: their edges from the top. */
const boxes = (svg: string, colour: string): { top: number; height: number }[] => {
  const path = new RegExp(`fill="${colour.replace(/[()]/g, '\\$&')}"[^>]* d="([^"]+)"`).exec(svg)?.[1] ?? '';
  return [...path.matchAll(/M[\d.-]+,([\d.-]+)h[\d.-]+v([\d.]+)/g)].map(([, top, height]) => ({
    top: Number(top),
    height: Number(height),
  }));
};

describe('a picture', () => {
  it('has a bar per layer and arm, at the height of its value', () => {
    const figure = shapleyPlot(result, 'accuracy')!(WIDTH);
    const [{ y, panel }] = scalesOf(figure, WIDTH, HEIGHT);
    const series = panel.marks.flatMap((mark) => (mark.kind === 'bars' ? mark.series : []));
    expect(series).toHaveLength(2);
    const svg = svgOf(figure);
    for (const { colour, values } of series) {
      const drawn = boxes(svg, theme.colour(colour as `--${string}`));
      expect(drawn).toHaveLength(result.shapley[0].players.length);
      drawn.forEach(({ height }, i) => {
        const wanted = Math.max(1, Math.abs(y.place(values[i] ?? NaN) - y.place(0)));
        expect(Math.abs(height - wanted)).toBeLessThan(0.11);
      });
    }
  });

  it('writes numbers in lying bars only where they are as thick as a line', () => {
    const series: BarSeries[] = [
      {
        name: 'a',
        colour: '--ink',
        reading: () => '',
        values: [1, 2],
        texts: { size: 11, of: ['1.00', '2.00'] },
      },
    ];
    const drawnIn = (names: readonly string[]): string =>
      svgOf(figureOf({ kind: 'bars', lying: true, gap: 0.2, series }, { y: { kind: 'names', names, fromTop: true } }));
    expect(drawnIn(['a', 'b'])).toContain('1.00');
    expect(drawnIn(Array.from({ length: 20 }, String))).not.toContain('1.00');
  });

  it('stacks bars one on another', () => {
    const bar = (name: string, values: number[], colour: BarSeries['colour']): BarSeries => ({
      name,
      values,
      colour,
      reading: () => '',
    });
    const series = [bar('a', [2, 4], 'rgb(1, 1, 1)'), bar('b', [3, 6], 'rgb(2, 2, 2)')];
    const svg = svgOf(
      figureOf({ kind: 'bars', stacked: true, gap: 0.5, series }, { x: { kind: 'names', names: ['p', 'q'] } }),
    );
    // The panel is 200 pixels high, from 50 to 250, for values from 0 to 10.
    expect(boxes(svg, 'rgb(1, 1, 1)')).toEqual([
      { top: 210, height: 40 },
      { top: 170, height: 80 },
    ]);
    expect(boxes(svg, 'rgb(2, 2, 2)')).toEqual([
      { top: 150, height: 60 },
      { top: 50, height: 120 },
    ]);
  });

  it('places values of a logarithmic axis by their logarithm, with powers of ten as ticks', () => {
    const line: Mark = {
      kind: 'line',
      x: [1, 5, 10],
      y: [0.01, 1, 100],
      colour: 'rgb(1, 2, 3)',
      width: 1,
      dash: 'solid',
    };
    const svg = svgOf(figureOf(line, { y: { kind: 'log', range: [0.01, 100] } }));
    expect(svg).toContain('d="M90,250L250,150L450,50"');
    for (const text of ['10⁻²', '10⁰', '10²']) expect(svg).toContain(`>${text}<`);
  });

  it('makes units of both axes equally long: a given range shrinks its panel, an open one fills it', () => {
    const points: Mark = {
      kind: 'points',
      points: [0, 10].map((at) => ({ x: at, y: at, shape: 'circle', size: 5, colour: '--ink' })),
      reading: () => '',
    };
    const [given] = scalesOf(figureOf(points, { equalUnits: true }), WIDTH, HEIGHT);
    expect([given.x.start, given.x.length, given.y.length]).toEqual([150, 200, 200]);
    const open: NumberAxis = { kind: 'linear' };
    const [filled] = scalesOf(figureOf(points, { x: open, y: open, equalUnits: true }), WIDTH, HEIGHT);
    expect([filled.x.length, filled.y.length]).toEqual([400, 200]);
    expect(filled.x.place(1) - filled.x.place(0)).toBeCloseTo(filled.y.place(0) - filled.y.place(1), 9);
  });

  it('colours a contour from its lowest value to its highest, and a bar says which colour is which', () => {
    const scale = [
      [0, 'rgb(0, 0, 0)'],
      [1, 'rgb(240, 240, 240)'],
    ] as const;
    const contour: Mark = {
      kind: 'contour',
      x: [0, 10],
      y: [0, 10],
      range: [0, 12],
      scale,
      steps: 3,
      reading: () => '',
      values: [
        [0, 12],
        [0, 12],
      ],
    };
    const svg = svgOf({ ...figureOf(contour), colourBar: { scale, range: [0, 12], share: 1 } });
    const shades = [...svg.matchAll(/d="(M[^"]+Z)" fill="rgb\((\d+), /g)];
    // Twelve shades, each from where its value begins to the right edge at 450.
    expect(shades.map(([, , grey]) => Number(grey))).toEqual(Array.from({ length: 12 }, (_, i) => 10 + 20 * i));
    shades.forEach(([, d], i) => {
      const across = [...d.matchAll(/[ML]([\d.]+),/g)].map(([, at]) => Number(at));
      expect(Math.min(...across)).toBeCloseTo(50 + (400 * i) / 12, 0);
      expect(Math.max(...across)).toBe(450);
    });
    for (const text of ['0', '5', '10']) expect(svg).toContain(`>${text}</text>`);
  });

  it('shows names as they are, also on its own, where title and legend are part of it', () => {
    const arms = result.config.arms.map((arm) => ({ ...arm, name: '<b>A & B' }));
    const figure = landscapePlot({ ...result, config: { ...result.config, arms } }, 'accuracy')!(WIDTH);
    const alone = renderToStaticMarkup(
      <StandalonePicture
        figure={figure}
        theme={theme}
        title="Landscape"
        meta="64 images · 6 seeds"
        width={WIDTH}
        height={HEIGHT}
      />,
    );
    expect(alone).toContain('>Landscape</text>');
    expect(alone).toContain('>64 images · 6 seeds</text>');
    // Both arms have this name; a legend says it once.
    expect(alone.match(/>&lt;b&gt;A &amp; B<\/text>/g)).toHaveLength(1);
    expect(alone).not.toContain('<b>');
  });

  it('has what it is over in lines that its width holds', () => {
    const facts = Array.from({ length: 12 }, (_, i) => `${i + 1} images`).join(' · ');
    const lines = inLines(facts, WIDTH);
    expect(lines.length).toBeGreaterThan(1);
    expect(lines.join(' ')).toBe(facts);
    for (const line of lines) expect(line.length).toBeLessThan(WIDTH / 6);
    expect(inLines('', WIDTH)).toEqual([]);
  });
});
