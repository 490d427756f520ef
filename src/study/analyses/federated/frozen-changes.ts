/** What the rounds of a federation have added to the frozen weights, for devices that come later or return. */
import type { AdapterLayout } from '../../../core/adapter-layout.ts';
import type { Update } from '../../../copra/federated/rule.ts';
import type { Backbone } from '../../../model/backbone.ts';
import { mapsSize, weightsOfMaps } from '../../../model/replace-maps.ts';
import type { FrozenChanges } from '../../classroom/round.ts';

export const NO_CHANGES: FrozenChanges = { count: 0, kept: [], whole: () => new Float32Array(0) };

/**
 * With one update more. As many of the last ones are kept as are no longer than the weights themselves: a device that lacks more gets the weights.
 * @param backbone the frozen weights with all updates
 */
export function withChange(
  { count, kept }: FrozenChanges,
  { layout, values }: Update,
  backbone: Backbone,
  { pairs }: Pick<AdapterLayout, 'pairs'>,
): FrozenChanges {
  const most = mapsSize(pairs);
  const next = [...kept, { rank: layout.rank, values }];
  let length = next.reduce((sum, update) => sum + update.values.length, 0);
  while (length > most && next.length > 0) length -= next.shift()?.values.length ?? 0;
  return { count: count + 1, kept: next, whole: () => weightsOfMaps(backbone, pairs) };
}
