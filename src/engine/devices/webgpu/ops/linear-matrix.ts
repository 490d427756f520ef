/**
 * Linear maps and the matrices the product kernel reads. A matrix stands for one map or for several of one input, in one direction; it is laid
 * out the first time that set of maps is used.
 */
import type { LinearWeights } from '../../../../model/backbone.ts';
import type { DeviceLinear } from '../../../operands.ts';
import { halfBits, type Precision } from '../../../precision.ts';
import type { GpuTensor } from '../gpu-tensor.ts';
import { ELEMENTS } from '../kernels/elements.ts';
import { forwardVectors, outputStride, vectorsOf } from '../kernels/matmul-variant.ts';
import { packMatrixKernel } from '../kernels/pack-matrix.ts';
import type { Runtime } from '../runtime.ts';
import { grid } from '../workgroups.ts';

export type Direction = 'forward' | 'backward';

/** A matrix of matmul.ts. */
export interface LinearMatrix {
  readonly tensor: GpuTensor;
  /** Where it starts, and the length of a row, in vectors of four. */
  readonly first: number;
  readonly stride: number;
  /** Whether the last row is the bias. */
  readonly bias: boolean;
  /** Whether it holds halves, two to a word. */
  readonly half: boolean;
}

interface PackedMatrix extends LinearMatrix {
  readonly maps: readonly GpuLinear[];
  readonly direction: Direction;
  current: boolean;
  /** Runtime.failures when it was made. After a failure it may lack contents or memory. */
  readonly failures: number;
}

/** A map on the GPU, with the matrices in which its products are computed. */
export class GpuLinear implements DeviceLinear {
  /** The matrices this map is part of. */
  readonly matrices = new Set<PackedMatrix>();
  /** Its weight as stored, which is its backward matrix where no column is missing. */
  readonly stored: LinearMatrix;

  /** @param source holds the weight [out, in] and, unless biasOffset is −1, the bias [out] at biasOffset; halves lie two to a word */
  constructor(
    readonly inFeatures: number,
    readonly outFeatures: number,
    readonly source: GpuTensor,
    readonly biasOffset: number,
    readonly precision: Precision,
  ) {
    this.stored = { tensor: source, first: 0, stride: inFeatures / 4, bias: false, half: precision === 'f16' };
  }
}

/**
 * @param precision f16 halves what is kept and read of a map, at a relative rounding error of 2⁻¹¹ per weight
 * @throws Error when the lengths do not fit, and RangeError when a weight is too large for a half
 */
export function createLinear(runtime: Runtime, weights: LinearWeights, precision: Precision = 'f32'): GpuLinear {
  const { weight, bias, inFeatures, outFeatures } = weights;
  if (weight.length !== inFeatures * outFeatures)
    throw new Error(`linear: ${weight.length} weights for [${outFeatures}, ${inFeatures}].`);
  if (bias && bias.length !== outFeatures) throw new Error(`linear: ${bias.length} biases for ${outFeatures} outputs.`);
  const values = precision === 'f16' ? halfWords(weights) : wholeWords(weights);
  const source = runtime.uploaded(values, 1, values.length);
  return new GpuLinear(inFeatures, outFeatures, source, bias ? weight.length : -1, precision);
}

/** Weights, and behind them the bias. */
function wholeWords({ weight, bias }: LinearWeights): Float32Array {
  if (!bias) return weight;
  const values = new Float32Array(weight.length + bias.length);
  values.set(weight);
  values.set(bias, weight.length);
  return values;
}

/** The same as halves, two to a word; nothing reads these words as floats. */
function halfWords({ weight, bias }: LinearWeights): Float32Array {
  const halves = new Uint16Array(2 * Math.ceil((weight.length + (bias?.length ?? 0)) / 2));
  halves.set(halfBits(weight));
  if (bias) halves.set(halfBits(bias), weight.length);
  return new Float32Array(halves.buffer);
}

/** Frees a map and the matrices that it is part of; the other maps of these make new ones when they are used. */
export function freeLinear(runtime: Runtime, linear: GpuLinear): void {
  for (const matrix of linear.matrices) {
    runtime.free(matrix.tensor);
    for (const map of matrix.maps) if (map !== linear) map.matrices.delete(matrix);
  }
  linear.matrices.clear();
  runtime.free(linear.source);
}

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);

/** Compares maps one by one: a name for them would be put together a hundred times in a training step. */
function knownMatrix(maps: readonly GpuLinear[], direction: Direction): PackedMatrix | undefined {
  for (const matrix of maps[0].matrices) {
    if (matrix.direction !== direction || matrix.maps.length !== maps.length) continue;
    let isOf = true;
    for (let i = 0; i < maps.length; i++) isOf &&= matrix.maps[i] === maps[i];
    if (isOf) return matrix;
  }
  return undefined;
}

/** The matrix of maps of one input. */
export function matrixOf(runtime: Runtime, maps: readonly GpuLinear[], direction: Direction): LinearMatrix {
  const half = maps.every(({ precision }) => precision === 'f16');
  const [only] = maps;
  // The backward matrix of one map is its weight as stored.
  if (direction === 'backward' && maps.length === 1 && only.inFeatures % 4 === 0) return only.stored;
  let matrix = knownMatrix(maps, direction);
  if (matrix && matrix.failures !== runtime.failures) {
    runtime.free(matrix.tensor);
    for (const map of maps) map.matrices.delete(matrix);
    matrix = undefined;
  }
  if (!matrix) {
    matrix = allocate(runtime, maps, direction, half);
    for (const map of maps) map.matrices.add(matrix);
  }
  if (!matrix.current) {
    pack(runtime, matrix);
    matrix.current = !runtime.collecting;
  }
  return matrix;
}

function allocate(runtime: Runtime, maps: readonly GpuLinear[], direction: Direction, half: boolean): PackedMatrix {
  const { inFeatures } = maps[0];
  const forward = direction === 'forward';
  const bias = forward && maps.some(({ biasOffset }) => biasOffset >= 0);
  const outputs = maps.map(({ outFeatures }) => outFeatures);
  const rows = forward ? inFeatures + (bias ? 1 : 0) : sum(outputs);
  const stride = forward ? forwardVectors(outputs) : vectorsOf(inFeatures);
  const tensor = runtime.tensors.made.lasting(() => runtime.tensor(rows, half ? 2 * stride : 4 * stride));
  return { tensor, first: 0, stride, bias, half, maps, direction, current: false, failures: runtime.failures };
}

function pack(runtime: Runtime, { maps, direction, tensor, stride, bias, half }: PackedMatrix): void {
  let first = 0;
  for (const { source, biasOffset, inFeatures, outFeatures } of maps) {
    const forward = direction === 'forward';
    const [rows, cols] = forward ? [inFeatures, outFeatures] : [outFeatures, inFeatures];
    const [rowStride, colStride] = forward ? [1, inFeatures] : [inFeatures, 1];
    const count = (rows + (bias ? 1 : 0)) * vectorsOf(cols);
    runtime.dispatch(
      packMatrixKernel(half),
      [source, tensor],
      [count, rows, cols, rowStride, colStride, biasOffset, first, stride],
      grid(Math.ceil(count / ELEMENTS)),
      { flops: 0, bytes: (half ? 4 : 8) * rows * cols },
    );
    first += forward ? outputStride(cols) : rows * stride;
  }
}
