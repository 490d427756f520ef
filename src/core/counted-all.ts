/** Counts of several things of one kind. It has words of its own, which the many who count one thing need not load. */
import { counted, germanCount } from './counted.ts';
import { listed } from './listed.ts';
import { integer } from './number-format.ts';

const areAlike = (counts: readonly number[]): boolean => counts.every((count) => count === counts[0]);

/** Counts of several, in their order and with one noun where they differ: "12 layers", "12 and 16 layers". */
export const countedAll = (counts: readonly number[], one: string): string =>
  areAlike(counts) ? counted(counts[0], one) : `${listed(counts.map(integer))} ${one}s`;

/** The same in German. */
export const germanCountAll = (counts: readonly number[], one: string, many: string): string =>
  areAlike(counts) ? germanCount(counts[0], one, many) : `${listed(counts.map(integer))} ${many}`;
