import { useMemo } from 'react';
import type { OwnAdapter } from '../../../state/own/respondents.ts';
import type { PredictorSetting } from '../../../study/predictions/question.ts';
import type { StudyResult } from '../../../study/result/result.ts';

/** Whose answers are asked for. It is the same object as long as it says the same, so that the worker keeps it. */
export function useSetting(
  { config, task, provenance }: StudyResult,
  adapters: readonly OwnAdapter[],
): PredictorSetting {
  const { classes, head = null } = task;
  const { precision } = provenance;
  return useMemo((): PredictorSetting => {
    const { backbone, imageSize, prompts, arms } = config;
    const held = adapters.map(({ id, layout, scale, values }) => ({ id, layout, scale, values }));
    return { config: { backbone, imageSize, prompts, arms }, classes, adapters: held, precision, head };
  }, [config, classes, adapters, precision, head]);
}
