/** DoRA behind a linear map. */
import type { DoraOperations } from '../../../device.ts';
import { rowsOf, type DoraUse, type Groups } from '../../../operands.ts';
import { KernelId } from '../kernels/kernel-id.ts';
import type { Recorder } from '../recorder.ts';
import { addressOf, type WasmTensor } from '../wasm-tensor.ts';
import { segmentsOf } from './groups.ts';
import type { WasmLinear } from './linear.ts';
import { groupsOfSlots } from './lora.ts';

const GROUP_BY_GROUP = { multiple: 1, join: false };

/** Records y = z + (c − 1) ∘ (z − bias) + residual over the live rows. */
function recordScaling(
  r: Recorder,
  z: number,
  bias: number,
  residual: number,
  outputs: number,
  groups: Groups,
  { scales, slotOfGroup }: DoraUse<WasmTensor>,
): WasmTensor {
  const y = r.tensor(rowsOf(groups), outputs);
  const { words, items } = segmentsOf(groups, groups.rowsPerGroup, (g) => g, GROUP_BY_GROUP);
  const segments = r.stage(words);
  const places = [z, bias, residual, y.address, outputs, scales.address, r.stage(slotOfGroup)];
  r.record(KernelId.applyDora, items, r.grain(items, outputs), ...places);
  r.segments(segments, words.length / 4);
  return y;
}

export function doraOperations(r: Recorder): DoraOperations<WasmTensor, WasmLinear> {
  return {
    doraScales(w, { params, aOffset, bOffset, rank, scale }, offset) {
      const { inFeatures, outFeatures } = w;
      const { rows: slots, cols: size } = params;
      const address = addressOf(params, slots, size, 'doraScales params');
      r.begin();
      const scales = r.tensor(slots, 2 * outFeatures);
      const items = slots * Math.ceil(outFeatures / 8);
      const places = [4 * size, 4 * aOffset, 4 * bOffset, 4 * offset, rank, 0];
      r.prepareScratch(4 * 8 * rank);
      const grain = r.grain(items, 4 * inFeatures * (rank + 2));
      const { address: weights } = w.forward;
      r.record(KernelId.doraScales, items, grain, weights, address, ...places, inFeatures, outFeatures, scales.address);
      r.float(7, scale);
      return scales;
    },

    applyDora(z, w, groups, dora, residual) {
      const { outFeatures } = w;
      const rows = rowsOf(groups);
      const from = addressOf(z, rows, outFeatures, 'applyDora z');
      const add = residual ? addressOf(residual, rows, outFeatures, 'applyDora residual') : 0;
      addressOf(dora.scales, dora.scales.rows, 2 * outFeatures, 'applyDora scales');
      r.begin();
      return recordScaling(r, from, w.biasAddress, add, outFeatures, groups, dora);
    },

    doraGradient(dy, z, w, groups, dora, gradients) {
      const { outFeatures } = w;
      const rows = rowsOf(groups);
      const dyAddress = addressOf(dy, rows, outFeatures, 'doraGradient dy');
      const zAddress = addressOf(z, rows, outFeatures, 'doraGradient z');
      const scales = addressOf(dora.scales, gradients.rows, 2 * outFeatures, 'doraGradient scales');
      const target = addressOf(gradients, gradients.rows, gradients.cols, 'doraGradient gradients');
      r.begin();
      const dz = recordScaling(r, dyAddress, 0, 0, outFeatures, groups, dora);
      const { table, list } = groupsOfSlots(groups, dora.slotOfGroup);
      const slots = table.length / 3;
      const items = slots * Math.ceil(outFeatures / 8);
      const places = [target, 4 * gradients.cols, 4 * dora.offset, groups.rowsPerGroup, r.stage(table), r.stage(list)];
      const grain = r.grain(items, (8 * groups.rowsPerGroup * list.length) / Math.max(1, slots));
      const inputs = [dyAddress, zAddress, w.biasAddress, outFeatures, scales];
      r.record(KernelId.doraMagnitudeGradient, items, grain, ...inputs, ...places);
      return dz;
    },
  };
}
