import { integer } from './number-format.ts';

/** A number and what it counts: "1 seed", "2 seeds", "20,000 classes". The only way in which the page and its files count things in words. */
export const counted = (count: number, one: string, many = `${one}s`): string =>
  `${integer(count)} ${count === 1 ? one : many}`;
