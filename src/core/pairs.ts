/** Unordered pairs of things: the upper triangle of a table without its diagonal, row by row: (0, 1), (0, 2), …, (1, 2), … */

export const pairCount = (count: number): number => (count * (count - 1)) / 2;

export const pairsOf = <T>(items: readonly T[]): [T, T][] =>
  items.flatMap((first, i) => items.slice(i + 1).map((second): [T, T] => [first, second]));

/** Position of the pair of items i ≠ j, in either order, in the list that pairsOf makes of `count` items. */
export function pairIndex(i: number, j: number, count: number): number {
  const [row, column] = i < j ? [i, j] : [j, i];
  return row * count - (row * (row + 1)) / 2 + (column - row - 1);
}
