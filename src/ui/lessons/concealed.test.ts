/** No figure of the page tells what an open lesson asks. */
import { expect, it } from 'vitest';
import { mean } from '../../core/statistics.ts';
import { hundredths } from '../../core/number-format.ts';
import { LESSONS } from '../../lessons/course/index.ts';
import { saved, steps } from '../../lessons/course/test-lessons.ts';
import { coveredAt } from '../../lessons/covered.ts';
import { armFacts } from '../../lessons/facts.ts';
import type { PartName } from '../../lessons/parts.ts';
import { picturesOf } from '../../study/predictions/pictures.ts';
import { TEST_ACCURACY } from '../../study/result/measures/accuracy.ts';
import { TOP_THIRD_SHARE } from '../../study/result/measures/credit.ts';
import type { Measure } from '../../study/result/measures/measure.ts';
import { barrierMeasure, midpointMeasure } from '../../study/result/measures/paths.ts';
import { EVERY_OTHER_KEPT, valuesAtSparsity } from '../../study/result/measures/pruning.ts';
import type { StudyResult } from '../../study/result/result.ts';
import { SOME_WIDTH } from '../charts/figure-size.ts';
import type { BuildFigure } from '../charts/figure.ts';
import { domainsCaption, keptCaption } from '../analyses/domains/domains-caption.ts';
import { landscapeCaption } from '../analyses/landscape/landscape-caption.ts';
import { landscapePlot } from '../analyses/landscape/landscape-plot.ts';
import { pathPlot } from '../analyses/landscape/pictures/path-plot.ts';
import { structuredPlot, unstructuredPlot } from '../analyses/pruning/pruning-plot.ts';
import { structuredCaption, unstructuredCaption } from '../analyses/pruning/pruning-caption.ts';
import { interactionsCaption, layerSetsCaption } from '../analyses/shapley/coalitions-captions.ts';
import { shapleyCaption } from '../analyses/shapley/shapley-caption.ts';
import { timingCaption } from '../analyses/timing/timing-caption.ts';
import { LIVE_FIGURES } from '../live/figures.ts';
import { trainingCaption } from '../live/training-caption.ts';
import { figuresOf } from '../results/page-figures.ts';
import { picturesCaption } from '../results/pictures/pictures-caption.ts';

/** What figures say of a result. */
const CAPTIONS: Partial<Record<PartName, (result: StudyResult) => string>> = {
  curves: trainingCaption,
  pictures: (result) => picturesCaption(result, picturesOf(result)).reading,
  landscape: landscapeCaption,
  shapley: shapleyCaption,
  interactions: interactionsCaption,
  'layer-sets': (result) => layerSetsCaption(result).reading,
  layers: structuredCaption,
  weights: unstructuredCaption,
  domains: (result) => `${domainsCaption(result)} ${keptCaption(result).reading}`,
  timing: timingCaption,
};

/** They say nothing of both arms in words. */
const WITHOUT_CAPTION: readonly PartName[] = [
  ...(['tape', 'strategy', 'own', 'confusion', 'path-pictures', 'image-layers', 'hand', 'adapters'] as const),
  'summary',
];

type Drawn = (result: StudyResult) => BuildFigure | null;

/** Charts with lines across them, in which a value can be read as well as in words. */
const LINES: Partial<Record<PartName, Drawn>> = {
  landscape: (result) => landscapePlot(result, 'accuracy'),
  'path-pictures': (result) => pathPlot(result, { path: 'factor' }, null),
  layers: (result) => structuredPlot(result, 'accuracy', false),
  weights: unstructuredPlot,
};

type Values = Pick<Measure, 'values'>;

const [BARRIER, UPDATES_BARRIER, MIDPOINT, UPDATES_MIDPOINT] = [
  ...(['factor', 'product'] as const).map((path) => barrierMeasure(path)),
  ...(['factor', 'product'] as const).map((path) => midpointMeasure(path)),
];
/** The same for both arms. */
const BACKBONE: Values = { values: ({ task }) => [{ value: task.zeroShot!.accuracy, seeds: [], sensitivity: 0 }] };
const NINE_TENTHS: Values = { values: (result, arm) => valuesAtSparsity(result, arm, 'factors', 0.9) };

/** What steps ask of the result, and what shows it in other numbers or without any. */
const ASKED: Readonly<Record<string, { readonly measures: readonly Values[]; readonly shownBy: readonly PartName[] }>> =
  {
    'picture/decide': { measures: [BACKBONE], shownBy: ['pictures', 'confusion', 'summary'] },
    // The saved curves have the accuracy at the step at which the run ends.
    'lora/train': { measures: [], shownBy: ['curves'] },
    'two-seeds/average': { measures: [MIDPOINT], shownBy: ['summary', 'landscape', 'path-pictures', 'pictures'] },
    'two-seeds/why': { measures: [UPDATES_BARRIER], shownBy: ['landscape', 'path-pictures'] },
    'two-seeds/compare': {
      measures: [BARRIER, TEST_ACCURACY],
      shownBy: ['summary', 'landscape', 'path-pictures', 'pictures'],
    },
    'shapley/twelve': { measures: [TOP_THIRD_SHARE], shownBy: ['summary', 'shapley', 'image-layers'] },
    'pruning/layers': { measures: [EVERY_OTHER_KEPT], shownBy: ['summary', 'layers', 'hand', 'pictures', 'domains'] },
    'pruning/weights': { measures: [NINE_TENTHS], shownBy: ['weights'] },
    'merging/rules': {
      measures: [MIDPOINT, UPDATES_MIDPOINT],
      shownBy: ['summary', 'landscape', 'path-pictures', 'pictures'],
    },
    'honest/seeds': { measures: [TEST_ACCURACY], shownBy: ['summary', 'curves'] },
  };

/** They ask about what training turns, a class, the map, or what holds of any result. */
const ASK_ELSE = [
  ...['picture/learned', 'picture/mistakes', 'shapley/run', 'pruning/run'],
  ...['honest/regimes', 'honest/map', 'honest/paired', 'honest/control'],
];

const [lora, copra] = [armFacts(saved, 'lora')!.arm, armFacts(saved, 'copra')!.arm];

/** Written without decimals. */
const SHARES: readonly Values[] = [EVERY_OTHER_KEPT, TOP_THIRD_SHARE];

const meansOf = (measure: Values): number[] =>
  [lora, copra].map((arm) => mean(measure.values(saved, arm).map(({ value }) => value)));

/** Whether one of its lines lies at the value of an arm. */
const draws = (chart: Drawn, measure: Values): boolean =>
  (chart(saved)?.(SOME_WIDTH).panels ?? []).some(({ marks }) =>
    marks.some((mark) => mark.kind === 'level' && meansOf(measure).some((value) => mark.at === 100 * value)),
  );

/** As captions write them: "56.7 %", "5.3 points", "69 %". */
function tells(caption: string, measure: Values): boolean {
  const means = meansOf(measure);
  const digits = SHARES.includes(measure) ? 0 : 1;
  return means.every((value) => new RegExp(`(?<![\\d.])${hundredths(value, digits)}(?![\\d.])`).test(caption));
}

const concealing = steps.filter(({ step }) => step.prediction && step.prediction.conceal.length > 0);

it('every figure of the saved result and every step that conceals something is thought of', () => {
  const parts = [...LIVE_FIGURES, ...figuresOf(saved)].map(({ part }) => part);
  expect(parts.filter((part) => !(part in CAPTIONS) && !WITHOUT_CAPTION.includes(part))).toEqual([]);
  expect(concealing.map(({ name }) => name).filter((name) => !(name in ASKED) && !ASK_ELSE.includes(name))).toEqual([]);
  expect(tells(trainingCaption(saved), TEST_ACCURACY)).toBe(true);
  expect(tells(structuredCaption(saved), EVERY_OTHER_KEPT)).toBe(true);
  expect(Object.values(LINES).map((chart) => draws(chart, BACKBONE))).not.toContain(false);
});

it.each(concealing.filter(({ name }) => name in ASKED))(
  '$name: no figure tells it while it is asked',
  ({ name, step, covered }) => {
    const { measures, shownBy } = ASKED[name];
    const telling = Object.entries(CAPTIONS).flatMap(([part, caption]) =>
      measures.some((measure) => tells(caption(saved), measure)) ? [part] : [],
    );
    const drawing = Object.entries(LINES).flatMap(([part, chart]) =>
      measures.some((measure) => draws(chart, measure)) ? [part] : [],
    );
    const hidden = [...step.prediction!.conceal, ...covered];
    expect(hidden).toEqual(expect.arrayContaining([...shownBy, ...telling, ...drawing]));
  },
);

/** Every step, with the question that its lesson asks next. */
const before = LESSONS.flatMap((lesson) =>
  lesson.steps.flatMap((step, index) => {
    const next = lesson.steps.slice(index + 1).find(({ prediction }) => prediction);
    return next ? [{ name: `${lesson.id}/${step.id}`, next, step, covered: coveredAt(lesson, index) }] : [];
  }),
);

it.each(before)('$name: what $next.id asks stays hidden, but what $name shows once it is answered', (pair) => {
  const { step, next, covered } = pair;
  const { conceal } = next.prediction!;
  const used = conceal.filter((part) => part === step.part || step.needs?.includes(part));
  expect(covered).toEqual(conceal.filter((part) => !used.includes(part)));
  // A step without a question uses no chart that tells what is asked next.
  expect(step.prediction?.conceal ?? []).toEqual(expect.arrayContaining(used));
});

it('the charts that tell what a step without a question leads to are covered there', () => {
  const coveredOf = (name: string) => steps.find((each) => each.name === name)!.covered;
  expect(coveredOf('lora/start')).toContain('curves');
  expect(coveredOf('two-seeds/copra')).toContain('landscape');
  expect(coveredOf('shapley/sum')).toContain('shapley');
  expect(coveredOf('merging/clients')).toContain('landscape');
});
