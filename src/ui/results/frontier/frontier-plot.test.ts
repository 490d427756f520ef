import { describe, expect, it } from 'vitest';
import { readSaved } from '../../../../scripts/figures/saved.ts';
import { studyResultFixture } from '../../../../tests/fixtures/study-result.ts';
import { armPoints, pointMeasures, unbeaten } from '../../../state/summary/arm-points.ts';
import { ablations } from '../../../study/presets/ablations.ts';
import { learningRates } from '../../../study/presets/learning-rates.ts';
import type { StudyResult } from '../../../study/result/result.ts';
import type { Mark } from '../../charts/figure.ts';
import { FRONTIER } from './figure.ts';
import { frontierPlot, frontierTable } from './frontier-plot.ts';

const result = readSaved(ablations);
const measures = pointMeasures(result);

const marksOf = (of: StudyResult, measure: (typeof measures)[number], width = 600): readonly Mark[] =>
  frontierPlot(armPoints(of, measure), measure, of.config.arms, of.config.arms[0].id)!(width).panels[0].marks;
const named = (marks: readonly Mark[], name: string) =>
  marks.flatMap((mark) => (mark.kind === 'line' && mark.name === name ? [mark] : []));

describe('the frontier of arms', () => {
  it.each(measures)('has a point, a number and one line of those not beaten, in $id', (measure) => {
    const marks = marksOf(result, measure);
    const points = marks.flatMap((mark) => (mark.kind === 'points' ? mark.points : []));
    expect(points).toHaveLength(result.config.arms.length);
    const texts = marks.flatMap((mark) => (mark.kind === 'label' ? [mark.text] : []));
    expect(texts.map((text) => Number.parseInt(text, 10))).toEqual(result.config.arms.map((_, i) => i + 1));
    const [line] = named(marks, 'no other beats it in both');
    expect(line.x).toEqual(unbeaten(armPoints(result, measure), measure).map(({ accuracy }) => 100 * accuracy.value));
  });

  it('dashes the values of the first arm, and draws intervals that leave it out within the axes', () => {
    const [, barrier] = measures;
    const panel = frontierPlot(armPoints(result, barrier), barrier, result.config.arms, result.config.arms[0].id)!(600)
      .panels[0];
    const [{ accuracy, other }] = armPoints(result, barrier);
    const levels = panel.marks.flatMap((mark) => (mark.kind === 'level' ? [[mark.axis, mark.at]] : []));
    expect(levels).toEqual([
      ['x', 100 * accuracy.value],
      ['y', 100 * other.value],
    ]);
    const intervals = panel.marks.flatMap((mark) => (mark.kind === 'line' && mark.opacity === 0.4 ? [mark] : []));
    expect(intervals.length).toBeGreaterThan(0);
    const range = panel.y.kind === 'linear' ? panel.y.range! : [0, 0];
    for (const y of intervals.flatMap((mark) => mark.y)) {
      expect(y).toBeGreaterThanOrEqual(range[0]);
      expect(y).toBeLessThanOrEqual(range[1]);
    }
  });

  it('draws the first arms above the others, and those beneath them as rings', () => {
    const [measure] = measures;
    const [first, second, ...others] = armPoints(result, measure);
    const beneath = { ...others[0], accuracy: second.accuracy, other: second.other };
    const marks = frontierPlot([first, second, beneath], measure, result.config.arms, result.config.arms[0].id)!(600)
      .panels[0].marks;
    const points = marks.flatMap((mark) => (mark.kind === 'points' ? [[mark.name, mark.points[0].size]] : []));
    expect(points).toEqual([
      [`${beneath.number} ${beneath.name}`, 15],
      [`${second.number} ${second.name}`, 9],
      [`${first.number} ${first.name}`, 9],
    ]);
  });

  it('joins the values of a method in a sweep', () => {
    const sweep = readSaved(learningRates);
    const marks = marksOf(sweep, measures[1]);
    for (const method of ['LoRA', 'CopRA']) expect(named(marks, `${method}, by value`)[0].x).toHaveLength(5);
    expect(marksOf(result, measures[0]).some((mark) => mark.kind === 'line' && mark.name?.endsWith('by value'))).toBe(
      false,
    );
  });

  it.each(measures)('has a table with what is not beaten, in $id', (measure) => {
    const points = armPoints(result, measure);
    const { head, rows } = frontierTable(points, measure, 'LoRA');
    for (const row of rows) expect(row).toHaveLength(head.length);
    expect(rows.filter((row) => row.at(-1) === 'yes')).toHaveLength(unbeaten(points, measure).length);
  });

  it('takes three arms, and two of them pruned or with paths between their seeds', () => {
    expect(FRONTIER.fills(result)).toBe(true);
    expect(FRONTIER.fills({ ...result, pruning: [] })).toBe(true);
    expect(FRONTIER.fills({ ...result, pruning: [], landscape: result.landscape.slice(0, 1) })).toBe(false);
    expect(FRONTIER.fills(studyResultFixture())).toBe(false);
    expect(frontierPlot([], measures[0], result.config.arms, result.config.arms[0].id)).toBeNull();
  });
});
