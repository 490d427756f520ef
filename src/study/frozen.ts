/**
 * What the frozen backbone reaches on the test images, which every gain counts from: CLIP by its class prompts (zero-shot), a backbone without
 * a text tower by a classifier on its features (head only).
 */
import type { StudyResult } from './result.ts';

type FrozenScores = NonNullable<StudyResult['task']['zeroShot']>;

export type FrozenName = 'zero-shot' | 'head only';

export interface Frozen extends FrozenScores {
  /** For people. */
  readonly name: FrozenName;
}

/** Null before it is measured, and in results from before heads were trained alone. */
export function frozenOf({ zeroShot, headOnly }: Pick<StudyResult['task'], 'zeroShot' | 'headOnly'>): Frozen | null {
  if (zeroShot) return { ...zeroShot, name: 'zero-shot' };
  return headOnly ? { ...headOnly, name: 'head only' } : null;
}

/** Accuracy in percent, for axes and lines. */
export const frozenPercent = (task: Parameters<typeof frozenOf>[0]): number | null => {
  const frozen = frozenOf(task);
  return frozen && 100 * frozen.accuracy;
};

/** Its name for legends; none where no line is drawn. Bundled backbones, whose ids have no slash, are CLIP: their legend is whole from the start. */
export const frozenNames = ({ task, config }: Pick<StudyResult, 'task' | 'config'>): FrozenName[] => {
  const name = frozenOf(task)?.name ?? (config.backbone.includes('/') ? null : 'zero-shot');
  return name ? [name] : [];
};
