/** The wasm device with the operations of pretraining, whose kernels are in a separate build (scripts/pretrain/kernels). */
import type { DeviceLinear } from '../../../src/engine/operands.ts';
import { checkIndices, invert } from '../../../src/engine/indices.ts';
import { KernelId } from '../../../src/engine/devices/wasm/kernels/kernel-id.ts';
import { createNodeWasmDevice, type NodeWasmOptions } from '../../../src/engine/devices/wasm/node.ts';
import { packForward, PANEL, panelsOf, WasmLinear } from '../../../src/engine/devices/wasm/ops/linear.ts';
import type { Recorder } from '../../../src/engine/devices/wasm/recorder.ts';
import { addressOf, type WasmTensor } from '../../../src/engine/devices/wasm/wasm-tensor.ts';
import { WeightKernel } from '../kernels/weight-kernel-id.ts';
import type { TrainableDevice, WeightOperations } from './trainable-device.ts';

/**
 * Address of `size` values starting at `offset` in a tensor.
 * @throws Error when the tensor was freed, RangeError when the values are out of range.
 */
function addressWithin(tensor: WasmTensor, offset: number, size: number, name: string): number {
  const available = tensor.rows * tensor.cols;
  if (!(offset >= 0 && Number.isInteger(size) && offset + size <= available))
    throw new RangeError(`${name}: [${offset}, ${offset + size}) is not within the ${available} values of the tensor.`);
  return addressOf(tensor, tensor.rows, tensor.cols, name) + 4 * offset;
}

/** A map packed from part of a tensor; its bias is a copy. */
class WasmView extends WasmLinear {
  constructor(
    shape: DeviceLinear,
    forward: WasmTensor,
    bias: WasmTensor | null,
    readonly params: WasmTensor,
    readonly weightOffset: number,
    readonly biasOffset: number,
  ) {
    super(shape, forward, bias);
  }
}

function refresh(r: Recorder, view: WasmView): void {
  const { params, weightOffset, biasOffset, inFeatures, outFeatures, forward, bias } = view;
  const weights = addressWithin(params, weightOffset, inFeatures * outFeatures, 'linearView weight');
  const biases = bias ? addressWithin(params, biasOffset, outFeatures, 'linearView bias') : 0;
  r.begin();
  packForward(r, weights, forward, inFeatures, outFeatures);
  if (bias) r.record(KernelId.copy, outFeatures, r.grain(outFeatures, 1), bias.address, biases);
  view.forgetBackward(r);
}

/** Block sizes of the weightGradient kernel. */
const GRADIENT_OUTPUTS = 32;
const GRADIENT_INPUTS = 64;

/** target[row mod period] += x[row]. */
function sumRows(r: Recorder, x: number, rows: number, cols: number, period: number, target: number): void {
  const items = Math.min(period, rows) * panelsOf(cols);
  r.record(WeightKernel.sumRows, items, r.grain(items, (2 * rows) / period), x, rows, cols, period, target);
}

/** The distinct values of an index, ids [p], each with its positions: list[starts[p] … starts[p + 1]). */
function invertDistinct(index: Int32Array) {
  const ids = Int32Array.from(new Set(index)).sort();
  const places = new Map(Array.from(ids, (id, place) => [id, place]));
  const placeOf = index.map((id) => places.get(id) ?? 0);
  return { ids, ...invert(placeOf, ids.length) };
}

function weightOperations(r: Recorder): WeightOperations<WasmTensor, WasmView> {
  return {
    linearView(params, weightOffset, biasOffset, inFeatures, outFeatures) {
      r.begin();
      const forward = r.tensor(panelsOf(outFeatures) * inFeatures, PANEL);
      const bias = biasOffset < 0 ? null : r.tensor(1, outFeatures);
      const view = new WasmView({ inFeatures, outFeatures }, forward, bias, params, weightOffset, biasOffset);
      refresh(r, view);
      return view;
    },

    refreshLinear: (view) => refresh(r, view),

    linearWeightGradient(dy, x, into) {
      const { rows, cols: outputs } = dy;
      const inputs = x.cols;
      const target = addressWithin(into.gradients, into.weightOffset, outputs * inputs, 'linearWeightGradient weight');
      const biasTarget =
        into.biasOffset < 0 ? 0 : addressWithin(into.gradients, into.biasOffset, outputs, 'linearWeightGradient bias');
      const dyAddress = addressOf(dy, rows, outputs, 'linearWeightGradient dy');
      const xAddress = addressOf(x, rows, inputs, 'linearWeightGradient x');
      r.begin();
      const items = Math.ceil(outputs / GRADIENT_OUTPUTS) * Math.ceil(inputs / GRADIENT_INPUTS);
      r.record(WeightKernel.weightGradient, items, 1, dyAddress, xAddress, rows, outputs, inputs, target);
      if (biasTarget) sumRows(r, dyAddress, rows, outputs, 1, biasTarget);
    },

    layerNormWeightGradient(dy, x, stats, { gradients, weightOffset, biasOffset }) {
      const { rows, cols } = x;
      const inputs = [
        addressOf(dy, rows, cols, 'layerNormWeightGradient dy'),
        addressOf(x, rows, cols, 'layerNormWeightGradient x'),
        addressOf(stats, rows, 2, 'layerNormWeightGradient stats'),
      ];
      const gain = addressWithin(gradients, weightOffset, cols, 'layerNormWeightGradient gain');
      const bias = biasOffset < 0 ? 0 : addressWithin(gradients, biasOffset, cols, 'layerNormWeightGradient bias');
      r.begin();
      const blocks = panelsOf(cols);
      const grain = r.grain(blocks, rows * 4);
      r.record(WeightKernel.layerNormWeightGradient, blocks, grain, ...inputs, rows, cols, gain, bias);
    },

    sumRowsInto(dy, period, gradients, offset) {
      const address = addressOf(dy, dy.rows, dy.cols, 'sumRowsInto dy');
      const target = addressWithin(gradients, offset, Math.min(period, dy.rows) * dy.cols, 'sumRowsInto gradients');
      r.begin();
      sumRows(r, address, dy.rows, dy.cols, period, target);
    },

    scatterRowsInto(dy, index, gradients, offset) {
      const { cols } = dy;
      const address = addressOf(dy, index.length, cols, 'scatterRowsInto dy');
      const target = addressWithin(gradients, offset, 0, 'scatterRowsInto gradients');
      checkIndices(index, Math.floor((gradients.rows * gradients.cols - offset) / cols), 'scatterRowsInto');
      r.begin();
      const { starts, list, ids } = invertDistinct(index);
      const tables = [r.stage(starts), r.stage(list), r.stage(ids)];
      r.record(WeightKernel.scatterRowsInto, ids.length, r.grain(ids.length, cols), address, target, cols, ...tables);
    },
  };
}

/** @throws Error when the kernels were not built. */
export async function openTrainableWasm(options: Omit<NodeWasmOptions, 'build'>): Promise<TrainableDevice<WasmTensor>> {
  const device = await createNodeWasmDevice({ ...options, build: 'pretraining' });
  return { ...device, ...weightOperations(device.recorder) };
}
