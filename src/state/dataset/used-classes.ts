/** How many images of every class a study gets of a data set: of a plan, and once they are decoded by what they are for. */
import { SPLIT, type DroppedDataset } from '../../data/dataset/dropped.ts';
import type { DatasetPlan } from '../../data/dataset/plan.ts';

export interface UsedClass {
  /** As the reader named it. */
  readonly name: string;
  readonly count: number;
  /** Size as stored in the data set; null where it is unknown before reading. */
  readonly bytes: number | null;
  /** Null until they are decoded and split. */
  readonly sides: { readonly train: number; readonly validation: number; readonly test: number } | null;
}

/** Images of the smallest and of the largest class; null where there is one class. */
export function perClass(used: readonly UsedClass[]): readonly [least: number, most: number] | null {
  if (used.length < 2) return null;
  const counts = used.map(({ count }) => count);
  return [counts.reduce((a, b) => Math.min(a, b)), counts.reduce((a, b) => Math.max(a, b))];
}

/** Of a plan with the reader's edits, without what is held out. */
export const plannedClasses = ({ classes, counts, bytes }: Pick<DatasetPlan, 'classes' | 'counts' | 'bytes'>) =>
  classes.map((name, i): UsedClass => ({ name, count: counts[i], bytes: bytes[i], sides: null }));

export function preparedClasses({ classes, labels, split }: DroppedDataset): UsedClass[] {
  const counts = classes.map(() => [0, 0, 0]);
  labels.forEach((label, i) => counts[label][split[i]]++);
  return classes.map((name, label): UsedClass => {
    const of = counts[label];
    const sides = { train: of[SPLIT.train], validation: of[SPLIT.validation], test: of[SPLIT.test] };
    return { name, count: sides.train + sides.validation + sides.test, bytes: null, sides };
  });
}
