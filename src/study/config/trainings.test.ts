import { describe, expect, it } from 'vitest';
import { tinyArm } from '../../../tests/support/tiny-study.ts';
import { passes, trainingWork } from '../run/work.ts';
import type { ArmConfig } from './config.ts';
import { trainedArms, trainingKey } from './trainings.ts';

describe('arms of one training', () => {
  const key = (changes: Partial<ArmConfig>, method: ArmConfig['method'] = 'lora') =>
    trainingKey(tinyArm(method, 'other', changes));

  it.each<[string, Partial<ArmConfig>]>([
    ['which adapter is taken', { take: 'average' }],
    ['how many are averaged', { take: 'average', averageShare: 0.5 }],
    ['a setting that the method does not read', { p0: 0.3, rampFraction: 0.2 }],
    ['the order of projections', { projections: ['v', 'k', 'q'] }],
    ['a usual value that is written down', { samRadius: 0 }],
  ])('may differ in %s', (_, changes) => {
    expect(key(changes)).toBe(trainingKey(tinyArm('lora')));
  });

  it.each<[string, Partial<ArmConfig>]>([
    ['learning rate', { learningRate: 0.1 }],
    ['rank', { rank: 3 }],
    ['SAM radius', { samRadius: 0.05 }],
    ['LoRA+ ratio', { loraPlusRatio: 4 }],
  ])('have the same %s', (_, changes) => {
    expect(key(changes)).not.toBe(trainingKey(tinyArm('lora')));
  });

  it('have the same settings of their method, and the same method', () => {
    expect(key({ p0: 0.3 }, 'copra')).not.toBe(key({}, 'copra'));
    expect(key({}, 'copra')).not.toBe(key({}));
  });

  it('count once in the work of a study', () => {
    const training = { steps: 10, batchSize: 4, learningRateSchedule: 'cosine' as const, warmupSteps: 0 };
    const rest = { augment: true, validateEvery: 5 };
    const arms = [
      tinyArm('lora'),
      tinyArm('copra'),
      tinyArm('lora', 'mean', { take: 'average' }),
      tinyArm('lora', 'sam', { samRadius: 0.05 }),
    ];
    expect(trainedArms(arms).map(({ id }) => id)).toEqual(['lora', 'copra', 'sam']);
    // Two seeds of each arm; a step of SAM is two.
    expect(trainingWork({ arms, training: { ...training, ...rest } }, 8)).toEqual(passes(2 * 10 * 4 * 3 * (1 + 1 + 2)));
  });
});
