/** The sentence under the Shapley values during training. */
import { meanOfKnown, unbrokenPercent } from '../../../study/readings/numbers.ts';
import { sentence } from '../../../study/readings/words.ts';
import type { StudyResult } from '../../../study/result/result.ts';
import { either } from '../../../core/listed.ts';
import { MISSING } from '../../../core/number-format.ts';
import { SHAPLEY_FIGURE_WORDS } from './further/messages.ts';
import { SHAPLEY_WORDS } from './messages.ts';

/**
 * How the share of the top third moves over the steps.
 * @param arms one share per step each, the last one of the trained adapter; null if there is no credit
 */
export function evolutionReading(
  arms: readonly { readonly name: string; readonly shares: readonly (number | null)[] }[],
): string {
  if (arms.length === 0) return '';
  const words = SHAPLEY_FIGURE_WORDS.evolution.caption;
  const credited = arms.filter(({ shares }) => shares.some((share) => share !== null));
  const none = arms.filter((arm) => !credited.includes(arm)).map(({ name }) => name);
  if (credited.length === 0) return sentence([words.none(either(none))]);
  const parts = credited.map(
    ({ name, shares }) =>
      `${name} ${shares.map((share) => (share === null ? MISSING : unbrokenPercent(share))).join(' → ')}`,
  );
  return sentence([
    words.shares(parts.join('; ')),
    none.length > 0 ? SHAPLEY_WORDS.caption.noCredit(either(none)) : '',
  ]);
}

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
  return evolutionReading(arms);
}
