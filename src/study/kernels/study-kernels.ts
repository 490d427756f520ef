/**
 * The forms of kernels in a study. They are chosen before its first step and never change: other forms round differently in the last bits. What is
 * found between its steps is for the next study on the device. A study that continues from a checkpoint has the forms it was begun with.
 */
import { without } from '../../core/without.ts';
import type { Engine, KernelTuner, KindOfSteps, TunedSteps, TuningWork } from '../../engine/engine.ts';
import { tooLargeForHalves } from '../../engine/half-range.ts';
import { shapesOf, type TestedStudy } from '../../engine/trust/shape-check.ts';
import type { Backbone } from '../../model/backbone.ts';
import {
  afterSuspect,
  afterUncompiled,
  choiceOf,
  holdingAt,
  withoutLost,
  withoutRefused,
  type KernelChoice,
  type ProvenChoice,
  type TuningRecord,
} from '../../engine/kernel-tuning.ts';
import type { Precision } from '../../engine/precision.ts';
import { PRECISION_NOTICES } from './words.ts';
import type { KernelShelf } from './kernel-shelf.ts';
import { isRightInHalf, precisionOf, type PrecisionChoice } from './study-precision.ts';

export interface StudyKernels {
  /** The forms that are not the usual ones. */
  readonly choice: KernelChoice;
  /** How the frozen weights are stored, and what a step keeps of its MLPs. */
  readonly precision: Precision;
  /** Why it is not the precision that the reader asked for; null: it is. */
  readonly notice: string | null;
  /**
   * With the forms that compute what the usual ones do in these steps: the others were found in another study, at other shapes. The device has these from now on, and what is wrong is not
   * chosen again.
   */
  provenIn(steps: readonly KindOfSteps[]): Promise<StudyKernels>;
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

/** What the reader wants, and the steps that it is for. */
export interface WantedPrecision {
  readonly precision: PrecisionChoice;
  readonly backbone: Backbone;
  readonly study: TestedStudy;
  readonly batchSize: number;
}

/**
 * Chooses the precision of a study and the forms of its kernels. What was measured too long ago is not used, but measured again.
 * @throws RangeError where the device keeps no halves and they are needed
 */
export async function chooseKernels(
  engine: Engine,
  shelf: KernelShelf | null,
  begun: Begun,
  wanted: WantedPrecision,
): Promise<StudyKernels> {
  const { tuner } = engine;
  const key = tuner?.key ?? null;
  let known: TuningRecord | null = null;
  if (key !== null && shelf) {
    const kept = await shelf.load(key).catch(() => null); // Nothing that is kept is needed.
    known = kept && holdingAt(afterSuspect(kept), Date.now());
  }
  const choice = known ? withoutLost(begun.kernels ?? choiceOf(known), known) : (begun.kernels ?? {});
  tuner?.choose(choice);
  const { backbone, study, batchSize } = wanted;
  const steps = `${shapesOf(backbone)} · batches of ${batchSize}`;
  let precision = precisionOf(engine.info, wanted.precision, begun.precision, known?.halves?.[steps]?.faster ?? false);
  const isNew = precision === 'f16' && begun.precision === null;
  const tooLarge = isNew ? tooLargeForHalves(backbone) : null;
  // What nobody asked for by name is not worth a refusal.
  const isFound = isNew && wanted.precision === 'auto';
  if (tooLarge || (isFound && !(await isRightInHalf(engine, backbone, study)))) precision = 'f32';
  /** Half precision is tried for a later study where the reader leaves the choice and it could be taken. */
  const triedHalves = (): string | undefined => {
    if (wanted.precision !== 'auto' || !engine.info.halves) return undefined;
    const isKnown = known?.halves?.[steps] !== undefined;
    return isKnown || tooLargeForHalves(backbone) === null ? steps : undefined;
  };
  const keep = async (record: TuningRecord): Promise<void> => {
    known = record;
    await shelf?.save(record).catch(() => {}); // There may be no room: then it is found out again.
  };
  /** What did not come back is held against the form that ran, whether or not the device did. */
  const provenOn = async (device: KernelTuner, steps: readonly KindOfSteps[]): Promise<ProvenChoice> => {
    try {
      return await device.prove(steps, {
        onFirst: async (form) => {
          if (known) await keep({ ...afterSuspect(known), suspect: form });
        },
        onReturn: async () => {
          if (known) await keep(without(known, 'suspect'));
        },
        onUncompiled: async (forms) => {
          if (known) await keep(afterUncompiled(known, forms));
        },
      });
    } finally {
      if (known?.suspect !== undefined) await keep(afterSuspect(known));
    }
  };
  const kernels: StudyKernels = {
    precision,
    notice: tooLarge && PRECISION_NOTICES.tooLargeForHalves(tooLarge),
    choice: tuner ? choice : {},
    async provenIn(steps) {
      if (!tuner || Object.keys(choice).length === 0) return kernels;
      const proven = await provenOn(tuner, steps);
      tuner.choose(proven.choice);
      if (known && proven.refused.length > 0) await keep(withoutRefused(known, proven, new Date().toISOString()));
      return { ...kernels, choice: proven.choice };
    },
    tune: (work) =>
      tuner && key !== null && shelf
        ? tuner.tune({ ...work, halves: triedHalves() }, known, (record) => shelf.save(record))
        : null,
  };
  return kernels;
}
