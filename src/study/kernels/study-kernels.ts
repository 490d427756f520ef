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

/** What is known of the kernels on a device, as it is kept. */
interface KeptRecord {
  /** Null: nothing is. */
  readonly known: () => TuningRecord | null;
  /** Changes what is known, if anything is. */
  readonly change: (to: (known: TuningRecord) => TuningRecord) => Promise<void>;
}

/** What was measured too long ago is not used, but measured again. */
async function keptRecord(shelf: KernelShelf | null, key: string | null): Promise<KeptRecord> {
  const kept = key === null ? null : await shelf?.load(key).catch(() => null); // Nothing that is kept is needed.
  let known = kept ? holdingAt(afterSuspect(kept), Date.now()) : null;
  return {
    known: () => known,
    async change(to) {
      if (!known) return;
      known = to(known);
      await shelf?.save(known).catch(() => {}); // There may be no room: then it is found out again.
    },
  };
}

/**
 * The precision of a study.
 * @param begun that of the study that is continued, or to which seeds are added
 * @param isFaster whether half precision was found to be faster in its steps
 * @returns also which weights are too large for halves, where it would be half precision without them
 * @throws RangeError where the device keeps no halves and they are needed
 */
async function choosePrecision(
  engine: Engine,
  { precision: asked, backbone, study }: WantedPrecision,
  begun: Precision | null,
  isFaster: boolean,
): Promise<{ readonly precision: Precision; readonly tooLarge: ReturnType<typeof tooLargeForHalves> }> {
  const precision = precisionOf(engine.info, asked, begun, isFaster);
  if (precision === 'f32' || begun !== null) return { precision, tooLarge: null };
  const tooLarge = tooLargeForHalves(backbone);
  if (tooLarge) return { precision: 'f32', tooLarge };
  // What nobody asked for by name is not worth a refusal.
  const isRight = asked !== 'auto' || (await isRightInHalf(engine, backbone, study));
  return { precision: isRight ? 'f16' : 'f32', tooLarge };
}

/** What did not come back is held against the form that ran, whether or not the device did. */
async function provenOn(device: KernelTuner, steps: readonly KindOfSteps[], record: KeptRecord): Promise<ProvenChoice> {
  try {
    return await device.prove(steps, {
      onFirst: (form) => record.change((known) => ({ ...afterSuspect(known), suspect: form })),
      onReturn: () => record.change((known) => without(known, 'suspect')),
      onUncompiled: (forms) => record.change((known) => afterUncompiled(known, forms)),
    });
  } finally {
    if (record.known()?.suspect !== undefined) await record.change(afterSuspect);
  }
}

/**
 * Chooses the precision of a study and the forms of its kernels.
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
  const record = await keptRecord(shelf, key);
  const known = record.known();
  const chosen = begun.kernels ?? (known ? choiceOf(known) : {});
  const choice = known ? withoutLost(chosen, known) : chosen;
  tuner?.choose(choice);
  const { backbone, batchSize } = wanted;
  const steps = `${shapesOf(backbone)} · batches of ${batchSize}`;
  const isFaster = known?.halves?.[steps]?.faster ?? false;
  const { precision, tooLarge } = await choosePrecision(engine, wanted, begun.precision, isFaster);
  /** Half precision is tried for a later study where the reader leaves the choice and it could be taken. */
  const triedHalves = (): string | undefined => {
    if (wanted.precision !== 'auto' || !engine.info.halves) return undefined;
    const isKnown = record.known()?.halves?.[steps] !== undefined;
    return isKnown || tooLargeForHalves(backbone) === null ? steps : undefined;
  };
  const kernels: StudyKernels = {
    precision,
    notice: tooLarge && PRECISION_NOTICES.tooLargeForHalves(tooLarge),
    choice: tuner ? choice : {},
    async provenIn(kinds) {
      if (!tuner || Object.keys(choice).length === 0) return kernels;
      const proven = await provenOn(tuner, kinds, record);
      tuner.choose(proven.choice);
      if (proven.refused.length > 0)
        await record.change((now) => withoutRefused(now, proven, new Date().toISOString()));
      return { ...kernels, choice: proven.choice };
    },
    tune: (work) =>
      tuner && key !== null && shelf
        ? tuner.tune({ ...work, halves: triedHalves() }, record.known(), (found) => shelf.save(found))
        : null,
  };
  return kernels;
}
