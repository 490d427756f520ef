/**
 * The precision of a study's frozen weights. It changes numbers, by more than other forms of kernels do, so it is float32 unless the reader says otherwise,
 * and never changes within a study.
 */
import type { EngineInfo } from '../../engine/engine.ts';
import type { Precision } from '../../engine/precision.ts';
import type { StudyResult } from '../result/result.ts';
import { STUDY_NOTICES } from '../run/words.ts';

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
  if (begun === 'f16' && !halves) throw new RangeError(STUDY_NOTICES.begunInHalf(device));
  return begun ?? (choice === 'auto' ? (halves && isFaster ? 'f16' : 'f32') : choice);
}

/** What a result says of the precision of its study. */
export type NotedPrecision = StudyResult['provenance']['precision'];

/** The precision of questions about a study, whose answers are to be those of its result: float32 where its parts differ, or the device keeps no halves. */
export const answeringPrecision = ({ halves = false }: Pick<EngineInfo, 'halves'>, noted: NotedPrecision): Precision =>
  noted === 'f16' && halves ? 'f16' : 'f32';
