/** The Device of own WGSL kernels: records operations, sends them when something is read. */
import type { LinearWeights } from '../../../model/backbone.ts';
import type { Device, DeviceLinear, FusedOperations, ImageOperations, Repeater } from '../../device.ts';
import type { EngineInfo } from '../../engine.ts';
import { memoryOf, type GpuTensor } from './gpu-tensor.ts';
import { createInspector } from './inspector.ts';
import * as attentionOps from './ops/attention.ts';
import * as doraOps from './ops/dora.ts';
import { fillZero } from './ops/fill.ts';
import * as gatherOps from './ops/gather.ts';
import { imageOperations } from './ops/images.ts';
import * as linearOps from './ops/linear.ts';
import type { GpuLinear } from './ops/linear.ts';
import * as objectiveOps from './ops/objective.ts';
import * as optimizerOps from './ops/optimizer.ts';
import * as rowwiseOps from './ops/rowwise.ts';
import type { GpuDescription, GpuInspector } from '../../gpu-inspector.ts';
import type { Runtime } from './runtime.ts';
import { StepRepeater } from './step-repeater.ts';

type Method<K extends keyof Device<GpuTensor>> = Device<GpuTensor>[K];

export class WebgpuDevice implements Device<GpuTensor> {
  readonly info: EngineInfo;
  readonly fused: FusedOperations<GpuTensor>;
  readonly images: ImageOperations<GpuTensor>;
  readonly inspector: GpuInspector;

  constructor(
    readonly runtime: Runtime,
    description: GpuDescription,
  ) {
    const { name, software } = description;
    this.info = { backend: 'webgpu', device: name, threads: 1, software, gpu: description };
    this.inspector = createInspector(runtime, description);
    this.fused = linearOps.fusedOperations(runtime);
    this.images = imageOperations(runtime);
  }

  warmUp(record: () => void, onProgress: (done: number, total: number) => void): Promise<void> {
    return this.runtime.warmUp(record, onProgress);
  }

  get failures(): number {
    return this.runtime.failures;
  }

  createRepeater(): Repeater<GpuTensor> {
    return new StepRepeater(this.runtime);
  }

  // Storage ------------------------------------------------------------------------------------------------------------
  upload(values: Float32Array, rows: number, cols: number): GpuTensor {
    if (values.length !== rows * cols) throw new Error(`upload: ${values.length} values for [${rows}, ${cols}].`);
    return this.runtime.uploaded(values, rows, cols);
  }
  zeros(rows: number, cols: number): GpuTensor {
    const tensor = this.runtime.tensor(rows, cols);
    fillZero(this.runtime, tensor);
    return tensor;
  }
  write(tensor: GpuTensor, values: Float32Array): void {
    if (values.length !== tensor.rows * tensor.cols)
      throw new Error(`write: ${values.length} values for [${tensor.rows}, ${tensor.cols}].`);
    this.runtime.write(tensor, values);
  }
  fillZero(tensor: GpuTensor): void {
    fillZero(this.runtime, tensor);
  }
  async read(tensor: GpuTensor): Promise<Float32Array> {
    memoryOf(tensor);
    const [values] = await this.runtime.read([tensor]);
    return values;
  }
  async readAll(tensors: readonly GpuTensor[]): Promise<Float32Array[]> {
    tensors.forEach(memoryOf);
    return this.runtime.read(tensors);
  }
  free(...tensors: (GpuTensor | null)[]): void {
    for (const tensor of tensors) if (tensor) this.runtime.free(tensor);
  }
  shape(tensor: GpuTensor): { rows: number; cols: number } {
    return { rows: tensor.rows, cols: tensor.cols };
  }
  memoryBytes(): number {
    return this.runtime.memoryBytes;
  }
  dispose(): void {
    this.runtime.dispose();
  }

  // Linear maps ----------------------------------------------------------------------------------------------------------
  linear(weights: LinearWeights): DeviceLinear {
    return linearOps.createLinear(this.runtime, weights);
  }
  freeLinear(linear: DeviceLinear): void {
    linearOps.freeLinear(this.runtime, linear as GpuLinear);
  }
  readonly applyLinear: Method<'applyLinear'> = (x, w, ...rest) =>
    linearOps.applyLinear(this.runtime, x, w as GpuLinear, ...rest);
  readonly linearInputGradient: Method<'linearInputGradient'> = (dy, w, ...rest) =>
    linearOps.linearInputGradient(this.runtime, dy, w as GpuLinear, ...rest);
  readonly loraGradient: Method<'loraGradient'> = (...args) => linearOps.loraGradient(this.runtime, ...args);

  // DoRA -----------------------------------------------------------------------------------------------------------------
  readonly doraScales: Method<'doraScales'> = (w, ...rest) => doraOps.doraScales(this.runtime, w as GpuLinear, ...rest);
  readonly applyDora: Method<'applyDora'> = (z, w, ...rest) =>
    doraOps.applyDora(this.runtime, z, w as GpuLinear, ...rest);
  readonly doraGradient: Method<'doraGradient'> = (dy, z, w, ...rest) =>
    doraOps.doraGradient(this.runtime, dy, z, w as GpuLinear, ...rest);

  // Row-wise operations -----------------------------------------------------------------------------------------------------
  readonly layerNorm: Method<'layerNorm'> = (...args) => rowwiseOps.layerNorm(this.runtime, ...args);
  readonly layerNormGradient: Method<'layerNormGradient'> = (...args) =>
    rowwiseOps.layerNormGradient(this.runtime, ...args);
  readonly activation: Method<'activation'> = (...args) => rowwiseOps.activation(this.runtime, ...args);
  readonly activationGradient: Method<'activationGradient'> = (...args) =>
    rowwiseOps.activationGradient(this.runtime, ...args);
  readonly attention: Method<'attention'> = (...args) => attentionOps.attention(this.runtime, ...args);
  readonly attentionGradient: Method<'attentionGradient'> = (...args) =>
    attentionOps.attentionGradient(this.runtime, ...args);

  // Gather, scatter, assemble -------------------------------------------------------------------------------------------------
  readonly gatherRows: Method<'gatherRows'> = (...args) => gatherOps.gatherRows(this.runtime, ...args);
  readonly scatterRows: Method<'scatterRows'> = (...args) => gatherOps.scatterRows(this.runtime, ...args);
  readonly gatherGroups: Method<'gatherGroups'> = (...args) => gatherOps.gatherGroups(this.runtime, ...args);
  readonly assembleTokens: Method<'assembleTokens'> = (...args) => gatherOps.assembleTokens(this.runtime, ...args);
  readonly embedTokens: Method<'embedTokens'> = (...args) => gatherOps.embedTokens(this.runtime, ...args);

  // Objective ----------------------------------------------------------------------------------------------------------------
  readonly normalizeRows: Method<'normalizeRows'> = (x) => objectiveOps.normalizeRows(this.runtime, x);
  readonly normalizeRowsGradient: Method<'normalizeRowsGradient'> = (...args) =>
    objectiveOps.normalizeRowsGradient(this.runtime, ...args);
  readonly groupScores: Method<'groupScores'> = (...args) => objectiveOps.groupScores(this.runtime, ...args);
  readonly groupScoresInputGradient: Method<'groupScoresInputGradient'> = (...args) =>
    objectiveOps.groupScoresInputGradient(this.runtime, ...args);
  readonly groupScoresWeightGradient: Method<'groupScoresWeightGradient'> = (...args) =>
    objectiveOps.groupScoresWeightGradient(this.runtime, ...args);
  readonly crossEntropy: Method<'crossEntropy'> = (...args) => objectiveOps.crossEntropy(this.runtime, ...args);
  readonly sliceSlots: Method<'sliceSlots'> = (...args) => gatherOps.sliceSlots(this.runtime, ...args);
  readonly addToSlots: Method<'addToSlots'> = (...args) => gatherOps.addToSlots(this.runtime, ...args);

  // Optimizer ----------------------------------------------------------------------------------------------------------------
  readonly rowNorms: Method<'rowNorms'> = (x) => optimizerOps.rowNorms(this.runtime, x);
  readonly scaleSegments: Method<'scaleSegments'> = (...args) => optimizerOps.scaleSegments(this.runtime, ...args);
  readonly adamw: Method<'adamw'> = (...args) => optimizerOps.adamw(this.runtime, ...args);
}
