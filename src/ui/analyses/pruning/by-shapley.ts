/** What masks by Shapley value know of the images that they are tested on. */
import type { StudyResult } from '../../../study/result/result.ts';

export const isByShapley = (label: string): boolean => label.startsWith('shapley-');

/**
 * Test images whose labels the order of layers by Shapley value is chosen with: the first of those that masks are tested on. Null where no mask follows that order, or
 * nothing is known of its values.
 */
export function imagesSeen({ pruning, shapley }: Pick<StudyResult, 'pruning' | 'shapley'>): number | null {
  if (!pruning.some(({ structured }) => structured.some(({ label }) => isByShapley(label)))) return null;
  const seen = shapley.map(({ images }) => images);
  return seen.length > 0 ? Math.max(...seen) : null;
}
