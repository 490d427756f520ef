/** Gathering, scattering and assembling rows. */
import type { GatherOperations } from '../../../device.ts';
import { checkIndices, checkSlice, invert } from '../../../indices.ts';
import { KernelId } from '../kernels/kernel-id.ts';
import type { Recorder } from '../recorder.ts';
import { addressOf, type WasmTensor } from '../wasm-tensor.ts';

const anyAddress = (tensor: WasmTensor, name: string) => addressOf(tensor, tensor.rows, tensor.cols, name);

/** Copies index.length runs of `rows` rows. */
function gatherChunks(r: Recorder, x: number, index: Int32Array, rows: number, cols: number): WasmTensor {
  r.begin();
  const out = r.tensor(index.length * rows, cols);
  const grain = r.grain(index.length, rows * cols);
  r.record(KernelId.gatherRows, index.length, grain, x, r.stage(index), out.address, 4 * rows * cols);
  return out;
}

export function gatherOperations(r: Recorder): GatherOperations<WasmTensor> {
  return {
    gatherRows(x, index) {
      checkIndices(index, x.rows, 'gatherRows');
      return gatherChunks(r, anyAddress(x, 'gatherRows x'), index, 1, x.cols);
    },

    gatherGroups(x, index, rowsPerGroup) {
      checkIndices(index, x.rows / rowsPerGroup, 'gatherGroups');
      return gatherChunks(r, anyAddress(x, 'gatherGroups x'), index, rowsPerGroup, x.cols);
    },

    scatterRows(x, index, rows) {
      checkIndices(index, rows, 'scatterRows');
      const address = addressOf(x, index.length, x.cols, 'scatterRows x');
      r.begin();
      const out = r.tensor(rows, x.cols);
      const { starts, list } = invert(index, rows);
      const tables = [r.stage(starts), r.stage(list)];
      r.record(KernelId.scatterRows, rows, r.grain(rows, x.cols), address, out.address, x.cols, ...tables);
      return out;
    },

    assembleTokens(patches, classToken, positions) {
      const { rows: tokens, cols } = positions;
      const sequences = patches.rows / (tokens - 1);
      if (!Number.isInteger(sequences))
        throw new Error(`assembleTokens: ${patches.rows} patches are no multiple of ${tokens - 1}.`);
      const inputs = [
        addressOf(patches, patches.rows, cols, 'assembleTokens patches'),
        addressOf(classToken, 1, cols, 'assembleTokens classToken'),
        anyAddress(positions, 'assembleTokens positions'),
      ];
      r.begin();
      const out = r.tensor(sequences * tokens, cols);
      r.record(KernelId.assembleTokens, out.rows, r.grain(out.rows, cols), ...inputs, out.address, tokens, cols);
      return out;
    },

    embedTokens(ids, table, positions) {
      const { cols } = table;
      checkIndices(ids, table.rows, 'embedTokens');
      const tableAddress = anyAddress(table, 'embedTokens table');
      const positionsAddress = addressOf(positions, positions.rows, cols, 'embedTokens positions');
      r.begin();
      const out = r.tensor(ids.length, cols);
      const args = [r.stage(ids), tableAddress, positionsAddress, out.address, positions.rows, cols];
      r.record(KernelId.embedTokens, ids.length, r.grain(ids.length, cols), ...args);
      return out;
    },

    sliceSlots(params, offset, rows, cols, slots) {
      checkIndices(slots, params.rows, 'sliceSlots');
      checkSlice(offset, rows * cols, params.cols, 'sliceSlots');
      const address = anyAddress(params, 'sliceSlots params');
      r.begin();
      const out = r.tensor(slots.length * rows, cols);
      const args = [address, 4 * params.cols, 4 * offset, r.stage(slots), out.address, 4 * rows * cols];
      r.record(KernelId.sliceSlots, slots.length, r.grain(slots.length, rows * cols), ...args);
      return out;
    },

    addToSlots(x, gradients, offset, slots) {
      const size = (x.rows * x.cols) / slots.length;
      checkIndices(slots, gradients.rows, 'addToSlots');
      checkSlice(offset, size, gradients.cols, 'addToSlots');
      const address = anyAddress(gradients, 'addToSlots gradients');
      const source = anyAddress(x, 'addToSlots x');
      r.begin();
      const args = [address, 4 * gradients.cols, 4 * offset, r.stage(slots), source, size];
      r.record(KernelId.addToSlots, slots.length, r.grain(slots.length, size), ...args);
    },
  };
}
