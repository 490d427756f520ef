import { describe, expect, it } from 'vitest';
import { studyResultFixture } from '../../../tests/fixtures/study-result.ts';
import type { StudyResult } from '../../study/result/result.ts';
import type { BuildFigure, Figure, Mark } from '../charts/figure.ts';
import { legendOf } from '../charts/picture/legend.ts';
import type { BudgetAxis } from './budgets.ts';
import { curvesPlot, curvesTable } from '../live/curves-plot.ts';
import { landscapePlot, landscapeTable } from '../analyses/landscape/landscape-plot.ts';
import { maskName } from '../analyses/pruning/mask-names.ts';
import {
  structuredPlot,
  structuredTable,
  unstructuredPlot,
  unstructuredTable,
} from '../analyses/pruning/pruning-plot.ts';
import { shapleyPlot, shapleyTable } from '../analyses/shapley/shapley-plot.ts';
import { CHARTS_WORDS } from '../charts/messages.ts';

const isReference = (name: string): boolean => Object.values<string>(CHARTS_WORDS.references).includes(name);

const builders = (result: StudyResult): Record<string, BuildFigure | null> => ({
  curves: curvesPlot(result),
  landscape: landscapePlot(result, 'accuracy'),
  landscapeLoss: landscapePlot(result, 'loss'),
  shapley: shapleyPlot(result, 'accuracy'),
  structured: structuredPlot(result, 'accuracy', false),
  retained: structuredPlot(result, 'retained', true),
  unstructured: unstructuredPlot(result),
});

const marksOf = (figure: Figure): Mark[] => figure.panels.flatMap(({ marks }) => marks);

/** Every number of the lines and bars, what is missing left out. */
const drawn = (mark: Mark): number[] =>
  mark.kind === 'line'
    ? [...mark.x, ...mark.y]
    : mark.kind === 'bars'
      ? mark.series.flatMap(({ values }) => values.filter((value) => value !== null))
      : [];

describe('figures', () => {
  const result = studyResultFixture();

  it('curves end where their arm spends no more', () => {
    const [{ id }] = result.config.arms;
    const half = result.config.training.steps / 2;
    const axis = (end: number): BudgetAxis => ({
      budget: 'updates',
      title: '',
      end: null,
      placeOf: (arm) => (step) => (arm === id ? Math.min(step, end) : step),
    });
    const pointsOf = (end: number) =>
      marksOf(curvesPlot(result, axis(end))!(500)).flatMap((mark) => (mark.kind === 'line' ? [mark.x] : []));
    const [whole, cut] = [pointsOf(Infinity), pointsOf(half)];
    expect(cut.map((x) => new Set(x).size)).toEqual(cut.map((x) => x.length));
    const ofArm = whole.map((x, i) => i % result.config.arms.length === 0 && x.at(-1)! > half);
    expect(ofArm.filter(Boolean).length).toBeGreaterThan(0);
    cut.forEach((x, i) => expect(x.length < whole[i].length).toBe(ofArm[i]));
  });

  it('nothing stands beside the validation curves that is not of validation images', () => {
    const [accuracy] = curvesPlot(result)!(500).panels;
    expect(result.task.zeroShot).not.toBeNull();
    expect(accuracy.marks.filter(({ kind }) => kind === 'level')).toEqual([]);
  });

  it('a landscape of some of the test images has no line of all of them', () => {
    const levels = (isPart: boolean): number[] =>
      marksOf(landscapePlot(result, 'accuracy', { alignment: undefined, images: 'test', isPart })!(500)).flatMap(
        (mark) => (mark.kind === 'level' ? [mark.at] : []),
      );
    const frozen = 100 * result.task.zeroShot!.accuracy;
    expect(levels(false)).toContain(frozen);
    expect(levels(true)).not.toContain(frozen);
  });

  it.each(Object.entries(builders(result)))('%s draws finite values, at most 500 points a line', (_, build) => {
    const figure = build?.(500);
    if (!figure) throw new Error('nothing drawn');
    for (const mark of marksOf(figure)) {
      expect(drawn(mark).every(Number.isFinite)).toBe(true);
      if (mark.kind === 'line') expect(mark.x.length).toBeLessThanOrEqual(500);
    }
  });

  it('names every arm in every figure', () => {
    for (const build of Object.values(builders(result))) {
      const names = build && legendOf(build(500)).map(({ name }) => name);
      expect(names?.filter((name) => !isReference(name))).toEqual(result.config.arms.map(({ name }) => name));
    }
  });

  it('give values that are zero up to rounding an axis that people can read', () => {
    const shapley = result.shapley.map((entry) => ({
      ...entry,
      accuracy: entry.accuracy.map((_, i) => (i % 2 === 0 ? 3e-15 : -2e-16)),
      accuracyError: entry.accuracyError.map(() => 0),
    }));
    const [panel] = shapleyPlot({ ...result, shapley }, 'accuracy')!(500).panels;
    expect(panel.y).toMatchObject({ range: [-1, 1] });
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
    for (const build of Object.values(builders(half)))
      expect(build && legendOf(build(500)).flatMap(({ name }) => (isReference(name) ? [] : [name]))).toEqual([
        result.config.arms[0].name,
      ]);
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
