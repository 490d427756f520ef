/** The sentences of the figure of sharpness. */
import { COMPARISONS, comparisonMessage } from '../../../copra/readings/message.ts';
import { sharpnessReading } from '../../../copra/readings/sharpness.ts';
import { aboutNamedArms, withNamedArms } from '../../results/read-arms.ts';
import { largestIncreases, largestRadius, type SharpnessParts } from './sharpness-plot.ts';

/**
 * What the increase of the loss at the largest perturbation is, and which of two named arms loses less. Both are empty while nothing is measured.
 */
export function sharpnessCaption(result: SharpnessParts): {
  readonly reading: string;
  readonly message: string;
} {
  const { sharpness, task } = result;
  const radius = largestRadius(sharpness);
  if (radius === null) return { reading: '', message: '' };
  const config = withNamedArms(result.config);
  const names = config.arms.map(({ name }) => name);
  const increases = largestIncreases({ sharpness, config, task });
  const directions = config.analyses.sharpness?.directions ?? 0;
  const difference = names.length === 2 ? increases.find(({ values }) => values.length === 2)?.differences[0] : null;
  return {
    reading: aboutNamedArms(sharpnessReading(names, increases, radius, directions), result.config),
    message: difference ? comparisonMessage(COMPARISONS.sharpness, [names[0], names[1]], difference) : '',
  };
}
