import { describe, expect, it } from 'vitest';
import { studyResultFixture } from '../../../../tests/fixtures/study-result.ts';
import { withTimeline } from '../../../../tests/fixtures/timeline-result.ts';
import { mean } from '../../../core/statistics.ts';
import { backboneOf } from '../../../state/models/backbones.ts';
import { armSpendings } from '../../../state/summary/arm-spending.ts';
import { budgetComparisons, equalCaption } from './equal-budgets.ts';
import { OVER_STEPS } from '../../results/budgets.ts';
import { spentAxis } from '../../results/spent.ts';
import { timelineCaption } from './timeline-caption.ts';
import { TIMELINE_MEASURES, timelinePlot, timelineTable, type TimelineMeasure } from './timeline-plot.ts';

const result = withTimeline(studyResultFixture({ seeds: 3 }));
const { config, task, timeline } = result;
const spendings = await armSpendings({ config, classes: task.classes.length }, backboneOf(config.backbone, null));
const measureOf = (id: TimelineMeasure['id']) => TIMELINE_MEASURES.find((measure) => measure.id === id)!;
const linesOf = (id: TimelineMeasure['id'], budget: 'steps' | 'updates' | 'work', known = spendings) =>
  timelinePlot(
    result,
    measureOf(id),
    spentAxis(result, budget, known),
  )?.(600).panels[0].marks.flatMap((mark) => (mark.kind === 'line' ? [mark] : [])) ?? null;

describe('the figure along training', () => {
  it('has a line per arm over the tested steps', () => {
    const [lora, copra] = linesOf('accuracy', 'steps')!;
    const { steps } = timeline!.runs[0];
    expect(lora.x).toEqual(steps);
    const own = timeline!.runs.filter(({ arm }) => arm === 'copra');
    expect(copra.y[3]).toBeCloseTo(100 * mean(own.map(({ accuracy }) => accuracy[3])), 9);
    expect(linesOf('midpoint', 'steps')).toHaveLength(2);
  });

  it('ends earlier where an arm spends less, and waits until that is known', () => {
    const [lora, copra] = linesOf('accuracy', 'updates')!;
    expect(lora.x.at(-1)).toBeCloseTo(config.training.steps, 6);
    expect(copra.x.at(-1)).toBeLessThan(0.7 * config.training.steps);
    expect(copra.reading!(0)).toMatch(/^CopRA at step \d+: /);
    const [, work] = linesOf('accuracy', 'work')!;
    expect(work.x.at(-1)).toBeGreaterThan(copra.x.at(-1)!);
    expect(linesOf('accuracy', 'updates', null)!.map(({ x }) => x)).toEqual(
      linesOf('accuracy', 'steps')!.map(({ x }) => x),
    );
  });

  it('is empty while there is nothing', () => {
    const axis = OVER_STEPS;
    expect(timelinePlot(studyResultFixture(), measureOf('accuracy'), axis)).toBeNull();
    expect(
      timelinePlot({ ...result, timeline: { runs: timeline!.runs, pairs: [] } }, measureOf('midpoint'), axis),
    ).toBeNull();
    expect(timelineCaption(studyResultFixture())).toBe('');
  });

  it('lists every step, with what it spent', () => {
    for (const known of [spendings, null]) {
      const { head, rows } = timelineTable(result, known);
      expect(rows).toHaveLength(2 * 4);
      for (const row of rows) expect(row).toHaveLength(head.length);
      expect(rows.flat().join()).not.toMatch(/NaN|undefined/);
    }
  });

  it('says in its caption how early seeds can be merged, and which steps are missing', () => {
    expect(timelineCaption(result)).toMatch(
      /^How early is mergeability visible\? .*3 seeds each, 3 pairs, 4 steps, 400 test images\.$/,
    );
    const late = timeline!.runs.map((run) => ({
      ...run,
      steps: run.steps.slice(2),
      accuracy: run.accuracy.slice(2),
      halves: [],
    }));
    expect(timelineCaption({ ...result, timeline: { runs: late, pairs: [] } })).toContain(
      'Of 4 steps to test 2 are known',
    );
  });
});

describe('arms at equal budgets', () => {
  it('are read at their last step after equal steps, and the dearer one earlier otherwise', () => {
    const [equal] = budgetComparisons(result, spendings!, 'steps');
    const last = (arm: string) =>
      mean(timeline!.runs.filter((run) => run.arm === arm).map(({ accuracy }) => accuracy[3]));
    expect(equal.rows.map(({ id }) => id)).toEqual(['accuracy', 'every other', 'barrier', 'midpoint', 'validation']);
    expect(equal.rows[0].values).toEqual([expect.closeTo(last('lora'), 9), expect.closeTo(last('copra'), 9)]);
    expect(equal.rows[0].difference!.mean).toBeCloseTo(last('copra') - last('lora'), 9);
    // Another table has a barrier of the same name that is the deepest of many points.
    const barrierAt = (lambdas: number[]) => {
      const pairs = timeline!.pairs.map((pair) => ({
        ...pair,
        lambdas,
        accuracy: pair.steps.flatMap(() => lambdas.map(() => 0.5)),
      }));
      const of = { ...result, timeline: { runs: timeline!.runs, pairs } };
      return budgetComparisons(of, spendings!, 'steps')[0].rows.find(({ id }) => id === 'barrier')?.name;
    };
    expect(barrierAt([0.5])).toBe('Barrier at the midpoint, points');
    expect(barrierAt([0.25, 0.5, 0.75])).toBe('Barrier over 5 values of λ, points');
    const [updates] = budgetComparisons(result, spendings!, 'updates');
    expect(updates.steps[1]).toBe(config.training.steps);
    expect(updates.share).toBeCloseTo(updates.steps[0] / config.training.steps, 6);
    expect(equalCaption(updates, (arm) => arm)).toMatch(
      /^copra spends 6\d\s% of the adapter updates of lora; where both/,
    );
    const { steps } = timeline!.runs[0];
    const weight = (updates.steps[0] - steps[2]) / (steps[3] - steps[2]);
    const lora = timeline!.runs.filter(({ arm }) => arm === 'lora');
    const at = (place: number) => mean(lora.map(({ accuracy }) => accuracy[place]));
    expect(updates.rows[0].values[0]).toBeCloseTo((1 - weight) * at(2) + weight * at(3), 9);
    expect(updates.rows[0].difference!.mean).toBeCloseTo(last('copra') - updates.rows[0].values[0]!, 9);
  });
});
