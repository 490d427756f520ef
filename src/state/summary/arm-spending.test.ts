import { describe, expect, it } from 'vitest';
import { mean } from '../../core/statistics.ts';
import { studyResultFixture } from '../../../tests/fixtures/study-result.ts';
import { backboneOf } from '../models/backbones.ts';
import { armSpendings, equalBudget } from './arm-spending.ts';

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

  it('counts both passes of a step of sharpness-aware minimisation', async () => {
    const [lora] = result.config.arms;
    const arms = [lora, { ...lora, id: 'sam', samRadius: 0.05 }];
    const study = { ...result, config: { ...result.config, arms } };
    const [plain, sam] = (await armSpendings(study, backbone))!;
    expect(sam.after('work', steps)).toBeCloseTo(2 * steps, 6);
    expect(sam.after('updates', steps)).toBeCloseTo(steps, 9);
    const equal = equalBudget(plain, sam, 'work')!;
    expect(equal.spent).toBeCloseTo(steps, 6);
    expect(equal.steps[0]).toBeCloseTo(steps, 6);
    expect(equal.steps[1]).toBeCloseTo(steps / 2, 6);
    // Work is in steps of the first arm, whatever they cost.
    const turned = { ...study, config: { ...study.config, arms: [arms[1], arms[0]] } };
    expect((await armSpendings(turned, backbone))!.map((own) => own.after('work', steps) / steps)).toEqual([
      expect.closeTo(1, 9),
      expect.closeTo(0.5, 9),
    ]);
  });

  it('ends where an arm is taken', async () => {
    const [lora] = result.config.arms;
    const arms = [lora, { ...lora, id: 'early', take: 'updates' as const }];
    const takenAt = (seed: number) => steps / 2 + seed;
    const taken = result.config.seeds.map((seed) => ({ arm: 'early', seed, takenAt: takenAt(seed) }));
    const study = { ...result, config: { ...result.config, arms }, taken };
    const [whole, early] = (await armSpendings(study, backbone))!;
    const end = mean(result.config.seeds.map(takenAt));
    for (const budget of ['steps', 'updates', 'work'] as const) {
      expect(early.after(budget, steps)).toBeCloseTo(end, 6);
      const { steps: at } = equalBudget(whole, early, budget)!;
      expect(at[0]).toBeCloseTo(end, 6);
      expect(at[1]).toBeGreaterThanOrEqual(end - 1e-6);
      expect(at[1]).toBeLessThan(end + 3);
    }
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
