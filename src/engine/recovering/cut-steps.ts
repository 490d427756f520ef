/** Cuts training steps that found no memory so that they take less at a time. */
import type { Engine, StepPlan, TrainBatch, TrainerSpec } from '../engine.ts';
import { batchSizeOf } from './recovery.ts';

/** What can be given up of a step that found no memory is cut to this share. */
const CUT_SHARE = 3 / 4;

/** A plan of the same steps, and the bytes that it was made for; null if they cannot be cut smaller. */
export function cutSteps(
  engine: Engine,
  spec: TrainerSpec,
  batch: TrainBatch,
): { readonly plan: StepPlan; readonly room: number } | null {
  const { sourceOfRun, branchFactors } = batch;
  const planned = (foundBytes: number) =>
    engine.planMemory(spec, batchSizeOf(batch), {
      sourceOfRun,
      hasBranchFactors: !!branchFactors,
      chosenBytes: Infinity, // what was found counts, whatever was allowed
      foundBytes,
    });
  const { given, memory: least } = planned(0);
  if (given.total <= least.total) return null;
  const room = least.total + CUT_SHARE * (given.total - least.total);
  return { plan: planned(room).plan, room };
}
