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
