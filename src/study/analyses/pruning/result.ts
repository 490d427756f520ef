/** Pruned adapters: removed parts, and removed single weights. */
import * as v from 'valibot';
import { PRUNING_SCOPES } from './settings.ts';
import { answeredCurves, answeredOfSome, count, finite, labelText, share, shares } from '../../result/measured.ts';

export const PruningResultSchema = v.object({
  arm: labelText,
  seed: count,
  structured: v.array(
    v.object({
      /** all, none, even, odd, low, middle, high, q, k, v, o, fc1, fc2, q+k, q+v, k+v, vision, text, shapley-6, norm-6, random-6 … */
      label: labelText,
      kept: count,
      of: count,
      /** Has no answers when the entry is a mean over several masks. */
      ...answeredOfSome,
      retainedGain: v.nullable(finite),
    }),
  ),
  unstructured: v.array(
    v.object({
      scope: v.picklist(PRUNING_SCOPES),
      sparsities: shares,
      ...answeredCurves,
      /** Area under accuracy over sparsity, normalised to the sparsity range. */
      area: share,
    }),
  ),
});
export type PruningResult = v.InferOutput<typeof PruningResultSchema>;
