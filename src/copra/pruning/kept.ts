/** Summaries of what a run keeps after pruning, for tables, captions, lessons and intervals. */
import { mean } from '../../core/statistics.ts';

/** Labels of the masks that keep every other layer, and a third of the layers (structured.ts). */
export const EVERY_OTHER = ['even', 'odd'] as const;
export const THIRDS = ['low', 'middle', 'high'] as const;

interface Mask {
  readonly label: string;
  readonly accuracy: number;
  /** Null if fine-tuning gained too little for a meaningful share. */
  readonly retainedGain: number | null;
}

export const masksNamed = <M extends Pick<Mask, 'label'>>(masks: readonly M[], labels: readonly string[]): M[] =>
  masks.filter(({ label }) => labels.includes(label));

/** Mean of a figure over some masks; null if there are none, or if one value is not known. */
export function keptBy(
  masks: readonly Mask[],
  labels: readonly string[],
  figure: 'accuracy' | 'retainedGain',
): number | null {
  const values = masksNamed(masks, labels).map((mask) => mask[figure]);
  const known = values.filter((value) => value !== null && Number.isFinite(value)) as number[];
  return known.length > 0 && known.length === values.length ? mean(known) : null;
}

/** Index of the sparsity nearest one half; ties go to the smaller. */
export function nearestHalf(sparsities: readonly number[]): number {
  const off = (i: number): number => Math.abs(sparsities[i] - 0.5);
  return sparsities.reduce((best, _, i) => (off(i) < off(best) ? i : best), 0);
}

/** Whether words may call a sparsity one half. */
export const isAboutHalf = (sparsity: number): boolean => Math.abs(sparsity - 0.5) < 0.0501;
