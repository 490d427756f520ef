/**
 * Every figure of every saved result as a picture, against the one that is kept in tests/figures/, where a change of a figure is seen. Figures
 * that no saved result fills are made of the tests' own. `npx vitest run saved-figures -u` writes them anew.
 */
import { readdirSync } from 'node:fs';
import { renderToStaticMarkup } from 'react-dom/server';
import { afterEach, describe, expect, it } from 'vitest';
import { readSaved } from '../../../scripts/figures/saved.ts';
import { chartTheme as theme } from '../../../tests/fixtures/chart-theme.ts';
import { withAttendance } from '../../../tests/fixtures/attendance.ts';
import { testedSearch } from '../../../tests/fixtures/schedule-search.ts';
import { withSharpness } from '../../../tests/fixtures/sharpness-result.ts';
import { withTiming } from '../../../tests/fixtures/timing-result.ts';
import { withTimeline } from '../../../tests/fixtures/timeline-result.ts';
import { withSpectra } from '../../../tests/fixtures/spectra-result.ts';
import { withDomains } from '../../../tests/fixtures/domains.ts';
import { measurementFixture } from '../../../tests/fixtures/measurement.ts';
import { mapResultFixture } from '../../../tests/fixtures/map-result.ts';
import { withImageCredit, withPathAnswers } from '../../../tests/fixtures/path-answers.ts';
import { withPredictions } from '../../../tests/fixtures/predictions.ts';
import { studyResultFixture, withEveryCoalition, withModules } from '../../../tests/fixtures/study-result.ts';
import { readText } from '../../../tests/support/files.ts';
import { speak, speakEnglish } from '../../core/language/catalogue.ts';
import { PSEUDO } from '../../core/language/locale.ts';
import { pseudo } from '../../core/language/pseudo.ts';
import { bundledById } from '../../data/bundled/tasks.ts';
import { FEDERATED_RULES } from '../../copra/federated/rule-list.ts';
import { MERGE_METHODS } from '../../copra/merging/methods.ts';
import { COMPARED_ESTIMATORS } from '../../copra/shapley/compare-estimators.ts';
import { PATH_LAMBDAS, pathCurves, type PairPath } from '../../state/own/picture-path.ts';
import type { Comparison } from '../../state/summary/estimator-comparison.ts';
import { confusionsOf } from '../../study/predictions/confusions.ts';
import { shownOfArms } from '../../study/result/result-parts.ts';
import { middleValue, sweepOf } from '../../study/config/sweep.ts';
import { resultAt } from '../../study/result/narrow.ts';
import { PRESETS } from '../../study/presets/presets.ts';
import type { StudyResult } from '../../study/result/result.ts';
import { classroomHeight, classroomPlot } from '../classroom/classroom-plot.ts';
import { curvesPlot } from '../live/curves-plot.ts';
import { keptHeight, keptPlot } from '../analyses/domains/kept-plot.ts';
import { targetPlot } from '../analyses/domains/target-plot.ts';
import { attendanceOf } from '../analyses/federated/class-attendance.ts';
import { attendanceHeight, attendancePlot } from '../analyses/federated/attendance-plot.ts';
import { clientsHeight, clientsPlot } from '../analyses/federated/clients-plot.ts';
import { errorHeight, errorPlot, inexactCourses } from '../analyses/federated/error-plot.ts';
import { roundsPlot } from '../analyses/federated/rounds-plot.ts';
import { matrixPlot } from '../analyses/geometry/matrix-plot.ts';
import { pointsPlot } from '../analyses/geometry/points-plot.ts';
import { landscapePlot } from '../analyses/landscape/landscape-plot.ts';
import { classPanels, classPathsHeight, classPathsPlot } from '../analyses/landscape/pictures/class-paths-plot.ts';
import { pathPlot } from '../analyses/landscape/pictures/path-plot.ts';
import { mergingHeight, mergingPlot } from '../analyses/merging/merging-plot.ts';
import { mergeOptions, multitaskHeight, multitaskPlot } from '../analyses/multitask/multitask-plot.ts';
import { planePlot } from '../analyses/plane/plane-plot.ts';
import { structuredHeight, structuredPlot, unstructuredPlot } from '../analyses/pruning/pruning-plot.ts';
import { COMPARISON_HEIGHT, comparisonPlot } from '../analyses/shapley/comparison-plot.ts';
import { evolutionBars, evolutionPanels } from '../analyses/shapley/evolution-plot.ts';
import { finalPanels, heatHeight, heatmapPlot, heatRows } from '../analyses/shapley/heatmap-plot.ts';
import { interactionsHeight, interactionsPlot } from '../analyses/shapley/interactions-plot.ts';
import { layerSetsHeight, layerSetsPlot } from '../analyses/shapley/layer-sets-plot.ts';
import { imageLayers } from '../analyses/shapley/pictures/image-layers.ts';
import { imageLayersHeight, imageLayersPlot } from '../analyses/shapley/pictures/image-layers-plot.ts';
import { shapleyPlot } from '../analyses/shapley/shapley-plot.ts';
import { sharpnessPlot } from '../analyses/sharpness/sharpness-plot.ts';
import { TIMELINE_MEASURES, timelinePlot } from '../analyses/timeline/timeline-plot.ts';
import { timingPlot } from '../analyses/timing/timing-plot.ts';
import { measureOf, spectraPlot } from '../analyses/spectra/spectra-plot.ts';
import { accuracyHeight, accuracyPlot, confusionHeight, confusionPlot } from '../results/confusion/confusion-plot.ts';
import { picturePathPlot } from '../results/pictures/picture-path-plot.ts';
import { OVER_STEPS } from '../results/budgets.ts';
import { armPoints, pointMeasures, baselineArm } from '../../state/summary/arm-points.ts';
import { frontierHeight, frontierPlot } from '../results/frontier/frontier-plot.ts';
import { sweepPlot } from '../results/sweep/sweep-plot.ts';
import { mapHeight, mapPlot, measuresOf } from '../map/map-plot.ts';
import { rooflinePlot } from '../measure/roofline-plot.ts';
import { AXES, searchHeight, searchPlot } from '../search/search-plot.ts';
import { pointsOf, roundsOf } from '../../state/search/search-points.ts';
import type { Axis, BuildFigure, Figure, Mark } from './figure.ts';
import { heightAt } from './figure-size.ts';
import { DIGIT, TICK_SIZE } from './looks.ts';
import { StandalonePicture } from './picture/StandalonePicture.tsx';
import { longestLine, scalesOf } from './scales/scales.ts';

const FOLDER = 'tests/figures';
/** Pixels, of a column of the page. */
const WIDTH = 560;
/** That of a chart on the narrowest phones. */
const NARROWEST = 260;

interface Shown {
  /** The function that builds it. */
  readonly of: string;
  readonly build: BuildFigure | null;
  readonly height: number;
}

/** What the page draws of a result at first, by the name of its picture. */
function figuresOf(whole: StudyResult): Record<string, Shown> {
  const sweep = sweepOf(whole.config);
  const result = sweep ? resultAt(whole, sweep, middleValue(sweep), shownOfArms) : whole;
  const { geometry, federated, config } = result;
  const merge = mergeOptions(result)[0].id;
  const courses = inexactCourses(result);
  const partition = federated?.partitions[0] ?? null;
  const clients = (partition?.counts ?? []).map((_, client) => client);
  // On a circle, as t-SNE comes out otherwise on another machine.
  const circle = (geometry?.points ?? []).map((_, i) => [Math.cos(i), Math.sin(i)] as const);
  const matrix = geometry && matrixPlot(result, geometry, { space: 'updates', measure: 'distance' });
  return {
    training: { of: 'curvesPlot', build: curvesPlot(result), height: 400 },
    landscape: { of: 'landscapePlot', build: landscapePlot(result, 'accuracy'), height: 300 },
    'landscape-loss': { of: 'landscapePlot', build: landscapePlot(result, 'loss'), height: 300 },
    shapley: { of: 'shapleyPlot', build: shapleyPlot(result, 'accuracy'), height: 260 },
    interactions: {
      of: 'interactionsPlot',
      build: interactionsPlot(result, 'accuracy'),
      height: interactionsHeight(config.arms.length, WIDTH),
    },
    'layer-sets': { of: 'layerSetsPlot', build: layerSetsPlot(result, 'accuracy'), height: layerSetsHeight(WIDTH) },
    layers: {
      of: 'structuredPlot',
      build: structuredPlot(result, 'retained', false),
      height: structuredHeight(result, 'retained', false),
    },
    weights: { of: 'unstructuredPlot', build: unstructuredPlot(result), height: 480 },
    plane: { of: 'planePlot', build: planePlot(result, 'accuracy'), height: 320 },
    points: { of: 'pointsPlot', build: geometry ? pointsPlot(geometry.points, config, circle) : null, height: 420 },
    distances: { of: 'matrixPlot', build: matrix ?? null, height: 420 },
    merging: {
      of: 'mergingPlot',
      build: mergingPlot(result, 'accuracy'),
      height: mergingHeight(config.arms.length),
    },
    federated: { of: 'roundsPlot', build: roundsPlot(result, 'accuracy'), height: 340 },
    'federated-error': { of: 'errorPlot', build: errorPlot(result), height: errorHeight(courses, WIDTH) },
    'federated-clients': {
      of: 'clientsPlot',
      build: clientsPlot(partition, clients, config.task),
      height: clientsHeight(partition, clients),
    },
    'many-tasks': {
      of: 'multitaskPlot',
      build: multitaskPlot(result, merge, 'own'),
      height: multitaskHeight(result, WIDTH),
    },
    domains: { of: 'targetPlot', build: targetPlot(result), height: 320 },
    'domains-kept': { of: 'keptPlot', build: keptPlot(result), height: keptHeight(result) },
    sweep: { of: 'sweepPlot', build: sweep && sweepPlot(whole, sweep), height: 280 },
    ...frontierFigures(whole),
    ...confusionFigures(result),
  };
}

/** Of every measure of the arms. */
function frontierFigures(result: StudyResult): Record<string, Shown> {
  const { arms } = result.config;
  if (arms.length < 3) return {};
  return Object.fromEntries(
    pointMeasures(result).map((measure): [string, Shown] => [
      `frontier-${measure.id}`,
      {
        of: 'frontierPlot',
        build: frontierPlot(armPoints(result, measure), measure, arms, baselineArm(result).id),
        height: frontierHeight(WIDTH),
      },
    ]),
  );
}

/** Of the first arm, and of the second less the first. */
function confusionFigures(result: StudyResult): Record<string, Shown> {
  const confusions = confusionsOf(result);
  const [, first, second] = confusions;
  const classes = result.task.classes.length;
  const view = { unit: 'share', order: 'task', most: null } as const;
  const matrix = (confusion: typeof first, baseline: typeof first | null): Shown => ({
    of: 'confusionPlot',
    build: confusion ? confusionPlot(result, { confusion, baseline, ...view }) : null,
    height: confusionHeight(classes),
  });
  const places = result.task.classes.map((_, i) => i);
  return {
    confusion: matrix(first, null),
    'confusion-difference': matrix(second, first),
    'class-accuracies': {
      of: 'accuracyPlot',
      build: first ? accuracyPlot(result, confusions, places) : null,
      height: accuracyHeight(classes, confusions.length),
    },
  };
}

const FACTOR = { path: 'factor', alignment: undefined } as const;

/** Figures of what no saved result holds. */
function madeFigures(): Record<string, Shown> {
  const search = testedSearch('behind');
  const searched = pointsOf(search, roundsOf(search)[0]);
  const plain = studyResultFixture({ seed: 2 });
  const tested = withDomains(studyResultFixture({ seeds: 3 }));
  const modules = withModules(plain, 'odd');
  const panels = finalPanels(modules, 'accuracy');
  const arms = evolutionPanels(modules, 'accuracy');
  const evolved = plain.shapley.map((entry) => ({ ...entry, evolution: [{ ...entry, step: 200 }] }));
  const both = withEveryCoalition(studyResultFixture({ layers: 16 }), 4);
  const budgets = [64, 128, 256];
  const falling = (of: number) => budgets.map((budget) => ({ mean: of / budget, sd: of / budget / 4, n: 4 }));
  const comparison: Comparison = {
    budgets,
    seeds: 4,
    estimators: COMPARED_ESTIMATORS.map((contender, i) => ({
      ...contender,
      error: falling(8 ** i),
      spearman: falling(40 - i),
    })),
  };
  const map = mapResultFixture();
  const attendance = attendanceOf(withAttendance());
  const students = ['Ada', 'Grace'].map((name, seed) => ({ name, result: studyResultFixture({ seed }) }));
  const evolution = heatmapPlot({ columns: arms[0].length, panels: arms.flat() }, 'accuracy', modules.config);
  const along = withImageCredit(withPathAnswers(withPredictions(plain)));
  const classes = classPanels(along, FACTOR);
  const layers = imageLayers(along, 'copra', 'accuracy', null);
  const heights = { final: heatHeight(panels.length, heatRows(panels)), all: heatHeight(2, heatRows(arms.flat())) };
  const paths = along.config.arms.flatMap(({ id }, arm) =>
    [0, 1].map((pair): PairPath => ({
      arm: id,
      seeds: [pair, pair + 1],
      ends: ['one', 'other'],
      predicted: PATH_LAMBDAS.map(() => 0),
      certainty: PATH_LAMBDAS.map((lambda) => 0.9 - 0.1 * pair - (2.4 - arm) * lambda * (1 - lambda)),
    })),
  );
  return {
    'picture-path': {
      of: 'picturePathPlot',
      build: picturePathPlot(along, pathCurves(along.config.arms, paths), 0.25),
      height: 220,
    },
    projections: {
      of: 'heatmapPlot',
      build: heatmapPlot({ columns: 1, panels }, 'accuracy', modules.config),
      height: heights.final,
    },
    'projections-in-time': { of: 'heatmapPlot', build: evolution, height: heights.all },
    'layers-in-time': {
      of: 'evolutionBars',
      build: evolutionBars(evolutionPanels({ ...plain, shapley: evolved }, 'accuracy'), 'accuracy', plain.config),
      height: 60 + 150 * plain.config.arms.length,
    },
    interactions: {
      of: 'interactionsPlot',
      build: interactionsPlot(both, 'accuracy'),
      height: interactionsHeight(2, WIDTH),
    },
    'layer-sets': { of: 'layerSetsPlot', build: layerSetsPlot(both, 'accuracy'), height: layerSetsHeight(WIDTH) },
    spectra: { of: 'spectraPlot', build: spectraPlot(withSpectra(plain), measureOf('effective')), height: 260 },
    sharpness: { of: 'sharpnessPlot', build: sharpnessPlot(withSharpness(plain), 'loss'), height: 280 },
    'along-training': {
      of: 'timelinePlot',
      build: timelinePlot(withTimeline(studyResultFixture({ seeds: 3 })), TIMELINE_MEASURES[0], OVER_STEPS),
      height: 320,
    },
    attendance: { of: 'attendancePlot', build: attendancePlot(attendance), height: attendanceHeight(attendance) },
    timing: {
      of: 'timingPlot',
      build: timingPlot(withTiming(studyResultFixture({ seeds: 3 }))),
      height: 280,
    },
    estimators: { of: 'comparisonPlot', build: comparisonPlot(comparison), height: COMPARISON_HEIGHT },
    domains: { of: 'targetPlot', build: targetPlot(tested), height: 320 },
    'domains-kept': { of: 'keptPlot', build: keptPlot(tested), height: keptHeight(tested) },
    map: { of: 'mapPlot', build: mapPlot(map, measuresOf(map)[0]), height: mapHeight(map) },
    ...confusionFigures(withPredictions(plain)),
    'path-pictures': { of: 'pathPlot', build: pathPlot(along, FACTOR, null), height: 260 },
    'class-paths': {
      of: 'classPathsPlot',
      build: classPathsPlot(along, FACTOR, classes),
      height: heightAt(classPathsHeight(classes), WIDTH),
    },
    'image-layers': {
      of: 'imageLayersPlot',
      build: layers && imageLayersPlot(along, { arm: 'copra', metric: 'accuracy', of: layers, labels: null }),
      height: imageLayersHeight(64),
    },
    roofline: { of: 'rooflinePlot', build: rooflinePlot(measurementFixture()), height: 300 },
    search: { of: 'searchPlot', build: searchPlot(searched, AXES[0]), height: searchHeight(WIDTH) },
    class: {
      of: 'classroomPlot',
      build: classroomPlot(students, 'accuracy'),
      height: classroomHeight(students)(WIDTH),
    },
  };
}

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

/** An axis: its title, its ticks, and what stands over the numbers under the pointer. */
const ofAxis = (axis: Axis): (string | undefined)[] => [
  axis.title,
  axis.heading?.('0'),
  ...(axis.kind === 'names' ? axis.names : axis.ticks && 'at' in axis.ticks ? (axis.ticks.texts ?? []) : []),
];

/** A mark: its name, and what it says under the pointer. */
function ofMark(mark: Mark): (string | undefined)[] {
  switch (mark.kind) {
    case 'line':
      return [mark.name, mark.reading?.(0)];
    case 'points':
      return [mark.name, mark.reading(0)];
    case 'bars':
      return mark.series.flatMap(({ name, texts, reading }) => [name, ...(texts?.of ?? []), reading(0)]);
    case 'cells':
      return [mark.text?.(mark.values[0][0] ?? 0, 0, 0), mark.reading(0, 0)];
    case 'contour':
      return [mark.reading(0, 0)];
    case 'level':
      return [mark.name];
    case 'label':
      return [mark.text];
  }
}

const textsOf = ({ panels, xTitle, remark, colourBar }: Figure): (string | undefined)[] => [
  xTitle,
  remark,
  colourBar?.title,
  ...panels.flatMap((panel) => [
    panel.title,
    panel.remark,
    ...ofAxis(panel.x),
    ...ofAxis(panel.y),
    ...panel.marks.flatMap(ofMark),
  ]),
];

/** What is left of a text of the pseudo-language without what stands in its brackets, which may lie in one another. A name that is too long has no end. */
function outsideCatalogues(text: string): string {
  const left = text.replaceAll(/⟦[^⟦⟧]*(⟧|…$)/g, '');
  return left === text ? text : outsideCatalogues(left);
}

const wordsOf = (text: string): string[] => text.match(/\p{L}{3,}/gu) ?? [];

/** Names are the same in every language: of arms, own classes, styles, tasks, domains, rules, methods and ways of training. */
const namesOf = ({ config, task, multitask, domains, federated }: StudyResult): readonly string[] => [
  ...config.arms.map(({ name }) => name),
  ...(bundledById(config.task) ? [] : task.classes),
  ...(multitask?.tasks ?? []).map(({ name }) => name),
  ...(domains?.domains ?? []).map(({ name }) => name),
  ...(federated?.partitions ?? []).flatMap(({ kinds }) => kinds),
  ...FEDERATED_RULES.map(({ name }) => name),
  ...MERGE_METHODS.map(({ name }) => name),
  ...testedSearch('behind').candidates.map(({ name }) => name),
];

/** Units, and names of people and their devices: the same in every language. */
const SAME_EVERYWHERE = ['GFLOP', 'Grace', 'Ada’s laptop', 'a tab with a name'];

const shownTexts = (figures: Record<string, Shown>): string[] =>
  Object.entries(figures).flatMap(([figure, { build }]) =>
    !build ? [] : textsOf(build(WIDTH)).flatMap((text) => (text === undefined ? [] : [`${figure}: ${text}`])),
  );

describe('the words of figures', () => {
  afterEach(speakEnglish);

  it.each([
    ['made for a test', madeFigures, withDomains(studyResultFixture({ seeds: 3 }))],
    ...PRESETS.filter(({ id }) => ['geometry', 'federated', 'merge', 'many-tasks'].includes(id)).map((preset) => {
      const result = readSaved(preset);
      return [preset.id, () => figuresOf(result), result] as const;
    }),
  ] as const)('are in catalogues, also those under the pointer: %s', (_, figures, result) => {
    speak(PSEUDO, (_area, english) => pseudo({ ...english }) as object);
    const names = new Set([...namesOf(result), ...Object.keys(figures()), ...SAME_EVERYWHERE].flatMap(wordsOf));
    const withoutNames = (text: string): string =>
      namesOf(result).reduce((left, name) => left.replaceAll(name, ''), text);
    const isLiteral = (text: string): boolean => wordsOf(outsideCatalogues(text)).some((word) => !names.has(word));
    expect(shownTexts(figures()).filter(isLiteral)).toEqual([]);
    // Numbers of two or fewer decimals; three digits behind a point are thousands.
    speak('de', () => null);
    expect(shownTexts(figures()).filter((text) => /\d\.\d{1,2}(?!\d)/.test(withoutNames(text)))).toEqual([]);
  });
});
