/** Gathering, scattering and assembling rows. */
import type { GatherOperations } from '../../device.ts';
import type { ReferenceMemory } from './memory.ts';
import { expectShape, type ReferenceTensor } from './tensor.ts';

/** @throws RangeError when the index names no row. */
function rowOf(x: ReferenceTensor, index: number): Float64Array {
  if (!(index >= 0 && index < x.rows)) throw new RangeError(`Row ${index} does not exist: the tensor has ${x.rows}.`);
  return x.data.subarray(index * x.cols, (index + 1) * x.cols);
}

export function gatherOperations(memory: ReferenceMemory): GatherOperations<ReferenceTensor> {
  const gatherRows = (x: ReferenceTensor, index: Int32Array): ReferenceTensor => {
    const out = memory.tensor(index.length, x.cols);
    index.forEach((from, i) => out.data.set(rowOf(x, from), i * x.cols));
    return out;
  };
  return {
    gatherRows,

    scatterRows(x, index, rows) {
      if (index.length !== x.rows) throw new Error(`scatterRows: ${index.length} indices for ${x.rows} rows.`);
      const out = memory.tensor(rows, x.cols);
      index.forEach((to, i) => {
        const target = rowOf(out, to);
        rowOf(x, i).forEach((value, c) => (target[c] += value));
      });
      return out;
    },

    gatherGroups(x, index, rowsPerGroup) {
      const rows = Int32Array.from({ length: index.length * rowsPerGroup }, (_, i) => {
        return index[Math.floor(i / rowsPerGroup)] * rowsPerGroup + (i % rowsPerGroup);
      });
      return gatherRows(x, rows);
    },

    assembleTokens(patches, classToken, positions) {
      const tokens = positions.rows;
      const width = positions.cols;
      const sequences = patches.rows / (tokens - 1);
      expectShape(classToken, 1, width, 'assembleTokens classToken');
      expectShape(patches, sequences * (tokens - 1), width, 'assembleTokens patches');
      if (!Number.isInteger(sequences))
        throw new Error(`assembleTokens: ${patches.rows} patches are no multiple of ${tokens - 1}.`);
      const out = memory.tensor(sequences * tokens, width);
      for (let row = 0; row < out.rows; row++) {
        const t = row % tokens;
        const source = t === 0 ? classToken.data : rowOf(patches, Math.floor(row / tokens) * (tokens - 1) + t - 1);
        for (let c = 0; c < width; c++) out.data[row * width + c] = source[c] + positions.data[t * width + c];
      }
      return out;
    },

    embedTokens(ids, table, positions) {
      expectShape(positions, positions.rows, table.cols, 'embedTokens positions');
      const out = gatherRows(table, ids);
      const period = positions.rows * table.cols;
      for (let i = 0; i < out.data.length; i++) out.data[i] += positions.data[i % period];
      return out;
    },

    sliceSlots(params, offset, rows, cols, slots) {
      const out = memory.tensor(slots.length * rows, cols);
      slots.forEach((slot, g) =>
        out.data.set(rowOf(params, slot).subarray(offset, offset + rows * cols), g * rows * cols),
      );
      return out;
    },

    addToSlots(x, gradients, offset, slots) {
      const size = (x.rows * x.cols) / slots.length;
      slots.forEach((slot, g) => {
        const target = rowOf(gradients, slot);
        for (let i = 0; i < size; i++) target[offset + i] += x.data[g * size + i];
      });
    },
  };
}
