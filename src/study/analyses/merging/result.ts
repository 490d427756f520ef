/** All seeds of an arm merged in every way. */
import * as v from 'valibot';
import { ALIGNMENTS, MERGE_METHODS } from '../../../copra/merging/methods.ts';
import { count, curves, finite, labelText, numbers, scores } from '../../result/measured.ts';

/** A way of merging, and what came of it. */
export const merge = {
  method: v.picklist(MERGE_METHODS.map(({ id }) => id)),
  alignment: v.picklist(ALIGNMENTS.map(({ id }) => id)),
  /** λ; 1 where the method has none, or there are no validation images. */
  scale: finite,
  /** LoRA rank that the merged adapter needs. */
  rank: count,
};

export const MergingResultSchema = v.object({
  /** The arm whose runs were merged; null when they belong to several, as adapters that were opened do. */
  arm: v.nullable(labelText),
  /** What was merged, each with its own figures on the test images. */
  runs: v.array(v.object({ arm: labelText, seed: count, ...scores })),
  /** The mean of the logits of all runs, which costs one evaluation per run. */
  ensemble: v.nullable(v.object(scores)),
  merges: v.array(
    v.object({
      ...merge,
      ...scores,
    }),
  ),
  /** Task arithmetic at every λ, on the test images. */
  sweep: v.nullable(v.object({ scales: numbers, ...curves })),
  /** Validation images on which λ was chosen; 0: there were none, and λ is 1. */
  validation: count,
});
export type MergingResult = v.InferOutput<typeof MergingResultSchema>;
