/** All seeds of an arm merged in every way. */
import * as v from 'valibot';
import { ALIGNMENT_IDS, MERGE_METHOD_IDS } from '../../../copra/merging/method-ids.ts';
import { count, curves, finite, labelText, numbers, scores } from '../../result/measured.ts';

/** One way of merging, with its results. */
export const merge = {
  method: v.picklist(MERGE_METHOD_IDS),
  alignment: v.picklist(ALIGNMENT_IDS),
  /** λ; 1 when the method has none or there are no validation images. */
  scale: finite,
  /** LoRA rank that the merged adapter needs. */
  rank: count,
};

export const MergingResultSchema = v.object({
  /** The arm whose runs were merged; null when they come from several arms, as opened adapters do. */
  arm: v.nullable(labelText),
  /** The merged runs, each with its own scores on the test images. */
  runs: v.array(v.object({ arm: labelText, seed: count, ...scores })),
  /** The mean of the logits of all runs, at the cost of one evaluation per run. */
  ensemble: v.nullable(v.object(scores)),
  merges: v.array(
    v.object({
      ...merge,
      ...scores,
    }),
  ),
  /** Task arithmetic at every λ, on the test images. */
  sweep: v.nullable(v.object({ scales: numbers, ...curves })),
  /** Validation images used to choose λ; 0: there were none, and λ is 1. */
  validation: count,
});
export type MergingResult = v.InferOutput<typeof MergingResultSchema>;
