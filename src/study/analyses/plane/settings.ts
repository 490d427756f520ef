/** Settings of the plane through three adapters. */
import * as v from 'valibot';
import { count } from '../../config/setting-schemas.ts';

export const PlaneSchema = v.object({
  enabled: v.boolean(),
  /** Points along either side of the grid. */
  grid: count(3, 51),
});
