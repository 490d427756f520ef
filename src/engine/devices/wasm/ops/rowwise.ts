/** Layer normalisation and activations. */
import type { Activation } from '../../../../model/backbone.ts';
import type { RowwiseOperations } from '../../../device.ts';
import { rowsOf, type Groups } from '../../../operands.ts';
import { KernelId } from '../kernels/kernel-id.ts';
import type { Recorder } from '../recorder.ts';
import { addressOf, type WasmTensor } from '../wasm-tensor.ts';
import { liveSegments, type Segments } from './groups.ts';

const ACTIVATIONS: readonly Activation[] = ['quick_gelu', 'gelu', 'gelu_tanh'];
/** The number by which kernels know it (kernels/activation.ts). */
export const activationCode = (kind: Activation): number => ACTIVATIONS.indexOf(kind);
/** Simple operations per element. */
const NORM_WORK = 2;
export const ACTIVATION_WORK = 8;

/** Items of a command over the live rows; `attach` must follow the record. */
export function liveRows(r: Recorder, groups: Groups): { items: number; attach: () => void } {
  const segments: Segments | null = liveSegments(groups, groups.rowsPerGroup);
  if (!segments) return { items: rowsOf(groups), attach: () => undefined };
  const address = r.stage(segments.words);
  return { items: segments.items, attach: () => r.segments(address, segments.words.length / 4) };
}

export function rowwiseOperations(r: Recorder): RowwiseOperations<WasmTensor> {
  return {
    layerNorm(x, gain, bias, epsilon, groups) {
      const rows = rowsOf(groups);
      const { cols } = x;
      const inputs = [
        addressOf(x, rows, cols, 'layerNorm x'),
        addressOf(gain, 1, cols, 'layerNorm gain'),
        addressOf(bias, 1, cols, 'layerNorm bias'),
      ];
      r.begin();
      const y = r.tensor(rows, cols);
      const stats = r.tensor(rows, 2);
      const { items, attach } = liveRows(r, groups);
      r.record(KernelId.layerNorm, items, r.grain(items, cols * NORM_WORK), ...inputs, y.address, stats.address, cols);
      r.float(6, epsilon);
      attach();
      return { y, stats };
    },

    layerNormGradient(dy, x, stats, gain, add, groups) {
      const rows = rowsOf(groups);
      const { cols } = x;
      const [dyAddress, xAddress, statsAddress, gainAddress] = [
        addressOf(dy, rows, cols, 'layerNormGradient dy'),
        addressOf(x, rows, cols, 'layerNormGradient x'),
        addressOf(stats, rows, 2, 'layerNormGradient stats'),
        addressOf(gain, 1, cols, 'layerNormGradient gain'),
      ];
      const addAddress = add ? addressOf(add, rows, cols, 'layerNormGradient add') : 0;
      r.begin();
      const dx = r.tensor(rows, cols);
      const { items, attach } = liveRows(r, groups);
      const grain = r.grain(items, cols * NORM_WORK);
      const args = [dyAddress, xAddress, statsAddress, gainAddress, addAddress, dx.address, cols];
      r.record(KernelId.layerNormGradient, items, grain, ...args);
      attach();
      return dx;
    },

    activation(x, kind, groups) {
      const rows = rowsOf(groups);
      const { cols } = x;
      const address = addressOf(x, rows, cols, 'activation x');
      r.begin();
      const y = r.tensor(rows, cols);
      const { items, attach } = liveRows(r, groups);
      const grain = r.grain(items, cols * ACTIVATION_WORK);
      r.record(KernelId.activation, items, grain, activationCode(kind), cols, address, y.address, 0);
      attach();
      return y;
    },

    activationGradient(dy, x, kind, groups) {
      const rows = rowsOf(groups);
      const { cols } = x;
      const inputs = [
        addressOf(dy, rows, cols, 'activationGradient dy'),
        addressOf(x, rows, cols, 'activationGradient x'),
      ];
      r.begin();
      const dx = r.tensor(rows, cols);
      const { items, attach } = liveRows(r, groups);
      const grain = r.grain(items, cols * ACTIVATION_WORK);
      r.record(KernelId.activationGradient, items, grain, activationCode(kind), cols, ...inputs, dx.address);
      attach();
      return dx;
    },
  };
}
