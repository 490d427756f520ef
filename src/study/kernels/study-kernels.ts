/**
 * The forms of kernels in a study. They are chosen before its first step and never change: other forms round differently in the last bits. What is
 * found between its steps is for the next study on the device. A study that continues from a checkpoint has the forms it was begun with.
 */
import type { Engine, TunedSteps, TuningWork } from '../../engine/engine.ts';
import { choiceOf, type KernelChoice, type TuningRecord } from '../../engine/kernel-tuning.ts';
import type { KernelShelf } from './kernel-shelf.ts';

export interface StudyKernels {
  /** The forms that are not the usual ones. */
  readonly choice: KernelChoice;
  /** Looks for faster forms for these steps; null where there is nobody to keep what is found. */
  tune(steps: TunedSteps): TuningWork | null;
}

/**
 * Chooses the forms of a study's kernels.
 * @param begun the forms of the study that is continued; null: it is a new one
 */
export async function chooseKernels(
  { tuner }: Pick<Engine, 'tuner'>,
  shelf: KernelShelf | null,
  begun: KernelChoice | null,
): Promise<StudyKernels> {
  const key = tuner?.key ?? null;
  let known: TuningRecord | null = null;
  if (key !== null && shelf) known = await shelf.load(key).catch(() => null); // Nothing that is kept is needed.
  const choice = begun ?? (known ? choiceOf(known) : {});
  tuner?.choose(choice);
  return {
    choice: tuner ? choice : {},
    tune: (steps) => (tuner && key !== null && shelf ? tuner.tune(steps, known, (record) => shelf.save(record)) : null),
  };
}
