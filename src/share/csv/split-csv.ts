/** The split of a data set, one row per image. Dropped together with the images, it is a table that the page reads: a file, its class, and its split. */
import { SPLIT, type DroppedDataset } from '../../data/dataset/dropped.ts';
import { csv } from './csv.ts';

const SIDES = Object.keys(SPLIT) as (keyof typeof SPLIT)[];

export const splitCsv = (
  { classes, labels, split }: Pick<DroppedDataset, 'classes' | 'labels' | 'split'>,
  files: readonly string[],
): string =>
  csv(
    ['file', 'class', 'split'],
    files.map((file, i) => [file, classes[labels[i]], SIDES.find((side) => SPLIT[side] === split[i]) ?? null]),
  );
