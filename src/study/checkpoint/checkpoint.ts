/** A study in the middle of its training: everything needed to continue it, bit for bit on the same device. */
import * as v from 'valibot';
import type { TrainerState } from '../../engine/engine.ts';
import { StudyConfigSchema } from '../config/config.ts';
import type { PlannedPopulation } from '../run/training/populations.ts';
import { RunResultSchema } from '../result/result.ts';
import type { FinishedAnalysis } from './finished-analysis.ts';
import { SAVING_WORDS } from './saving-words.ts';
import { CHECKPOINT_WORDS } from './words.ts';

/** What a run has recorded so far. */
const LiveRunStateSchema = v.object({
  ...v.pick(RunResultSchema, ['lossSteps', 'losses', 'validation', 'steps']).entries,
  /** Losses since the last point of the curve. */
  windowSum: v.number(),
  windowCount: v.number(),
  /** As in RunResult. */
  diverged: v.optional(v.number()),
  /** The tape, as in RunResult. */
  gates: v.string(),
  /** Steps whose adapters are kept for taking one of them, or their mean; absent: none. */
  keptSteps: v.optional(v.array(v.number())),
});
export type LiveRunState = v.InferOutput<typeof LiveRunStateSchema>;

/** Everything in a checkpoint except the tensors. */
export const CheckpointHeadSchema = v.object({
  /** Version 1.0.0 reads 1 alone, and leaves out what it does not know. */
  version: v.picklist([1, 2]),
  config: StudyConfigSchema,
  /** Name of the task, for people. */
  task: v.string(),
  /** Digest of own images that are not kept with the checkpoint (headless); absent: bundled images, or kept ones. */
  images: v.optional(v.string()),
  /** Completed training steps; config.training.steps when only the analyses remain. */
  step: v.pipe(v.number(), v.integer(), v.minValue(0)),
  /** ISO 8601: when the study started, and when this checkpoint was saved. */
  started: v.string(),
  saved: v.string(),
  /** Time spent on the study so far, without pauses. */
  seconds: v.number(),
  backend: v.string(),
  device: v.string(),
  appVersion: v.string(),
  /** All that has computed it so far, as in the provenance of its result. Absent: no other device and version than these. */
  computedBy: v.optional(v.object({ backend: v.string(), device: v.string(), appVersion: v.string() })),
  /** Its user stopped it; absent: it was interrupted, or is running. */
  stopped: v.optional(v.literal(true)),
  /** Id of the map in whose course it runs, which begins it again; absent: it is none's. */
  map: v.optional(v.string()),
  /** Kernels in other forms than the usual ones, by site. Absent: none. */
  kernels: v.optional(v.record(v.string(), v.string())),
  /** How the frozen weights are stored. Absent: in float32. */
  precision: v.optional(v.picklist(['f16'])),
  /** A class trained its clients, or was there to: it waits for the class when it goes on. Absent: clients are simulated, if it has any. */
  byClass: v.optional(v.literal(true)),
  /** Its runs are those of seeds that are added to a study, which it goes on with. Absent: of all seeds. */
  adds: v.optional(v.literal(true)),
  /** [populations][runs] */
  runs: v.array(v.array(LiveRunStateSchema)),
});
export type CheckpointHead = v.InferOutput<typeof CheckpointHeadSchema>;

export interface StudyCheckpoint {
  readonly head: CheckpointHead;
  /** [populations] */
  readonly trainers: readonly TrainerState[];
  /** [populations][runs]: the adapters of `keptSteps`, or one mean of them; absent: none. */
  readonly kept?: readonly (readonly (readonly Float32Array[])[])[];
  /** Analyses that are done, of a training that is; absent: none. */
  readonly finished?: readonly FinishedAnalysis[];
}

export interface PopulationState {
  readonly trainer: TrainerState;
  readonly runs: readonly LiveRunState[];
  /** Per run. */
  readonly kept: readonly (readonly Float32Array[])[];
}

/** The checkpoint cannot be read, or belongs to another study than the one to continue. */
export class StudyCheckpointError extends Error {
  override readonly name: string = 'StudyCheckpointError';
}

/** The checkpoint is whole, and of a version of the page that knows more, or less, than this one. */
export class OtherVersionError extends StudyCheckpointError {
  override readonly name = 'OtherVersionError';

  constructor(options?: ErrorOptions) {
    super(CHECKPOINT_WORDS.otherVersion, options);
  }
}

/** Whether the populations planned from its configuration are the saved ones. */
export const fitsPlans = ({ head, trainers, kept }: StudyCheckpoint, plans: readonly PlannedPopulation[]): boolean =>
  head.step <= head.config.training.steps &&
  trainers.length === plans.length &&
  head.runs.length === plans.length &&
  plans.every(({ layout, runs, trainings }, i) => {
    const { step, adapters, firstMoments, secondMoments, counts } = trainers[i];
    const lists = [adapters, firstMoments, secondMoments];
    return (
      step === head.step &&
      [...lists, counts].every((list) => list.length === trainings.length) &&
      head.runs[i].length === runs.length &&
      (kept?.[i] ?? []).every((run) => run.every(({ length }) => length === layout.size)) &&
      lists.every((list) => list.every(({ length }) => length === layout.size)) &&
      counts.every(({ length }) => length === layout.pairs.length + (layout.head ? 1 : 0)) &&
      head.runs[i].every(({ steps }) => steps === head.step)
    );
  });

/** @throws StudyCheckpointError when it does not fit the populations planned from its configuration */
export function checkFits(checkpoint: StudyCheckpoint, plans: readonly PlannedPopulation[]): void {
  const { head } = checkpoint;
  if (!fitsPlans(checkpoint, plans))
    throw new StudyCheckpointError(SAVING_WORDS.doesNotFit(head.step, head.appVersion));
}
