/** The sentences of the figure of sharpness. */
import { toldOfPair, UNTOLD, type Told } from '../../results/told-of.ts';
import { aboutNamedArms, withNamedArms } from '../../results/read-arms.ts';
import { compact } from '../../../core/number-format.ts';
import { asValues, valueSpread } from '../../../study/readings/numbers.ts';
import { differencesRemark, spreadOver, sentence } from '../../../study/readings/words.ts';
import { READING_WORDS } from '../../../study/readings/messages.ts';
import { largestIncreases, largestRadius, type LossIncrease, type SharpnessParts } from './sharpness-plot.ts';
import { SHARPNESS_WORDS } from './messages.ts';

/** @param radius the largest perturbation @param directions how many were tried */
export function sharpnessReading(
  arms: readonly string[],
  increases: readonly LossIncrease[],
  radius: number,
  directions: number,
): string {
  const known = increases.filter(({ values }) => values.some((list) => list.length > 0));
  if (known.length === 0) return READING_WORDS.nothingYet;
  const parts = known.map(({ images, values, differences }) => {
    const means = arms.flatMap((arm, i) => (values[i].length > 0 ? [`${arm} ${valueSpread(values[i], 3)}`] : []));
    return `${SHARPNESS_WORDS.caption.on(images, means.join(', '))}${differencesRemark(arms, values, differences, 3)}`;
  });
  const spread = spreadOver(known[0].values.map((list) => list.length).filter((count) => count > 0));
  return sentence([
    SHARPNESS_WORDS.caption.rises(compact(radius), parts.join('; ')),
    SHARPNESS_WORDS.caption.over(directions, spread),
  ]);
}

/** What the increase of the loss at the largest perturbation is, and of two arms which loses less. */
export function sharpnessCaption(result: SharpnessParts): Told & { readonly reading: string } {
  const { sharpness, task } = result;
  const radius = largestRadius(sharpness);
  if (radius === null) return { ...UNTOLD, reading: '' };
  const config = withNamedArms(result.config);
  const names = config.arms.map(({ name }) => name);
  const increases = largestIncreases({ sharpness, config, task });
  const directions = config.analyses.sharpness?.directions ?? 0;
  const told = toldOfPair(
    result,
    SHARPNESS_WORDS.comparison,
    { lowerIsBetter: true },
    asValues(3, SHARPNESS_WORDS.nats),
    (...ids) => {
      const arms = ids.flatMap((id) => result.config.arms.filter((arm) => arm.id === id));
      const [{ bySeed, differences }] = largestIncreases({ sharpness, config: { ...config, arms }, task });
      return { values: [bySeed[0], bySeed[1]], difference: differences[0] };
    },
  );
  return {
    ...told,
    reading: aboutNamedArms(sharpnessReading(names, increases, radius, directions), result.config),
  };
}
