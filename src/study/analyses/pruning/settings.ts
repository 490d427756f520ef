/** Settings of pruning. */
import * as v from 'valibot';
import { count, share } from '../../config/setting-schemas.ts';

/** Within which set single weights are ranked before the smallest are removed (copra/pruning/unstructured.ts). */
export const PRUNING_SCOPES = ['factors', 'update', 'tensors'] as const;

export const PruningSchema = v.object({
  enabled: v.boolean(),
  sparsities: v.array(share),
  scopes: v.array(v.picklist(PRUNING_SCOPES)),
  randomMasks: count(0, 100),
});
