/** AdamW, and norms and scales of rows and segments. */
import { checkAdamw, checkSegments } from '../../check-segments.ts';
import type { OptimizerSegment } from '../../device.ts';
import { expectShape, memoryOf, type GpuTensor } from '../gpu-tensor.ts';
import { ADAMW_BLOCK_WORDS, adamwKernel } from '../kernels/adamw.ts';
import { ELEMENTS, widthOf } from '../kernels/elements.ts';
import { partialSumsKernel } from '../kernels/row-norms.ts';
import { scaleRowsKernel } from '../kernels/scale-rows.ts';
import { SCALE_BLOCK_WORDS, scaleSegmentsKernel } from '../kernels/scale-segments.ts';
import { BLOCK_THREADS } from '../kernels/snippets.ts';
import { grid, type Runtime } from '../runtime.ts';

/** Values of a row that one workgroup of rowNorms adds up. */
const NORM_PART = 8192;
/** Blocks of segments are sized so that their table stays below this number of rows (plus one per segment). */
const MAX_BLOCKS = 16384;

export function rowNorms(runtime: Runtime, x: GpuTensor): GpuTensor {
  const { rows, cols } = x;
  memoryOf(x);
  const norms = runtime.tensor(rows, 1);
  const parts = Math.max(1, Math.ceil(cols / NORM_PART));
  const cost = { flops: 2 * rows * cols, bytes: x.bytes + 4 * rows * parts };
  if (parts === 1) {
    runtime.dispatch(partialSumsKernel(true, true), [x, norms], [cols, 1, cols, rows], grid(rows), cost);
    return norms;
  }
  const partial = runtime.tensor(rows, parts);
  const count = rows * parts;
  runtime.dispatch(partialSumsKernel(true, false), [x, partial], [cols, parts, NORM_PART, count], grid(count), cost);
  const rest = { flops: count, bytes: partial.bytes + norms.bytes };
  runtime.dispatch(partialSumsKernel(false, true), [partial, norms], [parts, 1, parts, rows], grid(rows), rest);
  runtime.free(partial);
  return norms;
}

export function scaleRows(runtime: Runtime, x: GpuTensor, factors: Float32Array): void {
  const { rows, cols } = x;
  if (factors.length !== rows) throw new Error(`scaleRows: ${factors.length} factors for ${rows} rows.`);
  const width = widthOf(cols);
  const count = (rows * cols) / width;
  const workgroups = grid(Math.ceil(count / ELEMENTS));
  const cost = { flops: rows * cols, bytes: 2 * x.bytes };
  runtime.dispatch(scaleRowsKernel(width), [x], [count, cols / width, factors], workgroups, cost);
}

export function scaleSegments(
  runtime: Runtime,
  x: GpuTensor,
  segments: readonly OptimizerSegment[],
  factors: Float32Array,
): void {
  const { rows, cols } = x;
  memoryOf(x);
  checkSegments(rows, cols, segments, factors);
  const { blocks, count, elements } = cutSegments(rows, cols, segments, SCALE_BLOCK_WORDS, (slot, s) => {
    const factor = factors[slot * segments.length + s];
    return factor === 1 ? null : [factor];
  });
  if (count === 0) return;
  const cost = { flops: elements, bytes: 8 * elements };
  runtime.dispatch(scaleSegmentsKernel(), [x], [count, blocks], grid(count), cost);
}

export function adamw(
  runtime: Runtime,
  params: GpuTensor,
  gradients: GpuTensor,
  m: GpuTensor,
  v: GpuTensor,
  segments: readonly OptimizerSegment[],
  coefficients: Float32Array,
  options: { beta1: number; beta2: number; epsilon: number; weightDecay: number; decay: Float32Array },
): void {
  const { rows, cols } = params;
  const { beta1, beta2, epsilon, weightDecay, decay } = options;
  checkAdamw(rows, cols, segments, coefficients, decay);
  expectShape(gradients, rows, cols, 'adamw gradients');
  expectShape(m, rows, cols, 'adamw m');
  expectShape(v, rows, cols, 'adamw v');
  const decays = decay.map((factor) => weightDecay * factor);
  const { blocks, count, elements } = cutSegments(rows, cols, segments, ADAMW_BLOCK_WORDS, (slot, s) => {
    const [active, rate, correction1, correction2] = coefficients.subarray(4 * (slot * segments.length + s));
    return active === 0 ? null : [rate, correction1, correction2, decays[s]];
  });
  const values = [count, blocks, beta1, beta2, 1 - beta1, 1 - beta2, epsilon];
  const cost = { flops: 14 * elements, bytes: 28 * elements };
  runtime.dispatch(adamwKernel(), [params, gradients, m, v], values, grid(count), cost);
}

/**
 * Cuts segments into runs of values for one workgroup each.
 * @param valuesOf what a block holds behind (first value, values), as f32; null leaves the segment out
 * @returns blocks [count, words], and the number of values in them
 */
function cutSegments(
  rows: number,
  cols: number,
  segments: readonly OptimizerSegment[],
  words: number,
  valuesOf: (slot: number, segment: number) => ArrayLike<number> | null,
): { blocks: Uint32Array; count: number; elements: number } {
  const parts: { first: number; length: number; values: ArrayLike<number> }[] = [];
  let elements = 0;
  for (let slot = 0; slot < rows; slot++)
    segments.forEach(({ offset, length }, s) => {
      const values = valuesOf(slot, s);
      if (!values) return;
      parts.push({ first: slot * cols + offset, length, values });
      elements += length;
    });
  const size = BLOCK_THREADS * Math.max(1, Math.ceil(elements / (BLOCK_THREADS * MAX_BLOCKS)));
  const blocks = new Uint32Array(words * (Math.ceil(elements / size) + parts.length));
  const floats = new Float32Array(blocks.buffer);
  let at = 0;
  for (const { first, length, values } of parts)
    for (let done = 0; done < length; done += size) {
      blocks[at] = first + done;
      blocks[at + 1] = Math.min(size, length - done);
      floats.set(values, at + 2);
      at += words;
    }
  return { blocks: blocks.subarray(0, at), count: at / words, elements };
}
