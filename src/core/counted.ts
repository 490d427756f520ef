import { listed } from './listed.ts';
import { integer } from './number-format.ts';

const ENGLISH = new Intl.NumberFormat('en-GB');

/**
 * A number with its English noun: "1 seed", "2 seeds", "20,000 classes", whichever language the page speaks. The page and its files write every
 * count with this function.
 */
export const counted = (count: number, one: string, many = `${one}s`): string =>
  `${ENGLISH.format(Math.round(count))} ${count === 1 ? one : many}`;

/** The same in German, where a plural has no rule: "1 Testbild", "2 Testbilder", "20.000 Klassen". */
export const germanCount = (count: number, one: string, many: string): string =>
  `${integer(count)} ${count === 1 ? one : many}`;

const areAlike = (counts: readonly number[]): boolean => counts.every((count) => count === counts[0]);

/** Counts of several, in their order and with one noun where they differ: "12 layers", "12 and 16 layers". */
export const countedAll = (counts: readonly number[], one: string, many = `${one}s`): string =>
  areAlike(counts) ? counted(counts[0], one, many) : `${listed(counts.map((count) => ENGLISH.format(count)))} ${many}`;

/** The same in German. */
export const germanCountAll = (counts: readonly number[], one: string, many: string): string =>
  areAlike(counts) ? germanCount(counts[0], one, many) : `${listed(counts.map(integer))} ${many}`;
