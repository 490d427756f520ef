/** Gathering, scattering and assembling rows. */
import type { GatherOperations } from '../../../device.ts';
import { checkIndices, checkSlice, invert } from '../../../indices.ts';
import { expectShape, memoryOf, type GpuTensor } from '../gpu-tensor.ts';
import { addChunksKernel, gatherChunksKernel } from '../kernels/chunks.ts';
import { ELEMENTS, widthOf } from '../kernels/elements.ts';
import { scatterRowsKernel } from '../kernels/scatter-rows.ts';
import { assembleTokensKernel, embedTokensKernel } from '../kernels/tokens.ts';
import type { Runtime } from '../runtime.ts';
import { grid } from '../workgroups.ts';

const eachOf = (count: number) => grid(Math.ceil(count / ELEMENTS));

/** out chunk g, of `size` values = the values at `offset` of the run of `stride` values that index[g] names. */
function gatherChunks(
  runtime: Runtime,
  source: GpuTensor,
  out: GpuTensor,
  index: Int32Array,
  size: number,
  stride: number,
  offset: number,
): void {
  memoryOf(source);
  const width = widthOf(size, stride, offset);
  const count = (index.length * size) / width;
  const values = [count, size / width, stride / width, offset / width, index];
  runtime.dispatch(gatherChunksKernel(width), [source, out], values, eachOf(count), { flops: 0, bytes: 2 * out.bytes });
}

export function gatherOperations(runtime: Runtime): GatherOperations<GpuTensor> {
  return {
    gatherRows(x, index) {
      checkIndices(index, x.rows, 'gatherRows');
      const out = runtime.tensor(index.length, x.cols);
      gatherChunks(runtime, x, out, index, x.cols, x.cols, 0);
      return out;
    },

    gatherGroups(x, index, rowsPerGroup) {
      checkIndices(index, Math.floor(x.rows / rowsPerGroup), 'gatherGroups');
      const out = runtime.tensor(index.length * rowsPerGroup, x.cols);
      const size = rowsPerGroup * x.cols;
      gatherChunks(runtime, x, out, index, size, size, 0);
      return out;
    },

    scatterRows(x, index, rows) {
      checkIndices(index, rows, 'scatterRows');
      expectShape(x, index.length, x.cols, 'scatterRows x');
      const out = runtime.tensor(rows, x.cols);
      const { starts, list } = invert(index, rows);
      const width = widthOf(x.cols);
      const count = (rows * x.cols) / width;
      const cost = { flops: x.rows * x.cols, bytes: x.bytes + out.bytes };
      const values = [count, x.cols / width, starts, list];
      runtime.dispatch(scatterRowsKernel(width), [x, out], values, eachOf(count), cost);
      return out;
    },

    assembleTokens(patches, classToken, positions) {
      const { rows: tokens, cols } = positions;
      const sequences = patches.rows / (tokens - 1);
      if (!Number.isInteger(sequences))
        throw new Error(`assembleTokens: ${patches.rows} patches are no multiple of ${tokens - 1}.`);
      expectShape(patches, patches.rows, cols, 'assembleTokens patches');
      expectShape(classToken, 1, cols, 'assembleTokens classToken');
      const out = runtime.tensor(sequences * tokens, cols);
      const width = widthOf(cols);
      const count = (out.rows * cols) / width;
      const cost = { flops: out.rows * cols, bytes: patches.bytes + classToken.bytes + positions.bytes + out.bytes };
      const tensors = [patches, classToken, positions, out];
      runtime.dispatch(assembleTokensKernel(width), tensors, [count, cols / width, tokens], eachOf(count), cost);
      return out;
    },

    embedTokens(ids, table, positions) {
      const { cols } = table;
      checkIndices(ids, table.rows, 'embedTokens');
      expectShape(positions, positions.rows, cols, 'embedTokens positions');
      const out = runtime.tensor(ids.length, cols);
      const width = widthOf(cols);
      const count = (ids.length * cols) / width;
      const values = [count, cols / width, positions.rows, ids];
      const cost = { flops: ids.length * cols, bytes: 2 * out.bytes + positions.bytes };
      runtime.dispatch(embedTokensKernel(width), [table, positions, out], values, eachOf(count), cost);
      return out;
    },

    sliceSlots(params, offset, rows, cols, slots) {
      checkIndices(slots, params.rows, 'sliceSlots');
      checkSlice(offset, rows * cols, params.cols, 'sliceSlots');
      const out = runtime.tensor(slots.length * rows, cols);
      gatherChunks(runtime, params, out, slots, rows * cols, params.cols, offset);
      return out;
    },

    addToSlots(x, gradients, offset, slots) {
      const size = (x.rows * x.cols) / slots.length;
      checkIndices(slots, gradients.rows, 'addToSlots');
      checkSlice(offset, size, gradients.cols, 'addToSlots');
      if (new Set(slots).size !== slots.length) throw new Error('addToSlots: a slot is named twice.');
      const width = widthOf(size, gradients.cols, offset);
      const count = (slots.length * size) / width;
      const values = [count, size / width, gradients.cols / width, offset / width, slots];
      const cost = { flops: count * width, bytes: 3 * x.bytes };
      runtime.dispatch(addChunksKernel(width), [x, gradients], values, eachOf(count), cost);
    },
  };
}
