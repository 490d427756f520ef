/** Accuracy on domains that no run was trained on. */
import * as v from 'valibot';
import { count, labelText, perImageText, share, shares, variance } from '../../result/measured.ts';

const tested = {
  /** [domains] */
  accuracy: shares,
  /** [domains], bits: the images of the domain classified correctly. */
  correct: v.optional(v.array(perImageText)),
};

export const DomainsResultSchema = v.object({
  /** The task's own first, then the others, in the order of all lists. */
  domains: v.array(
    v.object({
      name: labelText,
      images: count,
      /** Domains with the same number show the same pictures, in the same order; 0 are the task's own. */
      pictures: count,
      /** Of every image the number of its motif, which domains share: a style shows emoji that the task tests on too. Absent where that is not known. */
      motifs: v.optional(v.array(count)),
    }),
  ),
  /** The backbone without adapters: zero-shot, or with the head that was trained alone. */
  frozen: v.object(tested),
  /** One per arm and seed. */
  runs: v.array(
    v.object({
      arm: labelText,
      seed: count,
      /** Number of adapted layers. */
      layers: count,
      /** With every layer on. */
      ...tested,
      /** With the first layers of a random order on; the orders are those of every run with as many layers. */
      subsets: v.array(v.object({ order: count, active: count, ...tested })),
      /** With s · ΔW, by ascending s between the backbone (0) and the run (1); absent where that was not tested. */
      scaled: v.optional(v.array(v.object({ s: share, ...tested }))),
    }),
  ),
  /** Between the adapters of two seeds. */
  paths: v.array(
    v.object({
      arm: labelText,
      /** Seeds of the adapters at λ = 0 and λ = 1. */
      seeds: v.tuple([count, count]),
      path: v.picklist(['factor', 'product']),
      points: v.array(v.object({ lambda: share, ...tested })),
    }),
  ),
  /**
   * What the choice of images adds to the variance of the difference between an arm and the backbone, [domains], and of its mean over the other domains. Kept
   * where the answers to single images are not.
   */
  imageVariances: v.optional(v.array(v.object({ arm: labelText, domains: v.array(variance), others: variance }))),
  /** How many motifs are in each, [domains], in those but the task's own, and in all, where the motif of every image is not kept. */
  motifCounts: v.optional(
    v.object({
      domains: v.array(count),
      others: count,
      /** In all of them. Absent in results of earlier versions. */
      all: v.optional(count),
    }),
  ),
});
export type DomainsResult = v.InferOutput<typeof DomainsResultSchema>;

/** What one adapter, or none, answers on every domain. */
export type Tested = DomainsResult['frozen'];
