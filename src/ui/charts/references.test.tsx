import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { studyResultFixture } from '../../../tests/fixtures/study-result.ts';
import { landscapePlot } from '../analyses/landscape/landscape-plot.ts';
import { pathPlot } from '../analyses/landscape/pictures/path-plot.ts';
import { structuredPlot, unstructuredPlot } from '../analyses/pruning/pruning-plot.ts';
import type { BuildFigure } from './figure.ts';
import { SOME_WIDTH } from './figure-size.ts';
import { CHARTS_WORDS } from './messages.ts';
import { referencesOf } from './picture/legend.ts';
import { ReferenceItems } from './ReferenceItems.tsx';

const fixture = studyResultFixture();
// So near to the curves that its line is drawn in every chart.
const { frozen, chance } = { frozen: 0.35, chance: 0.3 };
const result = {
  ...fixture,
  task: { ...fixture.task, chance, zeroShot: { ...fixture.task.zeroShot!, accuracy: frozen } },
};

const CHARTS: [name: string, build: BuildFigure | null][] = [
  ['landscape', landscapePlot(result, 'accuracy')],
  ['path pictures', pathPlot(result, { path: 'factor' }, null)],
  ['layers', structuredPlot(result, 'accuracy', false)],
  ['weights', unstructuredPlot(result)],
];

describe('lines that belong to no arm', () => {
  it.each(CHARTS)('%s: chance is drawn and named on the page', (_, build) => {
    expect(referencesOf(build!(SOME_WIDTH)).map(({ name }) => name)).toContain(CHARTS_WORDS.references.chance);
    const legend = renderToStaticMarkup(<ReferenceItems build={build} />);
    expect(legend).toContain(CHARTS_WORDS.references.chance);
    expect(legend).toContain(CHARTS_WORDS.references['zero-shot']);
  });

  it.each(CHARTS)('%s: no two of them look the same', (_, build) => {
    const dashes = referencesOf(build!(SOME_WIDTH)).map(({ of }) => of.dash);
    expect(new Set(dashes).size).toBe(dashes.length);
  });

  it('have no legend where there are none', () => {
    expect(renderToStaticMarkup(<ReferenceItems build={landscapePlot(result, 'loss')} />)).not.toContain('chance');
    expect(renderToStaticMarkup(<ReferenceItems build={null} />)).toBe('');
  });
});
