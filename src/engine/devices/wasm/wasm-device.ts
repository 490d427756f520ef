/** The Device of own SIMD kernels on threads: records operations, executes them when something is read. */
import { counted } from '../../../core/counted.ts';
import type { LinearWeights } from '../../../model/backbone.ts';
import type { Device, DeviceLinear } from '../../device.ts';
import type { EngineInfo } from '../../engine.ts';
import { Kernel } from './kernels/kernel-id.ts';
import * as attentionOps from './ops/attention.ts';
import * as doraOps from './ops/dora.ts';
import * as gatherOps from './ops/gather.ts';
import * as linearOps from './ops/linear.ts';
import type { WasmLinear } from './ops/linear.ts';
import { loraGradient } from './ops/lora.ts';
import * as objectiveOps from './ops/objective.ts';
import * as optimizerOps from './ops/optimizer.ts';
import * as rowwiseOps from './ops/rowwise.ts';
import type { Recorder } from './recorder.ts';
import { addressOf, type WasmTensor } from './wasm-tensor.ts';

type Method<K extends keyof Device<WasmTensor>> = Device<WasmTensor>[K];

const checked = (tensor: WasmTensor, name: string) => addressOf(tensor, tensor.rows, tensor.cols, name);

export class WasmDevice implements Device<WasmTensor> {
  readonly info: EngineInfo;
  /** Takes down operations; who adds further ones to a device needs it. */
  readonly recorder: Recorder;
  private readonly stop: () => void;

  /** @param stop ends the helper threads */
  constructor(recorder: Recorder, relaxedSimd: boolean, stop: () => void) {
    const { threads } = recorder;
    this.recorder = recorder;
    this.stop = stop;
    const device = `WebAssembly ${relaxedSimd ? '' : 'plain '}SIMD, ${counted(threads, 'thread')}`;
    this.info = { backend: 'wasm', device, threads, software: false };
  }

  // Storage ------------------------------------------------------------------------------------------------------------
  upload(values: Float32Array, rows: number, cols: number): WasmTensor {
    if (values.length !== rows * cols) throw new Error(`upload: ${values.length} values for [${rows}, ${cols}].`);
    return this.recorder.uploaded(values, rows, cols);
  }
  zeros(rows: number, cols: number): WasmTensor {
    this.recorder.begin();
    const tensor = this.recorder.tensor(rows, cols);
    this.recordFill(tensor);
    return tensor;
  }
  write(tensor: WasmTensor, values: Float32Array): void {
    const { recorder: r } = this;
    const address = checked(tensor, 'write tensor');
    const count = tensor.rows * tensor.cols;
    if (values.length !== count)
      throw new Error(`write: ${values.length} values for [${tensor.rows}, ${tensor.cols}].`);
    r.begin();
    r.record(Kernel.copy, count, r.grain(count, 1), address, r.stage(values, 'float'));
  }
  fillZero(tensor: WasmTensor): void {
    checked(tensor, 'fillZero tensor');
    this.recorder.begin();
    this.recordFill(tensor);
  }
  async read(tensor: WasmTensor): Promise<Float32Array> {
    checked(tensor, 'read tensor');
    return this.recorder.values(tensor);
  }
  async readAll(tensors: readonly WasmTensor[]): Promise<Float32Array[]> {
    for (const tensor of tensors) checked(tensor, 'readAll tensor');
    return tensors.map((tensor) => this.recorder.values(tensor));
  }
  free(...tensors: (WasmTensor | null)[]): void {
    for (const tensor of tensors) if (tensor) this.recorder.free(tensor);
  }
  shape(tensor: WasmTensor): { rows: number; cols: number } {
    return { rows: tensor.rows, cols: tensor.cols };
  }
  memoryBytes(): number {
    return this.recorder.memoryBytes;
  }
  dispose(): void {
    this.stop();
  }

  // Linear maps ----------------------------------------------------------------------------------------------------------
  linear(weights: LinearWeights): DeviceLinear {
    return linearOps.createLinear(this.recorder, weights);
  }
  freeLinear(linear: DeviceLinear): void {
    linearOps.freeLinear(this.recorder, linear as WasmLinear);
  }
  readonly applyLinear: Method<'applyLinear'> = (x, w, ...rest) =>
    linearOps.applyLinear(this.recorder, x, w as WasmLinear, ...rest);
  readonly linearInputGradient: Method<'linearInputGradient'> = (dy, w, ...rest) =>
    linearOps.linearInputGradient(this.recorder, dy, w as WasmLinear, ...rest);
  readonly loraGradient: Method<'loraGradient'> = (...args) => loraGradient(this.recorder, ...args);

  // DoRA -----------------------------------------------------------------------------------------------------------------
  readonly doraScales: Method<'doraScales'> = (w, ...rest) =>
    doraOps.doraScales(this.recorder, w as WasmLinear, ...rest);
  readonly applyDora: Method<'applyDora'> = (z, w, ...rest) =>
    doraOps.applyDora(this.recorder, z, w as WasmLinear, ...rest);
  readonly doraGradient: Method<'doraGradient'> = (dy, z, w, ...rest) =>
    doraOps.doraGradient(this.recorder, dy, z, w as WasmLinear, ...rest);

  // Row-wise operations -----------------------------------------------------------------------------------------------------
  readonly layerNorm: Method<'layerNorm'> = (...args) => rowwiseOps.layerNorm(this.recorder, ...args);
  readonly layerNormGradient: Method<'layerNormGradient'> = (...args) =>
    rowwiseOps.layerNormGradient(this.recorder, ...args);
  readonly activation: Method<'activation'> = (...args) => rowwiseOps.activation(this.recorder, ...args);
  readonly activationGradient: Method<'activationGradient'> = (...args) =>
    rowwiseOps.activationGradient(this.recorder, ...args);
  readonly attention: Method<'attention'> = (...args) => attentionOps.attention(this.recorder, ...args);
  readonly attentionGradient: Method<'attentionGradient'> = (...args) =>
    attentionOps.attentionGradient(this.recorder, ...args);

  // Gather, scatter, assemble -------------------------------------------------------------------------------------------------
  readonly gatherRows: Method<'gatherRows'> = (...args) => gatherOps.gatherRows(this.recorder, ...args);
  readonly scatterRows: Method<'scatterRows'> = (...args) => gatherOps.scatterRows(this.recorder, ...args);
  readonly gatherGroups: Method<'gatherGroups'> = (...args) => gatherOps.gatherGroups(this.recorder, ...args);
  readonly assembleTokens: Method<'assembleTokens'> = (...args) => gatherOps.assembleTokens(this.recorder, ...args);
  readonly embedTokens: Method<'embedTokens'> = (...args) => gatherOps.embedTokens(this.recorder, ...args);

  // Objective ----------------------------------------------------------------------------------------------------------------
  readonly normalizeRows: Method<'normalizeRows'> = (x) => objectiveOps.normalizeRows(this.recorder, x);
  readonly normalizeRowsGradient: Method<'normalizeRowsGradient'> = (...args) =>
    objectiveOps.normalizeRowsGradient(this.recorder, ...args);
  readonly groupScores: Method<'groupScores'> = (...args) => objectiveOps.groupScores(this.recorder, ...args);
  readonly groupScoresInputGradient: Method<'groupScoresInputGradient'> = (...args) =>
    objectiveOps.groupScoresInputGradient(this.recorder, ...args);
  readonly groupScoresWeightGradient: Method<'groupScoresWeightGradient'> = (...args) =>
    objectiveOps.groupScoresWeightGradient(this.recorder, ...args);
  readonly crossEntropy: Method<'crossEntropy'> = (...args) => objectiveOps.crossEntropy(this.recorder, ...args);
  readonly sliceSlots: Method<'sliceSlots'> = (...args) => gatherOps.sliceSlots(this.recorder, ...args);
  readonly addToSlots: Method<'addToSlots'> = (...args) => gatherOps.addToSlots(this.recorder, ...args);

  // Optimizer ----------------------------------------------------------------------------------------------------------------
  readonly rowNorms: Method<'rowNorms'> = (x) => optimizerOps.rowNorms(this.recorder, x);
  readonly scaleSegments: Method<'scaleSegments'> = (...args) => optimizerOps.scaleSegments(this.recorder, ...args);
  readonly adamw: Method<'adamw'> = (...args) => optimizerOps.adamw(this.recorder, ...args);

  private recordFill(tensor: WasmTensor): void {
    const items = tensor.rows * tensor.cols;
    this.recorder.record(Kernel.fill, items, this.recorder.grain(items, 0.5), tensor.address);
  }
}
