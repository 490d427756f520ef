import { describe, expect, it } from 'vitest';
import { studyResultFixture } from '../../../tests/fixtures/study-result.ts';
import { backboneOf } from '../models/backbones.ts';
import { armSpendings, equalBudget } from './spending.ts';

const { config, task } = studyResultFixture({ seeds: 3 });
const result = { config, classes: task.classes.length };
const backbone = backboneOf(result.config.backbone, null);
const steps = result.config.training.steps;

describe('the spending of arms', () => {
  it('is every step in full for LoRA, and about the mean of the ramp for CopRA', async () => {
    const [lora, copra] = (await armSpendings(result, backbone))!;
    expect(lora.after('updates', steps)).toBeCloseTo(steps, 9);
    expect(lora.after('work', steps)).toBeCloseTo(steps, 6);
    // A linear ramp from 0 to 1 over 3/4 of the steps: 0.375 + 0.25, and the layer that is switched on where none is.
    const share = copra.after('updates', steps) / steps;
    expect(share).toBeGreaterThan(0.61);
    expect(share).toBeLessThan(0.66);
    const work = copra.after('work', steps) / steps;
    expect(work).toBeGreaterThan(share);
    expect(work).toBeLessThan(1);
  });

  it('is equal where the first arm is read earlier', async () => {
    const [lora, copra] = (await armSpendings(result, backbone))!;
    for (const budget of ['updates', 'work'] as const) {
      const { spent, steps: at } = equalBudget(lora, copra, budget)!;
      expect(at[1]).toBe(steps);
      expect(at[0]).toBeLessThan(steps);
      expect(spent).toBeCloseTo(copra.after(budget, steps), 9);
      expect(at[0]).toBeCloseTo(spent, 6); // every step of LoRA costs one
      expect(equalBudget(copra, lora, budget)!.steps).toEqual([at[1], at[0]]);
    }
    expect(equalBudget(lora, copra, 'steps')).toEqual({ spent: steps, steps: [steps, steps] });
  });

  it('counts the text tower only where it is adapted, and by the length of its prompts', async () => {
    const arms = result.config.arms.map((arm) => ({ ...arm, towers: ['vision' as const, 'text' as const] }));
    const both = { ...result, config: { ...result.config, arms } };
    const unit = async (of: typeof result) => (await armSpendings(of, backbone))![0].unit;
    const short = { ...both, promptTokens: 8 };
    expect(await unit(both)).toBeGreaterThan(await unit(short));
    expect(await unit(short)).toBeGreaterThan(await unit(result));
  });

  it('is not counted for a study that is too long for it, or an arm that adapts nothing', async () => {
    const long = { ...result.config, training: { ...result.config.training, steps: 20_000 } };
    const many = { ...long, seeds: Array.from({ length: 20 }, (_, seed) => seed) };
    expect(await armSpendings({ ...result, config: many }, backbone)).toBeNull();
    const blind = { ...backbone, facts: { ...backbone.facts, text: null } };
    const arms = result.config.arms.map((arm) => ({ ...arm, towers: ['text' as const] }));
    expect(await armSpendings({ ...result, config: { ...result.config, arms } }, blind)).toBeNull();
  });
});
