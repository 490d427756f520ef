/** Accuracy and loss over the plane through three adapters. */
import * as v from 'valibot';
import { count, curves, finite, labelText, numbers } from '../../result/measured.ts';

export const PlaneResultSchema = v.object({
  /** The arm whose runs span the plane; null when they come from several arms, as opened adapters do. */
  arm: v.nullable(labelText),
  /** The three adapters and their positions, in lengths of the factor space. The first is at (0, 0); null means the zero adapter, which is the backbone, but for its classifier where one is trained: that is zero too. */
  corners: v.array(v.object({ run: v.nullable(v.object({ arm: labelText, seed: count })), x: finite, y: finite })),
  /** Positions of the grid. */
  xs: numbers,
  ys: numbers,
  /** [rows done, xs], the first row at ys[0]. */
  ...curves,
  /** Adapters of the runs during training, projected onto the plane; step null means the trained adapter. */
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
