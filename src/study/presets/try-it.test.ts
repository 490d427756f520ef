import { expect, test } from 'vitest';
import * as v from 'valibot';
import { StudyConfigSchema } from '../config/config.ts';
import { TRY_IT_SECONDS, TRY_IT_STUDIES, tryItStudy } from './try-it.ts';

test('every size is a study, larger than the one before', () => {
  TRY_IT_STUDIES.forEach((config, i) => {
    expect(v.safeParse(StudyConfigSchema, config).success).toBe(true);
    expect(config.training.steps).toBeGreaterThan(TRY_IT_STUDIES[i - 1]?.training.steps ?? 0);
    expect(Number.isInteger(config.training.validateEvery)).toBe(true);
  });
});

test('a study that is too short for its layers to learn much has no Shapley values', () => {
  for (const { training, analyses } of TRY_IT_STUDIES)
    expect(analyses.shapley.enabled, `${training.steps} steps`).toBe(training.steps >= 100);
});

test('the largest that fits the time is taken, on a slow device the smallest', () => {
  const seconds = TRY_IT_STUDIES.map((_, i) => 10 * (i + 1));
  const fits = TRY_IT_STUDIES.filter((_, i) => seconds[i] <= TRY_IT_SECONDS).length;
  expect(tryItStudy(seconds)).toBe(TRY_IT_STUDIES[fits - 1]);
  expect(tryItStudy(TRY_IT_STUDIES.map(() => 1))).toBe(TRY_IT_STUDIES[TRY_IT_STUDIES.length - 1]);
  expect(tryItStudy(TRY_IT_STUDIES.map(() => 1000))).toBe(TRY_IT_STUDIES[0]);
});
