/** StudyConfig: everything a study needs to be repeated. Plain, versioned JSON. */
import * as v from 'valibot';
import { METHOD_IDS } from '../copra/methods/registry.ts';
import { ESTIMATORS } from '../copra/shapley/plan.ts';
import { FederatedSchema } from './federated/settings.ts';
import { ARM_ROWS, ARM_SETTINGS } from './settings/arm.ts';
import { count, entriesOf, finite } from './settings/rows.ts';
import { TRAINING_SETTINGS } from './settings/training.ts';

const share = v.pipe(finite, v.minValue(0), v.maxValue(1));
const allDiffer = (values: readonly unknown[]): boolean => new Set(values).size === values.length;

const PromptText = v.pipe(v.string(), v.minLength(1), v.maxLength(200));
const PromptTemplate = v.pipe(PromptText, v.includes('{}', 'A template needs {} where the class name goes.'));

export const ArmSchema = v.object({
  /** Unique within the study; used in file names and links. */
  id: v.pipe(v.string(), v.regex(/^[a-z0-9-]{1,24}$/)),
  name: v.pipe(v.string(), v.minLength(1), v.maxLength(60)),
  method: v.picklist(METHOD_IDS),
  ...entriesOf(ARM_SETTINGS),
});
export type ArmConfig = v.InferOutput<typeof ArmSchema>;

/** An arm with all its settings. */
export type CompleteArm = Required<ArmConfig>;

/** What the optional settings of an arm are where it leaves them out. */
const LEFT_OUT = Object.fromEntries(ARM_ROWS.flatMap(([key, row]) => ('optional' in row ? [[key, row.usual]] : [])));

export const completeArm = (arm: ArmConfig): CompleteArm => ({ ...LEFT_OUT, ...arm }) as CompleteArm;

/** The arm without optional settings that say nothing: equal studies have equal configurations. */
export const plainArm = (arm: ArmConfig): ArmConfig =>
  Object.fromEntries(Object.entries(arm).filter(([key, value]) => LEFT_OUT[key] !== value)) as ArmConfig;

/** Tasks merged into one adapter. */
export const MAX_TASKS = 16;

/** Room for a sweep: three methods at eight values. */
export const MAX_ARMS = 24;

/** Exact Shapley values need 2^n coalitions; with more layers the estimator samples. */
export const MAX_EXACT_PLAYERS = 12;

/** Coalitions of a sampled estimate where the configuration says nothing. */
export const DEFAULT_EVALUATIONS = 256;

/** Within which set single weights are ranked before the smallest are removed (copra/pruning/unstructured.ts). */
export const PRUNING_SCOPES = ['factors', 'update', 'tensors'] as const;

export const StudyConfigSchema = v.object({
  version: v.literal(1),
  /** Id of a bundled backbone, or of one that was fetched: owner/name@commit, or an address or folder and "@" and the SHA-256 of its files. */
  backbone: v.pipe(v.string(), v.minLength(1), v.maxLength(200)),
  /** Side of the images in pixels, a multiple of the patch size; absent: what the backbone was made for. */
  imageSize: v.optional(count(8, 1024)),
  /** Id of a bundled task (data/tasks.ts), or "dropped" for the user's own images. */
  task: v.pipe(v.string(), v.minLength(1), v.maxLength(80)),
  /** Prompts of CLIP; absent: the task's own. {} stands for the name of the class. Several templates are averaged. */
  prompts: v.optional(
    v.object({
      templates: v.pipe(v.array(PromptTemplate), v.minLength(1), v.maxLength(16)),
      /** Class name → its only prompt. */
      perClass: v.record(v.pipe(v.string(), v.maxLength(100)), PromptText),
    }),
  ),
  /** Training images per class; null = all. */
  shots: v.nullable(count(1, 100000)),
  arms: v.pipe(
    v.array(ArmSchema),
    v.minLength(1),
    v.maxLength(MAX_ARMS),
    v.check((arms) => allDiffer(arms.map(({ id }) => id)), 'Two arms of the study have the same id.'),
  ),
  // A seed that counts twice would make intervals narrower than they are.
  seeds: v.pipe(
    v.array(count(0, 0x7fffffff)),
    v.minLength(1),
    v.maxLength(32),
    v.check((seeds) => allDiffer(seeds), 'A seed appears twice in the study.'),
  ),
  training: v.object(entriesOf(TRAINING_SETTINGS)),
  analyses: v.object({
    /** Test images used; null = all. */
    testImages: v.nullable(count(1, 100000)),
    landscape: v.object({
      enabled: v.boolean(),
      points: count(3, 101),
      paths: v.array(v.picklist(['factor', 'product'])),
      /** Ways of aligning the factors with which the factor path is measured as well; absent: none. Updates do not depend on it. */
      alignments: v.optional(v.array(v.picklist(['orthogonal', 'invertible']))),
      /** Training images, without augmentation, on which paths are measured as well; absent: none. */
      trainImages: v.optional(count(1, 100000)),
    }),
    shapley: v.object({
      enabled: v.boolean(),
      images: count(1, 100000),
      /** exact needs ≤ 12 players; permutation samples `permutations` orders; the others evaluate up to `evaluations` coalitions. */
      estimator: v.picklist(ESTIMATORS),
      permutations: count(2, 10000),
      /** Absent: DEFAULT_EVALUATIONS. */
      evaluations: v.optional(count(16, 2048)),
      /** Who plays: layers (absent), or every adapted projection of every layer. */
      players: v.optional(v.picklist(['layer', 'module'])),
      /** Also after the first and second third of the steps; absent: no. */
      evolution: v.optional(v.boolean()),
      /** Seeds per arm that are analysed; the rest is skipped. */
      seedsPerArm: count(1, 32),
    }),
    pruning: v.object({
      enabled: v.boolean(),
      sparsities: v.array(share),
      scopes: v.array(v.picklist(PRUNING_SCOPES)),
      randomMasks: count(0, 100),
    }),
    /** All seeds of an arm merged in every way; absent: off, as in configurations from before there was merging. */
    merging: v.optional(
      v.object({
        enabled: v.boolean(),
        /** λ of the methods that scale the merged update; 1 is the mean of the runs, K the sum of K. */
        scales: v.pipe(v.array(v.pipe(finite, v.minValue(0), v.maxValue(64))), v.minLength(1), v.maxLength(32)),
        /** Share of the entries that trimming methods keep. */
        density: share,
      }),
    ),
    /** The arms trained by clients with images of their own; absent: off. */
    federated: v.optional(FederatedSchema),
    /** One adapter per task, merged across tasks; λ and density are those of merging. Absent: off. */
    multitask: v.optional(
      v.object({
        enabled: v.boolean(),
        /** Ids of bundled tasks; none: parts of the study's own task. The study's own runs serve where its task is among them. */
        tasks: v.pipe(v.array(v.pipe(v.string(), v.minLength(1), v.maxLength(80))), v.maxLength(MAX_TASKS)),
        /** Without ids: into how many tasks its classes are divided, unless their names say ("part/class"). */
        parts: count(2, MAX_TASKS),
      }),
    ),
    /** The plane through three adapters of an arm; absent: off. */
    plane: v.optional(
      v.object({
        enabled: v.boolean(),
        /** Points along either side of the grid. */
        grid: count(3, 51),
      }),
    ),
    /** Distances between the adapters of all runs, during training too; absent: off. */
    geometry: v.optional(v.object({ enabled: v.boolean() })),
    /** Adapters per run that plane and distances follow through training, the first and the last included; absent: DEFAULT_SNAPSHOTS. */
    snapshots: v.optional(count(2, 65)),
  }),
});
export type StudyConfig = v.InferOutput<typeof StudyConfigSchema>;
