import { describe, expect, it } from 'vitest';
import { studyResultFixture } from '../../../tests/fixtures/study-result.ts';
import { backboneOf } from '../../state/models/backbones.ts';
import { armSpendings, type Budget } from '../../state/summary/arm-spending.ts';
import { curvesPlot } from '../live/curves-plot.ts';
import { shownBudget, spentAxis, type Spendings } from './spent.ts';

/** Both arms; the second one is an ordinary LoRA with SAM, whose steps need twice the passes. */
const saved = studyResultFixture();
const [lora, copra] = saved.config.arms;
const dearer = { ...saved, config: { ...saved.config, arms: [lora, { ...lora, id: copra.id, samRadius: 0.05 }] } };
const spendingsOf = ({ config, task }: typeof saved): Promise<Spendings> =>
  armSpendings({ config, classes: task.classes.length }, backboneOf(config.backbone, null));

describe('an axis of what is spent', () => {
  it('reaches to the end of an arm that is dearer than the first one', async () => {
    const { steps } = dearer.config.training;
    const axis = spentAxis(dearer, 'work', await spendingsOf(dearer));
    expect(axis.end).toBeCloseTo(2 * steps, 6);
    for (const { x, marks } of curvesPlot(dearer, axis)!(600).panels)
      for (const mark of marks)
        if (mark.kind === 'line' && x.kind === 'linear')
          expect(Math.max(...mark.x)).toBeLessThanOrEqual(x.range![1] + 1e-6);
  });

  it('ends with the steps where no arm is dearer, and in seconds with the longest run', async () => {
    const spendings = await spendingsOf(saved);
    const { steps } = saved.config.training;
    for (const budget of ['updates', 'work'] as const) expect(spentAxis(saved, budget, spendings).end).toBe(steps);
    const timed = spendings!.map((own, i) => ({
      ...own,
      after: (budget: Budget, step: number) => (budget === 'time' ? step / (10 + i) : own.after(budget, step)),
    }));
    expect(spentAxis(saved, 'time', timed).end).toBe(steps / 10);
  });

  it('counts steps until it is known what arms spend, where that cannot be known, and where nothing was timed', async () => {
    const spendings = await spendingsOf(saved);
    expect(shownBudget(saved, 'work', undefined)).toBe('steps');
    expect(shownBudget(saved, 'work', null)).toBe('steps');
    expect(shownBudget(saved, 'work', spendings)).toBe('work');
    expect(shownBudget({ config: saved.config }, 'time', spendings)).toBe('steps');
  });
});
