import { integer } from './number-format.ts';

/** A number with its noun: "1 seed", "2 seeds", "20,000 classes". The page and its files write every count with this function. */
export const counted = (count: number, one: string, many = `${one}s`): string =>
  `${integer(count)} ${count === 1 ? one : many}`;

/** The same in German, where a plural has no rule: "1 Testbild", "2 Testbilder", "20.000 Klassen". */
export const germanCount = (count: number, one: string, many: string): string =>
  `${integer(count)} ${count === 1 ? one : many}`;
