/**
 * The Device in float64 and plain loops: what every other device is compared with, in tests and at start-up.
 * It checks shapes, notices use after free, and fills rows that are not needed with NaN.
 */
import type { LinearWeights } from '../../../model/backbone.ts';
import type { Device, DeviceLinear, Groups, LoraUse } from '../../device.ts';
import type { EngineInfo } from '../../engine.ts';
import * as attentionOps from './attention.ts';
import * as doraOps from './dora.ts';
import * as gatherOps from './gather.ts';
import * as linearOps from './linear.ts';
import type { ReferenceLinear } from './linear.ts';
import * as objectiveOps from './objective.ts';
import * as optimizerOps from './optimizer.ts';
import * as rowwiseOps from './rowwise.ts';
import { ReferenceTensor } from './tensor.ts';

type Tensor = ReferenceTensor;
type Method<K extends keyof Device<Tensor>> = Device<Tensor>[K];

/** Plain JavaScript on the CPU is the nearest of the backend names. */
const INFO: EngineInfo = { backend: 'tfjs-cpu', device: 'float64 reference', threads: 1, software: false };

export class ReferenceDevice implements Device<Tensor> {
  readonly info: EngineInfo = { ...INFO };
  private readonly live = new Set<Tensor>();

  // Storage ------------------------------------------------------------------------------------------------------------
  upload(values: Float32Array, rows: number, cols: number): Tensor {
    if (values.length !== rows * cols) throw new Error(`upload: ${values.length} values for [${rows}, ${cols}].`);
    return this.keep(new ReferenceTensor(rows, cols, Float64Array.from(values)));
  }
  /** Like `upload`, without rounding to float32: for finite differences. */
  uploadExact(values: Float64Array, rows: number, cols: number): Tensor {
    return this.keep(new ReferenceTensor(rows, cols, values.slice()));
  }
  zeros(rows: number, cols: number): Tensor {
    return this.keep(new ReferenceTensor(rows, cols));
  }
  write(tensor: Tensor, values: Float32Array): void {
    if (values.length !== tensor.data.length)
      throw new Error(`write: ${values.length} values for [${tensor.rows}, ${tensor.cols}].`);
    tensor.data.set(values);
  }
  fillZero(tensor: Tensor): void {
    tensor.data.fill(0);
  }
  read(tensor: Tensor): Promise<Float32Array> {
    return Promise.resolve(Float32Array.from(tensor.data));
  }
  readAll(tensors: readonly Tensor[]): Promise<Float32Array[]> {
    return Promise.all(tensors.map((tensor) => this.read(tensor)));
  }
  free(...tensors: (Tensor | null)[]): void {
    for (const tensor of tensors) {
      if (!tensor) continue;
      tensor.release();
      this.live.delete(tensor);
    }
  }
  shape(tensor: Tensor): { rows: number; cols: number } {
    return { rows: tensor.rows, cols: tensor.cols };
  }
  memoryBytes(): number {
    let bytes = 0;
    for (const tensor of this.live) bytes += tensor.bytes;
    return bytes;
  }
  dispose(): void {
    this.live.clear();
  }

  // Linear maps ----------------------------------------------------------------------------------------------------------
  linear(weights: LinearWeights): DeviceLinear {
    const { inFeatures, outFeatures, bias } = weights;
    if (weights.weight.length !== inFeatures * outFeatures)
      throw new Error(`linear: ${weights.weight.length} weights for [${outFeatures}, ${inFeatures}].`);
    const linear: ReferenceLinear = {
      inFeatures,
      outFeatures,
      ...linearOps.sparseRows(weights.weight, inFeatures),
      bias: bias && Float64Array.from(bias),
    };
    return linear;
  }
  freeLinear(linear: DeviceLinear): void {
    const freed = linear as ReferenceLinear;
    freed.weight = new Float64Array(freed.outFeatures).fill(NaN); // who still uses it notices
    freed.columns = new Int32Array(freed.outFeatures);
    freed.bias = null;
  }
  applyLinear(
    x: Tensor,
    w: DeviceLinear,
    groups: Groups,
    lora: LoraUse<Tensor> | null,
    residual: Tensor | null,
  ): Tensor {
    return this.keep(linearOps.applyLinear(x, w as ReferenceLinear, groups, lora, residual));
  }
  linearInputGradient(
    dy: Tensor,
    w: DeviceLinear,
    groups: Groups,
    lora: LoraUse<Tensor> | null,
    accumulate: Tensor | null,
  ): Tensor {
    const dx = this.keep(linearOps.linearInputGradient(dy, w as ReferenceLinear, groups, lora, accumulate));
    this.free(accumulate);
    return dx;
  }
  readonly loraGradient: Method<'loraGradient'> = linearOps.loraGradient;

  // DoRA -----------------------------------------------------------------------------------------------------------------
  readonly doraScales: Method<'doraScales'> = (w, ...rest) =>
    this.keep(doraOps.doraScales(w as ReferenceLinear, ...rest));
  readonly applyDora: Method<'applyDora'> = (z, w, ...rest) =>
    this.keep(doraOps.applyDora(z, w as ReferenceLinear, ...rest));
  readonly doraGradient: Method<'doraGradient'> = (dy, z, w, ...rest) =>
    this.keep(doraOps.doraGradient(dy, z, w as ReferenceLinear, ...rest));

  // Row-wise operations -----------------------------------------------------------------------------------------------------
  readonly layerNorm: Method<'layerNorm'> = (...args) => this.keepAll(rowwiseOps.layerNorm(...args));
  readonly layerNormGradient: Method<'layerNormGradient'> = (...args) =>
    this.keep(rowwiseOps.layerNormGradient(...args));
  readonly activation: Method<'activation'> = (...args) => this.keep(rowwiseOps.activation(...args));
  readonly activationGradient: Method<'activationGradient'> = (...args) =>
    this.keep(rowwiseOps.activationGradient(...args));
  readonly attention: Method<'attention'> = (q, k, v, shape, keep) => {
    const { out, probabilities } = attentionOps.attention(q, k, v, shape);
    return { out: this.keep(out), softmax: keep ? this.keep(probabilities) : null };
  };
  readonly attentionGradient: Method<'attentionGradient'> = (...args) =>
    this.keepAll(attentionOps.attentionGradient(...args));

  // Gather, scatter, assemble -------------------------------------------------------------------------------------------------
  readonly gatherRows: Method<'gatherRows'> = (...args) => this.keep(gatherOps.gatherRows(...args));
  readonly scatterRows: Method<'scatterRows'> = (...args) => this.keep(gatherOps.scatterRows(...args));
  readonly gatherGroups: Method<'gatherGroups'> = (...args) => this.keep(gatherOps.gatherGroups(...args));
  readonly assembleTokens: Method<'assembleTokens'> = (...args) => this.keep(gatherOps.assembleTokens(...args));
  readonly embedTokens: Method<'embedTokens'> = (...args) => this.keep(gatherOps.embedTokens(...args));

  // Objective ----------------------------------------------------------------------------------------------------------------
  readonly normalizeRows: Method<'normalizeRows'> = (x) => this.keepAll(objectiveOps.normalizeRows(x));
  readonly normalizeRowsGradient: Method<'normalizeRowsGradient'> = (...args) =>
    this.keep(objectiveOps.normalizeRowsGradient(...args));
  readonly groupScores: Method<'groupScores'> = (...args) => this.keep(objectiveOps.groupScores(...args));
  readonly groupScoresInputGradient: Method<'groupScoresInputGradient'> = (...args) =>
    this.keep(objectiveOps.groupScoresInputGradient(...args));
  readonly groupScoresWeightGradient: Method<'groupScoresWeightGradient'> = (...args) =>
    this.keep(objectiveOps.groupScoresWeightGradient(...args));
  readonly crossEntropy: Method<'crossEntropy'> = (...args) => this.keepAll(objectiveOps.crossEntropy(...args));
  readonly sliceSlots: Method<'sliceSlots'> = (...args) => this.keep(gatherOps.sliceSlots(...args));
  readonly addToSlots: Method<'addToSlots'> = gatherOps.addToSlots;

  // Optimizer ----------------------------------------------------------------------------------------------------------------
  readonly rowNorms: Method<'rowNorms'> = (x) => this.keep(optimizerOps.rowNorms(x));
  readonly scaleSegments: Method<'scaleSegments'> = optimizerOps.scaleSegments;
  readonly adamw: Method<'adamw'> = optimizerOps.adamw;

  private keep(tensor: Tensor): Tensor {
    this.live.add(tensor);
    return tensor;
  }

  private keepAll<R extends { [name: string]: Tensor | null }>(tensors: R): R {
    for (const tensor of Object.values(tensors)) if (tensor) this.keep(tensor);
    return tensors;
  }
}
