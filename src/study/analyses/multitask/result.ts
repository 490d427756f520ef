/** One adapter per task, merged across tasks. */
import * as v from 'valibot';
import { count, labelText, motifNumbers, perImageText, shares } from '../../result/measured.ts';
import { merge } from '../merging/result.ts';

const taskAccuracies = {
  /** [tasks]: accuracy on the task's test images with its own classes as candidates. */
  own: shares,
  /** [tasks]: the same with the classes of all tasks as candidates. */
  joint: shares,
  /** Bits: the images classified correctly among their own classes, one task after the other. */
  correct: v.optional(perImageText),
};

export const MultitaskResultSchema = v.object({
  /** The merged tasks, in the order of all lists. */
  tasks: v.array(v.object({ name: labelText, classes: count, test: count, validation: count })),
  /** Of every test image, one task after the other, the number of its motif, which tasks may share; or how many there are (result/result.ts). */
  motifs: v.optional(v.union([motifNumbers, count])),
  /** Without any adapter. */
  zeroShot: v.object(taskAccuracies),
  /** One per arm and seed. */
  runs: v.array(
    v.object({
      arm: labelText,
      seed: count,
      /** Every task with the adapter trained on it. */
      single: v.object(taskAccuracies),
      /** The mean of the logits of all adapters. */
      ensemble: v.object(taskAccuracies),
      merges: v.array(
        v.object({
          ...merge,
          ...taskAccuracies,
        }),
      ),
    }),
  ),
});
export type MultitaskResult = v.InferOutput<typeof MultitaskResultSchema>;
