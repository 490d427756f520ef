/**
 * The precision of a study's frozen weights. It changes numbers, by more than other forms of kernels do, so it is float32 unless the reader says otherwise,
 * and never changes within a study.
 */
import type { Engine, EngineInfo } from '../../engine/engine.ts';
import type { Precision } from '../../engine/precision.ts';
import { testAtShapes, type TestedStudy } from '../../engine/trust/shape-check.ts';
import type { Backbone } from '../../model/backbone.ts';
import type { StudyResult } from '../result/result.ts';
import { PRECISION_NOTICES } from './words.ts';

/** auto: half precision where it was found to be faster. */
export const PRECISION_CHOICES = ['f32', 'f16', 'auto'] as const;
export type PrecisionChoice = (typeof PRECISION_CHOICES)[number];

/**
 * @param begun that of the study that is continued, or to which seeds are added; null: it is a new one
 * @param isFaster whether half precision was found to be faster on this device, at these shapes
 * @throws RangeError where the device keeps no halves and they are needed
 */
export function precisionOf(
  { halves = false, device }: Pick<EngineInfo, 'halves' | 'device'>,
  choice: PrecisionChoice,
  begun: Precision | null,
  isFaster: boolean,
): Precision {
  if (begun === 'f16' && !halves) throw new RangeError(PRECISION_NOTICES.begunInHalf(device));
  return begun ?? (choice === 'auto' ? (halves && isFaster ? 'f16' : 'f32') : choice);
}

/** What a result says of the precision of its study. */
export type NotedPrecision = StudyResult['provenance']['precision'];

/** Whether the device is right in half precision at the shapes of a backbone, in what a study asks. Leaves another backbone loaded. */
export async function isRightInHalf(engine: Engine, backbone: Backbone, study: TestedStudy): Promise<boolean> {
  engine.choosePrecision('f16');
  return testAtShapes(engine, backbone, study).then(
    () => true,
    () => false,
  );
}

/**
 * The precision of questions about a study, whose answers are to be those of its result: float32 where its parts differ, or the device keeps no halves or is
 * wrong in them. Leaves another backbone loaded.
 * @param asked of the study, whose adapters are evaluated
 */
export async function answeringPrecision(
  engine: Engine,
  backbone: Backbone,
  noted: NotedPrecision,
  asked: TestedStudy,
): Promise<Precision> {
  const couldBeHalf = noted === 'f16' && engine.info.halves === true;
  return couldBeHalf && (await isRightInHalf(engine, backbone, asked)) ? 'f16' : 'f32';
}
