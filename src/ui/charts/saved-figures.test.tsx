/**
 * Every figure of every saved result as a picture, against the one that is kept in tests/figures/, where a change of a figure is seen.
 * `npx vitest run saved-figures -u` writes them anew.
 */
import { readdirSync } from 'node:fs';
import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { readSaved } from '../../../scripts/figures/saved.ts';
import { chartTheme as theme } from '../../../tests/fixtures/chart-theme.ts';
import { readText } from '../../../tests/support/files.ts';
import { PRESETS } from '../../study/presets/presets.ts';
import { DIGIT, TICK_SIZE } from './looks.ts';
import { StandalonePicture } from './picture/StandalonePicture.tsx';
import { longestLine, scalesOf } from './scales/scales.ts';
import { figuresOf, madeFigures, WIDTH } from './test-figures.ts';

const FOLDER = 'tests/figures';

/** That of a chart on the narrowest phones. */
const NARROWEST = 260;

const STUDIES = [
  ...PRESETS.filter(({ saved }) => saved).map((preset) => ({
    id: preset.id,
    title: preset.name,
    figures: figuresOf(readSaved(preset)),
  })),
  { id: 'made', title: 'Made for a test', figures: madeFigures() },
];

const PICTURES = STUDIES.flatMap(({ id, title, figures }) =>
  Object.entries(figures).flatMap(([name, { of, build, height }]) =>
    build ? [{ file: `${id}/${name}.svg`, title, of, build, height }] : [],
  ),
);

/** A line per element. */
const inLines = (svg: string): string => `${svg.replaceAll('><', '>\n<')}\n`;

describe('the picture', () => {
  it.each(PICTURES)('$file is as it was', async ({ file, title, build, height }) => {
    const picture = { figure: build(WIDTH), theme, title, width: WIDTH, height };
    const svg = renderToStaticMarkup(<StandalonePicture {...picture} />);
    expect(svg).not.toMatch(/NaN|Infinity|undefined/);
    await expect(inLines(svg)).toMatchFileSnapshot(`../../../${FOLDER}/${file}`);
  });
});

describe('pictures', () => {
  it('are kept of every builder of figures', () => {
    const sources = readdirSync('src/ui', { recursive: true, encoding: 'utf8' }).filter((file) =>
      file.endsWith('-plot.ts'),
    );
    const builders = sources.flatMap((file) =>
      [...readText(`src/ui/${file}`).matchAll(/^export function (\w+)\((?:(?!^\})[^])*?\): BuildFigure/gm)].map(
        ([, name]) => name,
      ),
    );
    expect(builders).toContain('landscapePlot');
    expect(new Set(PICTURES.map(({ of }) => of))).toEqual(new Set(builders));
  });

  it('have room for every label below an axis, in any width, as Plotly leaves out one that has none', () => {
    const cut = PICTURES.flatMap(({ file, build, height }) =>
      [NARROWEST, WIDTH].flatMap((width) =>
        scalesOf(build(width), width, height).flatMap(({ x: { axis, ticks } }) =>
          axis.labels === false || axis.slanted || axis.kind === 'names'
            ? []
            : ticks
                .map((tick) => ({ ...tick, half: (longestLine([tick]) * DIGIT * TICK_SIZE) / 2 }))
                .filter(({ at, half }) => at - half < 0 || at + half > width)
                .map(({ lines }) => `${file}, ${width} px: ${lines.join(' ')}`),
        ),
      ),
    );
    expect(cut).toEqual([]);
  });

  it('have axes of accuracies that end at 100 %', () => {
    const axes = PICTURES.flatMap(({ file, build }) =>
      build(WIDTH).panels.flatMap(({ x, y, title = '' }) => [
        { file, axis: x, title: x.title },
        { file, axis: y, title: y.title ?? title },
      ]),
    ).filter(({ axis, title = '' }) => axis.kind !== 'names' && /accuracy[^,]*, %/i.test(title));
    expect(axes.length).toBeGreaterThan(50);
    const open = axes.filter(({ axis }) => axis.kind === 'names' || axis.limits?.[1] !== 100);
    expect(open.map(({ file, title }) => `${file}: ${title}`)).toEqual([]);
  });

  it('name their reference lines', () => {
    // Of the end of a ramp the axis says what it is.
    const nameless = PICTURES.flatMap(({ file, build }) =>
      build(WIDTH).panels.flatMap(({ marks }) =>
        marks.flatMap((mark) => (mark.kind === 'level' && mark.dash !== 'solid' && !mark.name ? [file] : [])),
      ),
    ).filter((file) => !/\/training\.svg$/.test(file));
    expect([...new Set(nameless)]).toEqual([]);
  });

  it('are kept of nothing else', () => {
    const kept = readdirSync(FOLDER, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.svg'));
    expect(kept.sort()).toEqual(PICTURES.map(({ file }) => file).sort());
  });
});
