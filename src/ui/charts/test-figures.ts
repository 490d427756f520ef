/** Every figure that the page draws of a result, and those that no saved result fills, which are made of the tests' own. */
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
import { COMPARED_ESTIMATORS } from '../../copra/shapley/compare-estimators.ts';
import { PATH_LAMBDAS, pathCurves, type PairPath } from '../../state/own/picture-path.ts';
import type { Comparison } from '../../state/summary/estimator-comparison.ts';
import { confusionsOf } from '../../study/predictions/confusions.ts';
import { shownOfArms } from '../../study/result/result-parts.ts';
import { middleValue, sweepOf } from '../../study/config/sweep.ts';
import { resultAt } from '../../study/result/narrow.ts';
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
import type { BuildFigure } from './figure.ts';
import { heightAt } from './figure-size.ts';

/** Pixels, of a column of the page. */
export const WIDTH = 560;

export interface Shown {
  /** The function that builds it. */
  readonly of: string;
  readonly build: BuildFigure | null;
  readonly height: number;
}

/** What the page draws of a result at first, by the name of its picture. */
export function figuresOf(whole: StudyResult): Record<string, Shown> {
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
export function madeFigures(): Record<string, Shown> {
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
