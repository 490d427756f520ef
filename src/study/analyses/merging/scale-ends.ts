/** Whether the values of λ that were tried reach far enough. */
import { mergeMethod } from '../../../copra/merging/methods.ts';
import type { MergingResult } from './result.ts';

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
