import { expect, it } from 'vitest';
import * as v from 'valibot';
import { FINDING_WORDS } from '../../state/summary/messages.ts';
import { StudyResultSchema, type StudyResult } from '../../study/result/result.ts';
import { armDifference } from '../../study/result/measures/arm-difference.ts';
import { TEST_ACCURACY } from '../../study/result/measures/accuracy.ts';
import { EVERY_OTHER_KEPT } from '../../study/result/measures/pruning.ts';
import { readJsonFile } from '../../../tests/support/files.ts';
import type { Measure } from '../../study/result/measures/measure.ts';
import { toldOf, UNTOLD } from './told-of.ts';

const savedOf = (id: string): StudyResult => v.parse(StudyResultSchema, readJsonFile(`public/showcase/${id}.json`));
const saved = savedOf('few-shots');

it('the message of a figure is read off its result', () => {
  expect(toldOf(saved, FINDING_WORDS.comparisons['half-off'], EVERY_OTHER_KEPT).message).toBe(
    'With half of its layers off, CopRA keeps more of what it learned than LoRA.',
  );
  const swapped = {
    ...saved,
    pruning: saved.pruning.map((entry) => ({ ...entry, arm: entry.arm === 'lora' ? 'copra' : 'lora' })),
  };
  expect(toldOf(swapped, FINDING_WORDS.comparisons['half-off'], EVERY_OTHER_KEPT).message).toBe(
    'With half of its layers off, LoRA keeps more of what it learned than CopRA.',
  );
});

it('is silent until both arms are measured, and where no two arms are compared', () => {
  expect(
    toldOf(
      { ...saved, pruning: saved.pruning.filter(({ arm }) => arm === 'lora') },
      FINDING_WORDS.comparisons['half-off'],
      EVERY_OTHER_KEPT,
    ),
  ).toEqual(UNTOLD);
  expect(toldOf(savedOf('learning-rates'), FINDING_WORDS.comparisons.price, TEST_ACCURACY).message).toBe('');
});

it('says that there are too few seeds', () => {
  const [seed] = saved.config.seeds;
  const one = { ...saved, runs: saved.runs.filter((run) => run.seed === seed) };
  expect(toldOf(one, FINDING_WORDS.comparisons.price, TEST_ACCURACY).message).toBe(
    'Too few seeds to tell LoRA and CopRA apart in test accuracy.',
  );
});

it('says in numbers how far two arms are apart, how sure that is, and over what', () => {
  const { numbers } = toldOf(saved, FINDING_WORDS.comparisons.price, TEST_ACCURACY);
  expect(numbers.replaceAll('\u00a0', ' ')).toMatch(
    /^LoRA 56\.7 ± 0\.4 %, CopRA 54\.9 ± 0\.8 %; CopRA − LoRA −1\.9 points \(95 % interval −\d\.\d+ to [−+]\d\.\d+ over 6 seeds and 796 test images\)\.$/,
  );
});

it('has the means of the seeds that both arms have, as the difference has, and says how many these are', () => {
  const lost = (run: StudyResult['runs'][number]): boolean => run.arm === 'copra' && run.seed > 2;
  const runs = saved.runs.map((run) => (lost(run) ? { ...run, test: null, diverged: 10 } : run));
  const { numbers } = toldOf({ ...saved, runs }, FINDING_WORDS.comparisons.price, TEST_ACCURACY);
  const [, lora, copra, apart] =
    /^LoRA ([\d.]+) ± [\d.]+ %, CopRA ([\d.]+) ± [\d.]+ %, over the 3 seeds that both have; CopRA − LoRA −([\d.]+) points/.exec(
      numbers.replaceAll('\u00a0', ' '),
    )!;
  expect(Number(lora) - Number(copra)).toBeCloseTo(Number(apart), 0);
  const three = saved.runs.filter(({ seed }) => seed < 3);
  const { numbers: ofThree } = toldOf({ ...saved, runs: three }, FINDING_WORDS.comparisons.price, TEST_ACCURACY);
  expect(numbers.replace(', over the 3 seeds that both have', '')).toBe(ofThree);
});

it('says that all seeds are equal, and not that they are too few', () => {
  const equal: Measure = {
    ...TEST_ACCURACY,
    id: 'equal in every seed',
    sample: () => null,
    values: () => [0, 1, 2].map((seed) => ({ seeds: [seed], value: 0.02, sensitivity: 0 })),
  };
  const { message, numbers } = toldOf(saved, FINDING_WORDS.comparisons.averaging, equal);
  expect(message).toBe('LoRA and CopRA are equal in the error of averaging clients’ A and B in every seed.');
  expect(numbers).toMatch(/\(3 seeds: the same in every seed\)\.$/);
});

it('says which of several arms it compares', () => {
  const [lora, copra] = saved.config.arms;
  const withArms = (arms: StudyResult['config']['arms']) =>
    toldOf({ ...saved, config: { ...saved.config, arms } }, FINDING_WORDS.comparisons.price, TEST_ACCURACY).numbers;
  const third = { ...lora, id: 'third', name: 'DoRA' };
  expect(withArms([lora, third, copra])).toMatch(/ Of the 3 arms, this compares the first LoRA and the first CopRA\.$/);
  expect(withArms([lora, copra])).toMatch(/test images\)\.$/);
});

it('says of an interval that ends beyond every difference that it does, and that the seeds are too few', () => {
  const wide = (shift: number) => ({
    ...EVERY_OTHER_KEPT,
    id: `wide ${shift}`,
    values: (_: StudyResult, arm: string) =>
      [0, 1].map((seed) => ({ seeds: [seed], value: arm === 'copra' ? seed * shift : 0, sensitivity: 0 })),
    sample: () => null,
  });
  const { message, numbers } = toldOf(saved, FINDING_WORDS.comparisons['half-off'], wide(1));
  expect(message).toBe('Too few seeds to tell LoRA and CopRA apart in the gain kept with half of the layers off.');
  expect(numbers).toContain('the 95\u00a0% interval over 2 seeds ends beyond 100 points');
  expect(numbers).not.toMatch(/[<>]/);
});

it('the interval of two arms is computed once of a result, however many texts have it', () => {
  let asked = 0;
  const counting = {
    ...TEST_ACCURACY,
    id: 'counted',
    sample: (result: StudyResult) => {
      asked++;
      return TEST_ACCURACY.sample(result);
    },
  };
  const told = () => toldOf(saved, FINDING_WORDS.comparisons.price, counting);
  expect(told()).toEqual(told());
  expect(armDifference(saved, counting, 'lora', 'copra')).not.toBeNull();
  expect(asked).toBe(1);
  expect(toldOf({ ...saved, runs: saved.runs.slice(1) }, FINDING_WORDS.comparisons.price, counting)).not.toEqual(
    told(),
  );
});
