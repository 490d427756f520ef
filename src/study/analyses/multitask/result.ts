/** One adapter per task, merged across tasks. */
import * as v from 'valibot';
import { ALIGNMENTS, MERGE_METHODS } from '../../../copra/merging/methods.ts';
import { count, finite, labelText, perImageText, shares } from '../../measured.ts';

const taskAccuracies = {
  /** [tasks]: accuracy on its test images with its own classes as candidates. */
  own: shares,
  /** [tasks]: the same with the classes of all tasks as candidates. */
  joint: shares,
  /** Bits: which images were answered right among their own classes, those of one task after the other. */
  correct: v.optional(perImageText),
};

export const MultitaskResultSchema = v.object({
  /** What was merged, in the order of all lists. */
  tasks: v.array(v.object({ name: labelText, classes: count, test: count, validation: count })),
  /** Without any adapter. */
  zeroShot: v.object(taskAccuracies),
  /** One per arm and seed. */
  runs: v.array(
    v.object({
      arm: labelText,
      seed: count,
      /** Every task with the adapter that was trained on it. */
      single: v.object(taskAccuracies),
      /** The mean of the logits of all adapters. */
      ensemble: v.object(taskAccuracies),
      merges: v.array(
        v.object({
          method: v.picklist(MERGE_METHODS.map(({ id }) => id)),
          alignment: v.picklist(ALIGNMENTS.map(({ id }) => id)),
          /** λ; 1 where the method has none, or there are no validation images. */
          scale: finite,
          /** LoRA rank that the merged adapter needs. */
          rank: count,
          ...taskAccuracies,
        }),
      ),
    }),
  ),
});
export type MultitaskResult = v.InferOutput<typeof MultitaskResultSchema>;
