/** Row indices of gather and scatter operations. */

/** @throws RangeError when an index is not in [0, limit). */
export function checkIndices(index: Int32Array, limit: number, name: string): void {
  for (let i = 0; i < index.length; i++)
    if (!(index[i] >= 0 && index[i] < limit))
      throw new RangeError(`${name}: index ${index[i]} at position ${i} is not in [0, ${limit}).`);
}

/** @throws RangeError when the columns [offset, offset + size) are not within the `available` of a slot. */
export function checkSlice(offset: number, size: number, available: number, name: string): void {
  if (!(offset >= 0 && Number.isInteger(size) && offset + size <= available))
    throw new RangeError(`${name}: [${offset}, ${offset + size}) is not within the ${available} values of a slot.`);
}

/** The positions of every value of an index, in order: list[starts[v] … starts[v + 1]) are the i with index[i] = v. */
export interface Inverse {
  readonly starts: Int32Array;
  readonly list: Int32Array;
}

/** Sorts the positions of an index by its values in [0, limit). */
export function invert(index: Int32Array, limit: number): Inverse {
  const starts = new Int32Array(limit + 1);
  for (const value of index) starts[value + 1]++;
  for (let v = 0; v < limit; v++) starts[v + 1] += starts[v];
  const next = starts.slice();
  const list = new Int32Array(index.length);
  for (let i = 0; i < index.length; i++) list[next[index[i]]++] = i;
  return { starts, list };
}
