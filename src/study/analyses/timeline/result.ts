/** What runs, and the paths between two of them, are worth at steps of their training. */
import * as v from 'valibot';
import { count, labelText, perImageText, shares, variance } from '../../result/measured.ts';

/** Accuracies, and per accuracy the test images classified correctly, as bits. */
const tested = { accuracy: shares, correct: v.optional(v.array(perImageText)) };

export const TimelineResultSchema = v.object({
  /** One per arm and seed. */
  runs: v.array(
    v.object({
      arm: labelText,
      seed: count,
      /** Steps done when the adapter was kept, ascending; the last is the trained one, which may be taken before the last step of all. Steps before an interruption are missing. */
      steps: v.array(count),
      /** With everything on, [steps]. */
      ...tested,
      /** With every other layer on (copra/pruning/structured.ts); a half of an adapter with a single layer is missing. */
      halves: v.array(v.object({ label: v.picklist(['even', 'odd']), ...tested })),
    }),
  ),
  /** Factor paths between two seeds of an arm. */
  pairs: v.array(
    v.object({
      arm: labelText,
      /** Seeds of the adapters at λ = 0 and λ = 1. */
      seeds: v.tuple([count, count]),
      /** Steps at which both adapters were kept, ascending; the last are the trained ones, at the later of their two steps. */
      steps: v.array(count),
      /** Without the ends, which are the runs. */
      lambdas: shares,
      /** [steps · lambdas], step by step. */
      ...tested,
    }),
  ),
  /** What the choice of test images adds to the variances of what the page says of an arm at every step, for results without the answers. */
  imageVariances: v.optional(
    v.array(
      v.object({
        figure: v.picklist(['midpoint', 'every other', 'above ends']),
        arm: labelText,
        /** Of the difference from this arm after equal steps; absent: of the arm's own figure. */
        baseline: v.optional(labelText),
        /** At every step at which adapters of the arm were kept; 0 where there is no figure. */
        variances: v.array(variance),
      }),
    ),
  ),
});
export type TimelineResult = v.InferOutput<typeof TimelineResultSchema>;
