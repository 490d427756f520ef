import { describe, expect, it } from 'vitest';
import { studyResultFixture } from '../../../../tests/fixtures/study-result.ts';
import { withTiming } from '../../../../tests/fixtures/timing-result.ts';
import { mean } from '../../../core/statistics.ts';
import { backboneOf } from '../../../state/models/backbones.ts';
import { armSpendings, equalBudget } from '../../../state/summary/arm-spending.ts';
import { UNTOLD } from '../../results/told-of.ts';
import { timingCaption, timingTold } from './timing-caption.ts';
import { timingPlot, timingTable } from './timing-plot.ts';

const plain = studyResultFixture({ seeds: 3 });
const result = withTiming(plain);
const { config, task, timing } = result;

describe('the time of a step', () => {
  it('is a line per arm, in milliseconds', () => {
    const figure = timingPlot(result)!(600);
    const lines = figure.panels[0].marks.flatMap((mark) => (mark.kind === 'line' ? [mark] : []));
    expect(lines.map(({ name }) => name)).toEqual(['LoRA', 'CopRA']);
    expect(lines[0].x).toEqual(timing![0].steps);
    const first = timing!.filter(({ arm }) => arm === 'copra').map(({ seconds }) => seconds[0]);
    expect(lines[1].y[0]).toBeCloseTo(1000 * mean(first), 9);
    expect(timingTable(result).rows).toHaveLength(2 * 12);
    const one = timingTable({ config, timing: timing!.filter(({ seed }) => seed === 0) });
    expect(new Set(one.rows.map(([, , , sd]) => sd))).toEqual(new Set(['–']));
    expect(timingTable(result).rows.every(([, , , sd]) => Number(sd) > 0)).toBe(true);
    expect(timingPlot(plain)).toBeNull();
  });

  it('is read with the interval of the difference, over seeds, and with the device', () => {
    expect(timingCaption(result)).toMatch(
      /^A step of a run on its own takes, in milliseconds: LoRA 20\.1 ± 0\.1, CopRA 18\.1 ± 0\.1; .*CopRA − LoRA.*12 steps.*3 seeds each/,
    );
    expect(timingTold(result)).toEqual({
      message: 'Trained on its own, CopRA takes less time for a step than LoRA.',
      numbers:
        'LoRA 20.1 ± 0.1\u00a0ms, CopRA 18.1 ± 0.1\u00a0ms; CopRA − LoRA −2.0\u00a0ms (95\u00a0% interval −2.0 to −1.9 over 3 seeds).',
    });
    expect(timingCaption(plain)).toBe('');
    expect(timingTold(plain)).toEqual(UNTOLD);
    expect(timingCaption(result)).not.toContain('both have');
    const fewer = { ...result, timing: timing!.filter(({ arm, seed }) => arm === 'lora' || seed !== 2) };
    expect(timingCaption(fewer)).toMatch(/CopRA − LoRA −[\d.]+ to −[\d.]+, over the 2 seeds that both have/);
  });

  it('makes time a budget: a dearer arm is read where both have taken as long', async () => {
    const described = { config, classes: task.classes.length, timed: timing! };
    const [lora, copra] = (await armSpendings(described, backboneOf(config.backbone, null)))!;
    const last = config.training.steps;
    const perStep = (arm: string) => mean(timing!.filter((run) => run.arm === arm).flatMap(({ seconds }) => seconds));
    // Parts of 38 steps in 12 have three or four steps each.
    expect(lora.after('time', last)).toBeCloseTo(last * perStep('lora'), 6);
    expect(copra.after('time', last) / (last * perStep('copra'))).toBeCloseTo(1, 1);
    const { steps, spent } = equalBudget(lora, copra, 'time')!;
    expect(steps[1]).toBe(last);
    expect(spent).toBeCloseTo(copra.after('time', last), 9);
    expect(steps[0] / last).toBeCloseTo(copra.after('time', last) / lora.after('time', last), 6);
    const [untimed, other] = (await armSpendings({ ...described, timed: [] }, backboneOf(config.backbone, null)))!;
    expect(equalBudget(untimed, other, 'time')).toBeNull();
    expect(untimed.after('time', last)).toBeNaN();
  });
});
