/** The work of merging across tasks for the runs of one seed, once every task has its adapter. */
import { passes, type Work } from '../../run/work.ts';
import { MERGES } from '../merging/merges.ts';
import { mergeWork, type MergeSizes } from '../merging/work.ts';

/** Every adapter tested on all tasks, then one entry for every way of merging. @param sizes images of all tasks together */
export const seedWork = (sizes: MergeSizes): Work[] => [
  passes(sizes.runs * sizes.testImages),
  ...MERGES.map((merge) => mergeWork(merge, sizes)),
];
