/** The value of λ that is chosen among those tried, and whether these reach far enough. */
import { mergeMethod } from '../../../copra/merging/methods.ts';
import type { Scores } from '../../run/context.ts';
import type { MergingResult } from './result.ts';

/**
 * The λ with the highest accuracy on validation images. Few images often give several the same accuracy: of these it is the one with the lowest loss.
 * @param accuracy [scales] @param loss [scales], nats
 */
export function bestScale(scales: readonly number[], { accuracy, loss }: Pick<Scores, 'accuracy' | 'loss'>): number {
  const order = scales.map((_, i) => i).sort((a, b) => accuracy[b] - accuracy[a] || loss[a] - loss[b]);
  return scales[order[0]];
}

/**
 * The merges whose λ is the smallest or the largest of those tried: a value beyond may be better. None lies below 0.
 * @param scales λ tried, in any order; one alone was not chosen from any
 */
export function chosenAtAnEnd<Merge extends Pick<MergingResult['merges'][number], 'method' | 'scale'>>(
  merges: readonly Merge[],
  scales: readonly number[],
): Merge[] {
  const [smallest, largest] = [Math.min(...scales), Math.max(...scales)];
  if (smallest === largest) return [];
  return merges.filter(
    ({ method, scale }) => mergeMethod(method).scaled && ((scale === smallest && scale > 0) || scale === largest),
  );
}
