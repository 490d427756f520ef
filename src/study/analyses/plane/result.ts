/** Accuracy and loss over the plane through three adapters. */
import * as v from 'valibot';
import { count, curves, finite, labelText, numbers } from '../../result/measured.ts';

export const PlaneResultSchema = v.object({
  /** The arm whose runs span the plane; null when they belong to several, as adapters that were opened do. */
  arm: v.nullable(labelText),
  /** The three adapters and where they lie, the first at (0, 0); null: the zero adapter, which is the backbone. In lengths of the factor space. */
  corners: v.array(v.object({ run: v.nullable(v.object({ arm: labelText, seed: count })), x: finite, y: finite })),
  /** Positions of the grid. */
  xs: numbers,
  ys: numbers,
  /** [rows done, xs], the first row at ys[0]. */
  ...curves,
  /** Adapters of the runs during training, projected on the plane; step null: the trained one. */
  trajectories: v.array(
    v.object({
      arm: labelText,
      seed: count,
      points: v.array(
        v.object({
          step: v.nullable(count),
          x: finite,
          y: finite,
          /** Distance from the plane. */
          residual: finite,
        }),
      ),
    }),
  ),
});
export type PlaneResult = v.InferOutput<typeof PlaneResultSchema>;
