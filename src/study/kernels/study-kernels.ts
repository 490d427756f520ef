/**
 * The forms of kernels in a study. They are chosen before its first step and never change: other forms round differently in the last bits. What is
 * found between its steps is for the next study on the device. A study that continues from a checkpoint has the forms it was begun with.
 */
import type { Engine, TunedSteps, TuningWork } from '../../engine/engine.ts';
import { choiceOf, type KernelChoice, type TuningRecord } from '../../engine/kernel-tuning.ts';
import type { Precision } from '../../engine/precision.ts';
import type { KernelShelf } from './kernel-shelf.ts';
import { precisionOf, type PrecisionChoice } from './study-precision.ts';

export interface StudyKernels {
  /** The forms that are not the usual ones. */
  readonly choice: KernelChoice;
  /** How the frozen weights are stored. */
  readonly precision: Precision;
  /** Looks for faster forms for these steps; null where there is nobody to keep what is found. */
  tune(steps: TunedSteps): TuningWork | null;
}

/** What a study has to keep to: null, to nothing. */
export interface Begun {
  /** The forms of the study that is continued. */
  readonly kernels: KernelChoice | null;
  /** Its precision, or that of the study to which seeds are added. */
  readonly precision: Precision | null;
}

/**
 * Chooses the precision of a study's frozen weights and the forms of its kernels.
 * @throws RangeError where the device keeps no halves and they are needed
 */
export async function chooseKernels(
  engine: Pick<Engine, 'info' | 'tuner' | 'choosePrecision'>,
  shelf: KernelShelf | null,
  begun: Begun,
  wanted: PrecisionChoice,
): Promise<StudyKernels> {
  const { tuner } = engine;
  const key = tuner?.key ?? null;
  let known: TuningRecord | null = null;
  if (key !== null && shelf) known = await shelf.load(key).catch(() => null); // Nothing that is kept is needed.
  const choice = begun.kernels ?? (known ? choiceOf(known) : {});
  tuner?.choose(choice);
  const precision = precisionOf(engine.info, wanted, begun.precision, false);
  engine.choosePrecision(precision);
  return {
    precision,
    choice: tuner ? choice : {},
    tune: (steps) => (tuner && key !== null && shelf ? tuner.tune(steps, known, (record) => shelf.save(record)) : null),
  };
}
