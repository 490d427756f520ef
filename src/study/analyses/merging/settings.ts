/** Settings of merging all seeds of an arm. */
import * as v from 'valibot';
import { finite, share } from '../../config/setting-schemas.ts';

export const MergingSchema = v.object({
  enabled: v.boolean(),
  /** λ of the methods that scale the merged update; 1 is the mean of the runs, K the sum of K. */
  scales: v.pipe(v.array(v.pipe(finite, v.minValue(0), v.maxValue(64))), v.minLength(1), v.maxLength(32)),
  /** Share of the entries that trimming methods keep. */
  density: share,
});
