/**
 * StudyResult: what a study found so far. The page shows a StudyResult and nothing else, whether it is growing live, was saved
 * by the headless runner or came in a link; every list may therefore be shorter than the configuration promises.
 */
import * as v from 'valibot';
import { ALIGNMENTS, MERGE_METHODS } from '../copra/merging/methods.ts';
import { ESTIMATORS } from '../copra/shapley/plan.ts';
import { PROJECTIONS } from '../core/adapter-layout.ts';
import { PRUNING_SCOPES, StudyConfigSchema } from './config.ts';
import { FederatedResultSchema } from './federated/result.ts';

const numbers = v.array(v.number());
const player = v.object({ tower: v.picklist(['vision', 'text']), layer: v.number() });

export const RunResultSchema = v.object({
  arm: v.string(),
  seed: v.number(),
  /** Mean training loss over equal windows of steps; lossSteps holds the last step of each window. */
  lossSteps: numbers,
  losses: numbers,
  validation: v.array(v.object({ step: v.number(), accuracy: v.number(), loss: v.number() })),
  /** Activation tape: base64 of bits, row-major [steps, players], most significant bit first; null when left out. */
  gates: v.nullable(v.string()),
  /** Steps done so far. */
  steps: v.number(),
  test: v.nullable(v.object({ accuracy: v.number(), loss: v.number() })),
});
export type RunResult = v.InferOutput<typeof RunResultSchema>;

export const LandscapeResultSchema = v.object({
  arm: v.string(),
  /** Seeds of the adapters at λ = 0 and λ = 1. */
  seeds: v.tuple([v.number(), v.number()]),
  path: v.picklist(['factor', 'product']),
  lambdas: numbers,
  accuracy: numbers,
  loss: numbers,
  /** max_λ of chord − accuracy, in accuracy (Entezari et al. 2022); 0 when the path lies above its chord. */
  barrierAccuracy: v.number(),
  barrierLoss: v.number(),
  /** (midpoint accuracy − zero-shot) / (mean end accuracy − zero-shot). */
  midpointRetainedGain: v.nullable(v.number()),
  /** How the factors of both ends were aligned before; absent: not at all. */
  alignment: v.optional(v.picklist(['orthogonal', 'invertible'])),
  /** The same path on so many training images, without augmentation. */
  train: v.optional(
    v.object({
      images: v.number(),
      accuracy: numbers,
      loss: numbers,
      barrierAccuracy: v.number(),
      barrierLoss: v.number(),
    }),
  ),
});
export type LandscapeResult = v.InferOutput<typeof LandscapeResultSchema>;

export const ShapleyResultSchema = v.object({
  arm: v.string(),
  seed: v.number(),
  /** Layers, or projections of layers. */
  players: v.array(v.object({ ...player.entries, projection: v.optional(v.picklist(PROJECTIONS)) })),
  estimator: v.picklist(ESTIMATORS),
  /** Shapley values in accuracy (share of images) and in −loss (nats), one per player. */
  accuracy: numbers,
  accuracyError: numbers,
  loss: numbers,
  lossError: numbers,
  /** The part of the errors that the choice of coalitions brings, one per player; the rest is that of the images. Absent for exact values. */
  coalitionError: v.optional(v.object({ accuracy: numbers, loss: numbers })),
  /** v(all) − v(none) − Σφ: 0 up to rounding. */
  residual: v.number(),
  images: v.number(),
  coalitions: v.number(),
  /** Share of Σ|φ| (accuracy) in the top third of the layers of the network (the layers nearest the output). */
  topThirdShare: v.nullable(v.number()),
  /** The same at earlier steps of the training, first to last. */
  evolution: v.optional(
    v.array(
      v.object({
        step: v.number(),
        accuracy: numbers,
        accuracyError: numbers,
        loss: numbers,
        lossError: numbers,
        topThirdShare: v.nullable(v.number()),
      }),
    ),
  ),
});
export type ShapleyResult = v.InferOutput<typeof ShapleyResultSchema>;

export const PruningResultSchema = v.object({
  arm: v.string(),
  seed: v.number(),
  structured: v.array(
    v.object({
      /** all, none, even, odd, low, middle, high, q, k, v, o, fc1, fc2, q+k, q+v, k+v, vision, text, shapley-6, norm-6, random-6 … */
      label: v.string(),
      kept: v.number(),
      of: v.number(),
      accuracy: v.number(),
      loss: v.number(),
      retainedGain: v.nullable(v.number()),
    }),
  ),
  unstructured: v.array(
    v.object({
      scope: v.picklist(PRUNING_SCOPES),
      sparsities: numbers,
      accuracy: numbers,
      loss: numbers,
      /** Area under accuracy over sparsity, normalised to the sparsity range. */
      area: v.number(),
    }),
  ),
});
export type PruningResult = v.InferOutput<typeof PruningResultSchema>;

const scores = { accuracy: v.number(), loss: v.number() };

export const MergingResultSchema = v.object({
  /** The arm whose runs were merged; null when they belong to several, as adapters that were opened do. */
  arm: v.nullable(v.string()),
  /** What was merged, each with its own figures on the test images. */
  runs: v.array(v.object({ arm: v.string(), seed: v.number(), ...scores })),
  /** The mean of the logits of all runs, which costs one evaluation per run. */
  ensemble: v.nullable(v.object(scores)),
  merges: v.array(
    v.object({
      method: v.picklist(MERGE_METHODS.map(({ id }) => id)),
      alignment: v.picklist(ALIGNMENTS.map(({ id }) => id)),
      /** λ; 1 where the method has none. */
      scale: v.number(),
      /** LoRA rank that the merged adapter needs. */
      rank: v.number(),
      ...scores,
    }),
  ),
  /** Task arithmetic at every λ, on the test images. */
  sweep: v.nullable(v.object({ scales: numbers, accuracy: numbers, loss: numbers })),
  /** Validation images on which λ was chosen; 0: there were none, and λ is 1. */
  validation: v.number(),
});
export type MergingResult = v.InferOutput<typeof MergingResultSchema>;

const taskAccuracies = {
  /** [tasks]: accuracy on its test images with its own classes as candidates. */
  own: numbers,
  /** [tasks]: the same with the classes of all tasks as candidates. */
  joint: numbers,
};

export const MultitaskResultSchema = v.object({
  /** What was merged, in the order of all lists. */
  tasks: v.array(v.object({ name: v.string(), classes: v.number(), test: v.number(), validation: v.number() })),
  /** Without any adapter. */
  zeroShot: v.object(taskAccuracies),
  /** One per arm and seed. */
  runs: v.array(
    v.object({
      arm: v.string(),
      seed: v.number(),
      /** Every task with the adapter that was trained on it. */
      single: v.object(taskAccuracies),
      /** The mean of the logits of all adapters. */
      ensemble: v.object(taskAccuracies),
      merges: v.array(
        v.object({
          method: v.picklist(MERGE_METHODS.map(({ id }) => id)),
          alignment: v.picklist(ALIGNMENTS.map(({ id }) => id)),
          /** λ; 1 where the method has none, or there are no validation images. */
          scale: v.number(),
          /** LoRA rank that the merged adapter needs. */
          rank: v.number(),
          ...taskAccuracies,
        }),
      ),
    }),
  ),
});
export type MultitaskResult = v.InferOutput<typeof MultitaskResultSchema>;

export const PlaneResultSchema = v.object({
  /** The arm whose runs span the plane; null when they belong to several, as adapters that were opened do. */
  arm: v.nullable(v.string()),
  /** The three adapters and where they lie, the first at (0, 0); null: the zero adapter, which is the backbone. In lengths of the factor space. */
  corners: v.array(
    v.object({ run: v.nullable(v.object({ arm: v.string(), seed: v.number() })), x: v.number(), y: v.number() }),
  ),
  /** Positions of the grid. */
  xs: numbers,
  ys: numbers,
  /** [rows done, xs], the first row at ys[0]. */
  accuracy: numbers,
  loss: numbers,
  /** Adapters of the runs during training, projected on the plane; step null: the trained one. */
  trajectories: v.array(
    v.object({
      arm: v.string(),
      seed: v.number(),
      points: v.array(
        v.object({
          step: v.nullable(v.number()),
          x: v.number(),
          y: v.number(),
          /** Distance from the plane. */
          residual: v.number(),
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
  points: v.array(v.object({ arm: v.string(), seed: v.number(), step: v.nullable(v.number()) })),
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
    date: v.string(),
    backend: v.string(),
    device: v.string(),
    software: v.boolean(),
    appVersion: v.string(),
    seconds: v.number(),
  }),
  task: v.object({
    name: v.string(),
    classes: v.array(v.string()),
    train: v.number(),
    validation: v.number(),
    test: v.number(),
    chance: v.number(),
    zeroShot: v.nullable(v.object({ accuracy: v.number(), loss: v.number() })),
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
  /** Why the study ended: complete, or stopped by the user with what was done so far. */
  status: v.picklist(['running', 'complete', 'stopped']),
});
export type StudyResult = v.InferOutput<typeof StudyResultSchema>;
