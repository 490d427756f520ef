/** Position of the largest of `row[from … to)`; the first of several. */
export function argmax(row: ArrayLike<number>, from = 0, to = row.length): number {
  let best = from;
  for (let c = from + 1; c < to; c++) if (row[c] > row[best]) best = c;
  return best;
}
