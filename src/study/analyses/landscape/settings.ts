/** Settings of the paths between two adapters. */
import * as v from 'valibot';
import { count } from '../../config/setting-schemas.ts';

export const LandscapeSchema = v.object({
  enabled: v.boolean(),
  points: count(3, 101),
  paths: v.array(v.picklist(['factor', 'product'])),
  /** Ways of aligning the factors with which the factor path is measured as well; absent: none. Updates do not depend on it. */
  alignments: v.optional(v.array(v.picklist(['orthogonal', 'invertible']))),
  /** Training images, without augmentation, on which paths are measured as well; absent: none. */
  trainImages: v.optional(count(1, 100000)),
});

/** Paths that are measured between two runs. */
export const landscapeCurves = ({ paths, alignments = [] }: v.InferOutput<typeof LandscapeSchema>): number =>
  paths.length + (paths.includes('factor') ? new Set(alignments).size : 0);
