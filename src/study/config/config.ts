/** StudyConfig: everything needed to repeat a study. Plain, versioned JSON. */
import * as v from 'valibot';
import { METHOD_IDS } from '../../copra/methods/registry.ts';
import { ANALYSIS_CONFIGS } from '../analyses/schemas.ts';
import { count, entriesOf, nameText } from './settings/rows.ts';
import { ARM_ROWS, ARM_SETTINGS } from './settings/arm.ts';
import { SHARED_SETTINGS } from './settings/shared.ts';
import { STUDY_SETTINGS } from './settings/study.ts';
import { TRAINING_SETTINGS } from './settings/training.ts';
import { CONFIG_CHECKS } from './words.ts';

const allDiffer = (values: readonly unknown[]): boolean => new Set(values).size === values.length;

/** Most characters in a text of a setting, as JavaScript counts them. */
export const LONGEST_TEXT = 200;

/** Where a prompt has the name of its class. */
export const PLACE = '{}';

const PromptText = v.pipe(v.string(), v.minLength(1), v.maxLength(LONGEST_TEXT));
const PromptTemplate = v.pipe(
  PromptText,
  v.includes(PLACE, () => CONFIG_CHECKS.template),
);

export const ArmSchema = v.object({
  /** Unique within the study; used in file names and links. */
  id: v.pipe(v.string(), v.regex(/^[a-z0-9-]{1,24}$/)),
  name: nameText(60),
  method: v.picklist(METHOD_IDS),
  ...entriesOf(ARM_SETTINGS),
});
export type ArmConfig = v.InferOutput<typeof ArmSchema>;

/** An arm with all its settings. */
export type CompleteArm = Required<ArmConfig>;

/** Values of an arm's optional settings when it omits them. */
export const LEFT_OUT = Object.fromEntries(
  ARM_ROWS.flatMap(([key, row]) => ('optional' in row ? [[key, row.usual]] : [])),
);

export const completeArm = (arm: ArmConfig): CompleteArm => ({ ...LEFT_OUT, ...arm }) as CompleteArm;

/** The arm without optional settings that have their usual value: equal studies have equal configurations. */
export const plainArm = (arm: ArmConfig): ArmConfig =>
  Object.fromEntries(Object.entries(arm).filter(([key, value]) => LEFT_OUT[key] !== value)) as ArmConfig;

/** Enough for a sweep: three methods at eight values. */
export const MAX_ARMS = 24;
/** Every pair of seeds has its path in the landscape: 496 of 32 for every arm. */
export const MAX_SEEDS = 32;

const SHARED = entriesOf(SHARED_SETTINGS);

export const StudyConfigSchema = v.object({
  version: v.literal(1),
  /** Id of a bundled backbone, or of one that was fetched: owner/name@commit, or an address or folder and "@" and the SHA-256 of its files. */
  backbone: nameText(LONGEST_TEXT),
  /** Side length of the images in pixels, a multiple of the patch size; absent: the size the backbone was made for. */
  imageSize: v.optional(count(8, 1024)),
  /** Id of a bundled task (data/bundled/tasks.ts), or "dropped" for the user's own images. */
  task: nameText(80),
  /** CLIP prompts; absent: the task's own. {} stands for the class name. Several templates are averaged. */
  prompts: v.optional(
    v.object({
      templates: v.pipe(v.array(PromptTemplate), v.minLength(1), v.maxLength(16)),
      /** Class name → its only prompt. */
      perClass: v.record(v.pipe(v.string(), v.maxLength(100)), PromptText),
    }),
  ),
  /** Which training images: data/shots.ts. */
  ...entriesOf(STUDY_SETTINGS),
  arms: v.pipe(
    v.array(ArmSchema),
    v.minLength(1),
    v.maxLength(MAX_ARMS),
    v.check(
      (arms) => allDiffer(arms.map(({ id }) => id)),
      () => CONFIG_CHECKS.sameArm,
    ),
  ),
  // A duplicate seed would make intervals too narrow.
  seeds: v.pipe(
    v.array(count(0, 0x7fffffff)),
    v.minLength(1),
    v.maxLength(MAX_SEEDS),
    v.check(
      (seeds) => allDiffer(seeds),
      () => CONFIG_CHECKS.seedTwice,
    ),
  ),
  training: v.object(entriesOf(TRAINING_SETTINGS)),
  /** The arms are adapters that were there (evaluation-config.ts): nothing was trained by these settings, and nothing can be. Absent: a study that trains. */
  evaluated: v.optional(
    v.object({
      /** Ids of arms of whose training nobody says anything. */
      untold: v.array(v.string()),
      /** Ids of arms whose rank or scale is beyond what an arm can have. */
      beyond: v.array(v.string()),
    }),
  ),
  /** Settings of a later version are left out (newer-settings.ts): these are not the whole settings of any study. */
  incomplete: v.optional(v.literal(true)),
  analyses: v.object({
    testImages: SHARED.testImages,
    ...ANALYSIS_CONFIGS,
    snapshots: SHARED.snapshots,
  }),
});
export type StudyConfig = v.InferOutput<typeof StudyConfigSchema>;

/** Analyses by the key of their settings, which also names their phase. */
export type AnalysisId = {
  [K in keyof StudyConfig['analyses']]-?: NonNullable<StudyConfig['analyses'][K]> extends { readonly enabled: boolean }
    ? K
    : never;
}[keyof StudyConfig['analyses']];
