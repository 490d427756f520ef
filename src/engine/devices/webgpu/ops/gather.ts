/** Gathering, scattering and assembling rows. */
import type { GatherOperations } from '../../../device.ts';
import { checkIndices, checkSlice, invert } from '../../../indices.ts';
import { expectShape, memoryOf, type GpuTensor } from '../gpu-tensor.ts';
import { addChunksKernel, gatherChunksKernel } from '../kernels/chunks.ts';
import { widthOf, type ElementForm, type Width } from '../kernels/elements.ts';
import { scatterRowsKernel } from '../kernels/scatter-rows.ts';
import { assembleTokensKernel, embedTokensKernel } from '../kernels/tokens.ts';
import type { FieldValue } from '../constants.ts';
import type { Kernel } from '../kernel.ts';
import type { Cost } from '../program.ts';
import type { Runtime } from '../runtime.ts';
import { GATHERS } from '../tuning/element-forms.ts';
import { launchElements } from './element-launch.ts';

/** Dispatches a kernel of this name, made for a width and a form. @param values of its fields, the first is the number of elements */
function gather(
  runtime: Runtime,
  name: string,
  kernel: (width: Width, form: ElementForm) => Kernel,
  width: Width,
  tensors: readonly GpuTensor[],
  values: readonly [count: number, ...others: FieldValue[]],
  cost: Cost,
): void {
  const problem = { kernel: name, width, count: values[0] };
  launchElements(runtime, GATHERS, problem, (form) => kernel(width, form), tensors, values, cost);
}

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
  gather(
    runtime,
    'gather chunks',
    gatherChunksKernel,
    width,
    [source, out],
    [count, size / width, stride / width, offset / width, index],
    { flops: 0, bytes: 2 * out.bytes },
  );
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
      const fields = [count, x.cols / width, starts, list] as const;
      gather(runtime, 'scatter rows', scatterRowsKernel, width, [x, out], fields, cost);
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
      const fields = [count, cols / width, tokens] as const;
      gather(runtime, 'assemble tokens', assembleTokensKernel, width, tensors, fields, cost);
      return out;
    },

    embedTokens(ids, table, positions) {
      const { cols } = table;
      checkIndices(ids, table.rows, 'embedTokens');
      expectShape(positions, positions.rows, cols, 'embedTokens positions');
      const out = runtime.tensor(ids.length, cols);
      const width = widthOf(cols);
      const count = (ids.length * cols) / width;
      const fields = [count, cols / width, positions.rows, ids] as const;
      const cost = { flops: ids.length * cols, bytes: 2 * out.bytes + positions.bytes };
      gather(runtime, 'embed tokens', embedTokensKernel, width, [table, positions, out], fields, cost);
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
      const fields = [count, size / width, gradients.cols / width, offset / width, slots] as const;
      const cost = { flops: count * width, bytes: 3 * x.bytes };
      gather(runtime, 'add chunks', addChunksKernel, width, [x, gradients], fields, cost);
    },
  };
}
