import type { StudyResult } from '../../../study/result/result.ts';
import { spread } from '../../../state/summary/summary.ts';

/** How the share of the top third moves over the steps, per arm. */
export function evolutionReading({ shapley, config }: StudyResult): string {
  const parts = config.arms.flatMap(({ id, name }) => {
    const entries = shapley.filter((entry) => entry.arm === id);
    const steps = [...new Set(entries.flatMap(({ evolution = [] }) => evolution.map(({ step }) => step)))];
    if (steps.length === 0) return [];
    const share = (values: readonly (number | null)[]): string => {
      const mean = spread(values.filter((value) => value !== null))?.mean;
      return mean === undefined ? '–' : `${Math.round(100 * mean)} %`;
    };
    const earlier = steps
      .sort((a, b) => a - b)
      .map((step) =>
        share(
          entries.flatMap(({ evolution = [] }) =>
            evolution.filter((stage) => stage.step === step).map((stage) => stage.topThirdShare),
          ),
        ),
      );
    return [`${name} ${[...earlier, share(entries.map((entry) => entry.topThirdShare))].join(' → ')}`];
  });
  return parts.length > 0 ? `Credit of the top third of layers over the steps: ${parts.join('; ')}.` : '';
}
