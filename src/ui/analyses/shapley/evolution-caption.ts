/** The sentence under the Shapley values during training. */
import { evolutionReading } from '../../../copra/readings/shapley.ts';
import { meanOfKnown } from '../../../copra/readings/words.ts';
import type { StudyResult } from '../../../study/result/result.ts';

export function evolutionCaption({ shapley, config }: StudyResult): string {
  const arms = config.arms.flatMap(({ id, name }) => {
    const entries = shapley.filter((entry) => entry.arm === id);
    const stages = entries.flatMap(({ evolution = [] }) => evolution);
    const steps = [...new Set(stages.map(({ step }) => step))].sort((a, b) => a - b);
    if (steps.length === 0) return [];
    const at = steps.map((step) => stages.filter((stage) => stage.step === step));
    return [
      { name, shares: [...at, entries].map((list) => meanOfKnown(list.map(({ topThirdShare }) => topThirdShare))) },
    ];
  });
  return arms.length > 0 ? evolutionReading(arms) : '';
}
