/**
 * StudyResult: what a study has found so far. The page shows a StudyResult and nothing else, whether it is growing live, was saved by the headless runner or
 * came in a link. Every list may therefore be shorter than the configuration promises.
 */
import * as v from 'valibot';
import { ANALYSIS_RESULTS } from '../analyses/schemas.ts';
import { StudyConfigSchema } from '../config/config.ts';
import { ConfusionSchema, PredictionSchema, StoredPicturesSchema } from '../predictions/result.ts';
import { MemoryNoteSchema } from './memory-note.ts';
import {
  answered,
  atLeastOne,
  count,
  labelText,
  measure,
  measures,
  motifNumbers,
  perImageText,
  scores,
  share,
  tapeText,
  variance,
} from './measured.ts';

export const RunResultSchema = v.object({
  arm: labelText,
  seed: count,
  /** Mean training loss over equal windows of steps; lossSteps holds the last step of each window. */
  lossSteps: v.array(count),
  losses: measures,
  validation: v.array(v.object({ step: count, ...scores })),
  /** Activation tape: base64 of bits, row-major [steps, players], most significant bit first; null when left out. */
  gates: v.nullable(tapeText),
  /** Steps done so far. */
  steps: count,
  /** The step from which its loss or adapter was not finite; the run then has no test accuracy. Absent: it did not diverge. */
  diverged: v.optional(count),
  /** Steps after which the run had the adapter that is tested; absent: that of the last step, or a mean of the last. */
  takenAt: v.optional(count),
  /** Accuracy on validation images of the adapter that is tested, where the validations above do not have it: of a mean, of a step between them, and in links. */
  testedValidation: v.optional(share),
  test: v.nullable(v.object(answered)),
});
export type RunResult = v.InferOutput<typeof RunResultSchema>;

export const StudyResultSchema = v.object({
  version: v.literal(1),
  config: StudyConfigSchema,
  provenance: v.object({
    /** ISO 8601, when the study started. */
    date: labelText,
    backend: labelText,
    device: labelText,
    software: v.boolean(),
    appVersion: labelText,
    seconds: measure,
    /** The memory that training was planned to need. Absent in links, in older results, and where nothing was trained. */
    memory: v.optional(MemoryNoteSchema),
    /**
     * Kernels in other forms than the usual ones, by site: they were faster on this device, and round differently in the last bits. Absent: all had the
     * usual forms. Not in links.
     */
    kernels: v.optional(v.record(labelText, labelText)),
    /** The frozen weights were stored in half precision; mixed: in one part of the study. Absent: in float32. */
    precision: v.optional(v.picklist(['f16', 'mixed'])),
  }),
  task: v.object({
    name: labelText,
    classes: v.array(labelText),
    train: count,
    validation: count,
    test: count,
    chance: share,
    /** The backbone without adapters, classified by its class prompts; null if it has no text tower. */
    zeroShot: v.nullable(v.object(answered)),
    /** For backbones without a text tower: a classifier trained on the features of the frozen backbone. Absent for others, and until it is measured. */
    headOnly: v.optional(v.object(answered)),
    /** That classifier (predictions/head.ts). Absent in links, in saved results, where it is large, and in older results. */
    head: v.optional(perImageText),
    /** Base64 of bytes [tested images]: their true classes. Absent in results without predictions. */
    labels: v.optional(perImageText),
    /**
     * Of every tested image the number of its motif: pictures of one motif are no independent draws (core/clusters.ts). How many motifs there are, where the answers to
     * single images are not kept. Absent in results of earlier versions: each image counts as its own.
     */
    motifs: v.optional(v.union([motifNumbers, count])),
    /** By how much motifs raise the variance of an accuracy. Kept where the answers to single images are not. */
    designEffect: v.optional(atLeastOne),
    /** Of own images: which were tested (data/image/images-digest.ts). Absent in links, and in older results. */
    testDigest: v.optional(labelText),
    /** Of own images: which were trained on and validated (result/image-digests.ts). Absent in links, and in older results. */
    trainDigest: v.optional(labelText),
    /** Places, among the tested images, of those whose predictions are kept, rising. Absent: all of them. */
    kept: v.optional(v.array(count)),
    /** Tokens of the longest class prompt, which the text tower computes of every prompt. Absent where it is frozen, and in older results. */
    promptTokens: v.optional(count),
    /** Some test images made small, in files of studies of own images. */
    pictures: v.optional(StoredPicturesSchema),
  }),
  runs: v.array(RunResultSchema),
  ...ANALYSIS_RESULTS,
  /** Answers to single test images. Absent in links, and in results of earlier versions. */
  predictions: v.optional(v.array(PredictionSchema)),
  /** For results without the predictions of all test images. */
  confusions: v.optional(v.array(ConfusionSchema)),
  /**
   * What the choice of test images adds to the variance of differences between arms (other − baseline), for results without the answers to single images. Keyed
   * by the ids of study/measures.
   */
  imageVariances: v.optional(
    v.array(v.object({ measure: labelText, baseline: labelText, other: labelText, variance })),
  ),
  /** Why the study ended: complete, or stopped by the user with what was done so far. */
  status: v.picklist(['running', 'complete', 'stopped']),
});
export type StudyResult = v.InferOutput<typeof StudyResultSchema>;

/** The parts of a result before anything is found. */
export const NOTHING_FOUND = { runs: [], landscape: [], shapley: [], pruning: [] } satisfies Partial<StudyResult>;
