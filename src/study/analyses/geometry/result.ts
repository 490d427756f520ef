/** Distances between adapters. */
import * as v from 'valibot';
import { count, labelText, numbers } from '../../result/measured.ts';

const cloud = v.object({
  /** [points]: distance to the zero adapter, the backbone. */
  norms: numbers,
  /** [points · (points − 1) / 2]: upper triangle, row by row. */
  distances: numbers,
});

export const GeometryResultSchema = v.object({
  /** Adapters of all runs, run by run in step order; step null means the trained adapter. */
  points: v.array(v.object({ arm: labelText, seed: count, step: v.nullable(count) })),
  /** As vectors of all A and B, without classifiers. */
  factors: cloud,
  /** As vectors of all updates ΔW. */
  updates: cloud,
});
export type GeometryResult = v.InferOutput<typeof GeometryResultSchema>;
