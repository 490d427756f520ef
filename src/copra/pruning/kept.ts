/** What pruning leaves of a run, as tables, captions, lessons and intervals tell it. */
import { mean } from '../../core/statistics.ts';

/** Labels of the masks that keep every other layer, and a third of the layers (structured.ts). */
export const EVERY_OTHER = ['even', 'odd'] as const;
export const THIRDS = ['low', 'middle', 'high'] as const;

interface Mask {
  readonly label: string;
  readonly accuracy: number;
  /** Null where fine-tuning gained too little to say. */
  readonly retainedGain: number | null;
}

export const masksNamed = <M extends Pick<Mask, 'label'>>(masks: readonly M[], labels: readonly string[]): M[] =>
  masks.filter(({ label }) => labels.includes(label));

/** A figure of some masks, averaged over them; null where there are none, or one of them is not known. */
export function keptBy(
  masks: readonly Mask[],
  labels: readonly string[],
  figure: 'accuracy' | 'retainedGain',
): number | null {
  const values = masksNamed(masks, labels).map((mask) => mask[figure]);
  const known = values.filter((value) => value !== null && Number.isFinite(value)) as number[];
  return known.length > 0 && known.length === values.length ? mean(known) : null;
}

/** Place of the sparsity nearest one half, the smaller of two. */
export function nearestHalf(sparsities: readonly number[]): number {
  const off = (i: number): number => Math.abs(sparsities[i] - 0.5);
  return sparsities.reduce((best, _, i) => (off(i) < off(best) ? i : best), 0);
}
