/** Gathering, scattering and assembling rows. */
import { expectShape, ReferenceTensor } from './tensor.ts';

/** @throws RangeError when the index names no row. */
function rowOf(x: ReferenceTensor, index: number): Float64Array {
  if (!(index >= 0 && index < x.rows)) throw new RangeError(`Row ${index} does not exist: the tensor has ${x.rows}.`);
  return x.data.subarray(index * x.cols, (index + 1) * x.cols);
}

export function gatherRows(x: ReferenceTensor, index: Int32Array): ReferenceTensor {
  const out = new ReferenceTensor(index.length, x.cols);
  index.forEach((from, i) => out.data.set(rowOf(x, from), i * x.cols));
  return out;
}

export function scatterRows(x: ReferenceTensor, index: Int32Array, rows: number): ReferenceTensor {
  if (index.length !== x.rows) throw new Error(`scatterRows: ${index.length} indices for ${x.rows} rows.`);
  const out = new ReferenceTensor(rows, x.cols);
  index.forEach((to, i) => {
    const target = rowOf(out, to);
    rowOf(x, i).forEach((value, c) => (target[c] += value));
  });
  return out;
}

export function gatherGroups(x: ReferenceTensor, index: Int32Array, rowsPerGroup: number): ReferenceTensor {
  const rows = Int32Array.from({ length: index.length * rowsPerGroup }, (_, i) => {
    return index[Math.floor(i / rowsPerGroup)] * rowsPerGroup + (i % rowsPerGroup);
  });
  return gatherRows(x, rows);
}

export function assembleTokens(
  patches: ReferenceTensor,
  classToken: ReferenceTensor,
  positions: ReferenceTensor,
): ReferenceTensor {
  const tokens = positions.rows;
  const width = positions.cols;
  const sequences = patches.rows / (tokens - 1);
  expectShape(classToken, 1, width, 'assembleTokens classToken');
  expectShape(patches, sequences * (tokens - 1), width, 'assembleTokens patches');
  if (!Number.isInteger(sequences))
    throw new Error(`assembleTokens: ${patches.rows} patches are no multiple of ${tokens - 1}.`);
  const out = new ReferenceTensor(sequences * tokens, width);
  for (let row = 0; row < out.rows; row++) {
    const t = row % tokens;
    const source = t === 0 ? classToken.data : rowOf(patches, Math.floor(row / tokens) * (tokens - 1) + t - 1);
    for (let c = 0; c < width; c++) out.data[row * width + c] = source[c] + positions.data[t * width + c];
  }
  return out;
}

export function embedTokens(ids: Int32Array, table: ReferenceTensor, positions: ReferenceTensor): ReferenceTensor {
  expectShape(positions, positions.rows, table.cols, 'embedTokens positions');
  const out = gatherRows(table, ids);
  const period = positions.rows * table.cols;
  for (let i = 0; i < out.data.length; i++) out.data[i] += positions.data[i % period];
  return out;
}

export function sliceSlots(
  params: ReferenceTensor,
  offset: number,
  rows: number,
  cols: number,
  slots: Int32Array,
): ReferenceTensor {
  const out = new ReferenceTensor(slots.length * rows, cols);
  slots.forEach((slot, g) => out.data.set(rowOf(params, slot).subarray(offset, offset + rows * cols), g * rows * cols));
  return out;
}

export function addToSlots(x: ReferenceTensor, gradients: ReferenceTensor, offset: number, slots: Int32Array): void {
  const size = (x.rows * x.cols) / slots.length;
  slots.forEach((slot, g) => {
    const target = rowOf(gradients, slot);
    for (let i = 0; i < size; i++) target[offset + i] += x.data[g * size + i];
  });
}
