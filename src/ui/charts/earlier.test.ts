import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { federatedFixture } from '../../../tests/fixtures/federated.ts';
import { withGeometry } from '../../../tests/fixtures/geometry-result.ts';
import { withPathAnswers } from '../../../tests/fixtures/path-answers.ts';
import { withPredictions } from '../../../tests/fixtures/predictions.ts';
import { withSharpness } from '../../../tests/fixtures/sharpness-result.ts';
import { studyResultFixture, withEveryCoalition } from '../../../tests/fixtures/study-result.ts';
import { withTimeline } from '../../../tests/fixtures/timeline-result.ts';
import { ROUND_MEASURES, roundsPlot } from '../analyses/federated/rounds-plot.ts';
import { landscapePlot } from '../analyses/landscape/landscape-plot.ts';
import { classPanels, classPathsPlot } from '../analyses/landscape/pictures/class-paths-plot.ts';
import { pathPlot } from '../analyses/landscape/pictures/path-plot.ts';
import { layerSetsPlot } from '../analyses/shapley/layer-sets-plot.ts';
import { sharpnessPlot } from '../analyses/sharpness/sharpness-plot.ts';
import { TIMELINE_MEASURES, timelinePlot } from '../analyses/timeline/timeline-plot.ts';
import { curvesPlot } from '../live/curves-plot.ts';
import { OVER_STEPS } from '../results/budgets.ts';
import { METRICS } from '../results/names.ts';
import { withEarlier } from './earlier.ts';
import type { BuildFigure, Figure, LineMark } from './figure.ts';
import { CHARTS_WORDS } from './messages.ts';

const line = (x: readonly number[], y: readonly number[], name?: string): LineMark => ({
  kind: 'line',
  ...(name !== undefined && { name }),
  x,
  y,
  colour: '--arm-1',
  width: 2,
  dash: 'solid',
  band: x.map(() => 1),
  reading: () => 'value',
});

const figure = (marks: readonly LineMark[], range?: readonly [number, number], title = 'accuracy, %'): Figure => ({
  margin: { left: 0, right: 0, top: 0, bottom: 0 },
  pointer: 'x',
  panels: [
    {
      x: { kind: 'linear', range: [0, 10] },
      y: { kind: 'linear', title, ...(range && { range }) },
      marks,
    },
  ],
});

const curvesOf = ({ panels }: Figure) => panels.map(({ marks }) => marks.filter((mark) => mark.kind === 'line'));

describe('curves of an earlier result', () => {
  it('lie under the new ones, grey, silent, without a band, and have room', () => {
    const merged = withEarlier(
      figure([line([0, 10], [50, 60], 'LoRA')], [48, 62]),
      figure([line([0, 10], [20, 90], 'LoRA')]),
    );
    const [[under, own]] = curvesOf(merged);
    expect(under).toMatchObject({ name: CHARTS_WORDS.earlier, colour: '--reference', y: [20, 90] });
    expect(under).not.toHaveProperty('band');
    expect(under).not.toHaveProperty('reading');
    expect(own).toMatchObject({ name: 'LoRA', y: [50, 60] });
    expect(merged.panels[0].y).toMatchObject({ range: [20, 90] });
  });

  it('show of a longer training its first part', () => {
    const merged = withEarlier(
      figure([line([0, 10], [1, 2], 'LoRA')]),
      figure([line([0, 5, 10, 500], [1, 2, 3, 99], 'LoRA')]),
    );
    expect(curvesOf(merged)[0][0]).toMatchObject({ x: [0, 5, 10], y: [1, 2, 3] });
  });

  it('are left out where they show something else, or are no curves', () => {
    const now = figure([line([0, 10], [50, 60], 'LoRA')]);
    expect(withEarlier(now, figure([line([0, 10], [1, 2], 'LoRA')], undefined, 'loss, nats'))).toBe(now);
    expect(withEarlier(now, figure([line([0, 10], [1, 2])]))).toBe(now);
    expect(withEarlier(now, figure([line([0, 300], [1, 2], 'LoRA')]))).toBe(now);
    const two = { ...now, panels: [...now.panels, ...now.panels] };
    expect(withEarlier(now, two)).toBe(now);
  });

  it('never change what the study itself has found', () => {
    const curve = fc.array(fc.double({ min: -100, max: 100, noNaN: true }), { minLength: 2, maxLength: 6 });
    fc.assert(
      fc.property(curve, curve, (now, before) => {
        const own = figure([line([...now.keys()], now, 'LoRA')]);
        const merged = withEarlier(own, figure([line([...before.keys()], before, 'LoRA')]));
        expect(merged.panels[0].marks.slice(-1)).toEqual(own.panels[0].marks);
        expect(merged.panels[0].x).toBe(own.panels[0].x);
      }),
    );
  });

  it('are left out under another choice of the reader, whatever the titles are', () => {
    const result = withSharpness(withGeometry(studyResultFixture()));
    const rounds = federatedFixture({ rounds: 3, done: () => 3 });
    const exact = withEveryCoalition(studyResultFixture());
    const along = withTimeline(studyResultFixture({ seeds: 3 }));
    const answered = withPathAnswers(withPredictions(studyResultFixture()));
    const [factor, product] = [
      { path: 'factor', alignment: undefined },
      { path: 'product', alignment: undefined },
    ] as const;
    const [{ seeds }] = result.landscape;
    const views = [
      { alignment: undefined, images: 'test' },
      { alignment: 'orthogonal', images: 'test' },
      { alignment: undefined, images: 'train' },
    ] as const;
    const inUpdates = { ...OVER_STEPS, budget: 'updates' } as const;
    const choices: readonly (readonly (BuildFigure | null)[])[] = [
      [...views.map((view) => landscapePlot(result, 'accuracy', view)), landscapePlot(result, 'loss')],
      [pathPlot(result, factor, null), pathPlot(result, product, null), pathPlot(result, factor, seeds.join())],
      [factor, product].map((kind) => classPathsPlot(answered, kind, classPanels(answered, factor))),
      METRICS.map(({ id: metric }) => sharpnessPlot(result, metric)),
      METRICS.map(({ id: metric }) => layerSetsPlot(exact, metric)),
      ROUND_MEASURES.map((measure) => roundsPlot(rounds, measure)),
      TIMELINE_MEASURES.map((measure) => timelinePlot(along, measure, OVER_STEPS)),
      [OVER_STEPS, inUpdates].map((axis) => curvesPlot(result, axis)),
    ];
    for (const builds of choices) {
      const figures = builds.map((build) => build!(600));
      for (const now of figures) {
        for (const before of figures) if (before !== now) expect(withEarlier(now, before)).toBe(now);
        const marks = curvesOf(withEarlier(now, { ...now })).flat();
        expect(marks.some(({ name }) => name === CHARTS_WORDS.earlier)).toBe(true);
      }
    }
  });

  it('fit the figures of a study', () => {
    const result = studyResultFixture();
    const build = landscapePlot(result, 'accuracy');
    const curves = curvesPlot(result);
    for (const drawn of [build, curves]) {
      const own = drawn?.(600);
      if (!own) throw new Error('The fixture has both figures.');
      for (const marks of curvesOf(withEarlier(own, own)))
        expect(marks.some(({ name }) => name === CHARTS_WORDS.earlier)).toBe(true);
    }
  });
});
