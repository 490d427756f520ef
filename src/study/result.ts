/**
 * StudyResult: what a study found so far. The page shows a StudyResult and nothing else, whether it is growing live, was saved
 * by the headless runner or came in a link; every list may therefore be shorter than the configuration promises.
 */
import * as v from 'valibot';
import { ALIGNMENTS, MERGE_METHODS } from '../copra/merging/methods.ts';
import { ESTIMATORS } from '../copra/shapley/plan.ts';
import { PROJECTIONS } from '../core/adapter-layout.ts';
import { PRUNING_SCOPES, StudyConfigSchema } from './config.ts';
import { FederatedResultSchema } from './analyses/federated/result.ts';
import {
  count,
  differences,
  finite,
  labelText,
  measure,
  measures,
  numbers,
  perImageText,
  share,
  shares,
  tapeText,
} from './measured.ts';

const player = v.object({ tower: v.picklist(['vision', 'text']), layer: count });
const scores = { accuracy: share, loss: measure };
const curves = { accuracy: shares, loss: measures };
/** Scores, and bits: which test images were answered right. */
const answered = { ...scores, correct: v.optional(perImageText) };
/** Curves, and the same bits for every point. */
const answeredCurves = { ...curves, correct: v.optional(v.array(perImageText)) };

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
  /** The step from which on its loss, or its adapter, was no finite number: it has no test accuracy. Absent: there was none. */
  diverged: v.optional(count),
  test: v.nullable(v.object(answered)),
});
export type RunResult = v.InferOutput<typeof RunResultSchema>;

export const LandscapeResultSchema = v.object({
  arm: labelText,
  /** Seeds of the adapters at λ = 0 and λ = 1. */
  seeds: v.tuple([count, count]),
  path: v.picklist(['factor', 'product']),
  lambdas: shares,
  ...answeredCurves,
  /** max_λ of chord − accuracy, in accuracy (Entezari et al. 2022); 0 when the path lies above its chord. */
  barrierAccuracy: share,
  barrierLoss: measure,
  /** (midpoint accuracy − frozen) / (mean end accuracy − frozen), frozen being zero-shot or head only. */
  midpointRetainedGain: v.nullable(finite),
  /** How the factors of both ends were aligned before; absent: not at all. */
  alignment: v.optional(v.picklist(['orthogonal', 'invertible'])),
  /** The same path on so many training images, without augmentation. */
  train: v.optional(
    v.object({
      images: count,
      ...curves,
      barrierAccuracy: share,
      barrierLoss: measure,
    }),
  ),
});
export type LandscapeResult = v.InferOutput<typeof LandscapeResultSchema>;

export const ShapleyResultSchema = v.object({
  arm: labelText,
  seed: count,
  /** Layers, or projections of layers. */
  players: v.array(v.object({ ...player.entries, projection: v.optional(v.picklist(PROJECTIONS)) })),
  estimator: v.picklist(ESTIMATORS),
  /** Shapley values in accuracy (share of images) and in −loss (nats), one per player. */
  accuracy: differences,
  accuracyError: differences,
  loss: measures,
  lossError: measures,
  /** The part of the errors that the choice of coalitions brings, one per player; the rest is that of the images. Absent for exact values. */
  coalitionError: v.optional(v.object({ accuracy: differences, loss: measures })),
  /** v(all) − v(none) − Σφ: 0 up to rounding. */
  residual: finite,
  images: count,
  coalitions: count,
  /** Share of Σ|φ| (accuracy) in the top third of the layers of the network (the layers nearest the output). */
  topThirdShare: v.nullable(share),
  /** What every image contributes to it, to first order: signed bytes, times `scale`. */
  topThirdInfluence: v.optional(v.object({ scale: finite, values: perImageText })),
  /** The same at earlier steps of the training, first to last. */
  evolution: v.optional(
    v.array(
      v.object({
        step: count,
        accuracy: differences,
        accuracyError: differences,
        loss: measures,
        lossError: measures,
        topThirdShare: v.nullable(share),
      }),
    ),
  ),
});
export type ShapleyResult = v.InferOutput<typeof ShapleyResultSchema>;

export const PruningResultSchema = v.object({
  arm: labelText,
  seed: count,
  structured: v.array(
    v.object({
      /** all, none, even, odd, low, middle, high, q, k, v, o, fc1, fc2, q+k, q+v, k+v, vision, text, shapley-6, norm-6, random-6 … */
      label: labelText,
      kept: count,
      of: count,
      /** Without answers where the entry is a mean over several masks. */
      ...answered,
      retainedGain: v.nullable(finite),
    }),
  ),
  unstructured: v.array(
    v.object({
      scope: v.picklist(PRUNING_SCOPES),
      sparsities: shares,
      ...answeredCurves,
      /** Area under accuracy over sparsity, normalised to the sparsity range. */
      area: share,
    }),
  ),
});
export type PruningResult = v.InferOutput<typeof PruningResultSchema>;

export const MergingResultSchema = v.object({
  /** The arm whose runs were merged; null when they belong to several, as adapters that were opened do. */
  arm: v.nullable(labelText),
  /** What was merged, each with its own figures on the test images. */
  runs: v.array(v.object({ arm: labelText, seed: count, ...scores })),
  /** The mean of the logits of all runs, which costs one evaluation per run. */
  ensemble: v.nullable(v.object(scores)),
  merges: v.array(
    v.object({
      method: v.picklist(MERGE_METHODS.map(({ id }) => id)),
      alignment: v.picklist(ALIGNMENTS.map(({ id }) => id)),
      /** λ; 1 where the method has none. */
      scale: finite,
      /** LoRA rank that the merged adapter needs. */
      rank: count,
      ...scores,
    }),
  ),
  /** Task arithmetic at every λ, on the test images. */
  sweep: v.nullable(v.object({ scales: numbers, ...curves })),
  /** Validation images on which λ was chosen; 0: there were none, and λ is 1. */
  validation: count,
});
export type MergingResult = v.InferOutput<typeof MergingResultSchema>;

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

const cloud = v.object({
  /** [points]: distance to the zero adapter, the backbone. */
  norms: numbers,
  /** [points · (points − 1) / 2]: upper triangle, row by row. */
  distances: numbers,
});

export const GeometryResultSchema = v.object({
  /** Adapters of all runs, run by run in the order of their steps; step null: the trained one. */
  points: v.array(v.object({ arm: labelText, seed: count, step: v.nullable(count) })),
  /** As vectors of all A and B, without classifiers. */
  factors: cloud,
  /** As vectors of all updates ΔW. */
  updates: cloud,
});
export type GeometryResult = v.InferOutput<typeof GeometryResultSchema>;

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
  }),
  task: v.object({
    name: labelText,
    classes: v.array(labelText),
    train: count,
    validation: count,
    test: count,
    chance: share,
    /** The backbone without adapters, by its class prompts; null where it has no text tower. */
    zeroShot: v.nullable(v.object(answered)),
    /** Without a text tower: a classifier trained on the features of the frozen backbone. Absent elsewhere, and before it is measured. */
    headOnly: v.optional(v.object(answered)),
  }),
  runs: v.array(RunResultSchema),
  landscape: v.array(LandscapeResultSchema),
  shapley: v.array(ShapleyResultSchema),
  pruning: v.array(PruningResultSchema),
  /** Absent in results without it. */
  merging: v.optional(v.array(MergingResultSchema)),
  federated: v.optional(FederatedResultSchema),
  /** Absent in results without it. */
  multitask: v.optional(MultitaskResultSchema),
  planes: v.optional(v.array(PlaneResultSchema)),
  /** Absent in results without it. */
  geometry: v.optional(GeometryResultSchema),
  /**
   * What the choice of test images adds to the variance of differences between arms, where answers to single images were left out:
   * of other − baseline, by the ids of study/measures.
   */
  imageVariances: v.optional(
    v.array(v.object({ measure: labelText, baseline: labelText, other: labelText, variance: measure })),
  ),
  /** Why the study ended: complete, or stopped by the user with what was done so far. */
  status: v.picklist(['running', 'complete', 'stopped']),
});
export type StudyResult = v.InferOutput<typeof StudyResultSchema>;
