/** AdamW, and norms and scales of rows. */
import { checkAdamw } from '../../check-adamw.ts';
import type { OptimizerSegment } from '../../device.ts';
import { expectShape, memoryOf, type GpuTensor } from '../gpu-tensor.ts';
import { ADAMW_BLOCK_WORDS, ADAMW_THREADS, adamwKernel } from '../kernels/adamw.ts';
import { ELEMENTS, widthOf } from '../kernels/elements.ts';
import { partialSumsKernel } from '../kernels/row-norms.ts';
import { scaleRowsKernel } from '../kernels/scale-rows.ts';
import { grid, type Runtime } from '../runtime.ts';

/** Values of a row that one workgroup of rowNorms adds up. */
const NORM_PART = 8192;
/** AdamW blocks are sized so that their table stays below this number of rows (plus one per active segment). */
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
  const { blocks, count, elements } = adamwBlocks(rows, cols, segments, coefficients, decays);
  const values = [count, blocks, beta1, beta2, 1 - beta1, 1 - beta2, epsilon];
  const cost = { flops: 14 * elements, bytes: 28 * elements };
  runtime.dispatch(adamwKernel(), [params, gradients, m, v], values, grid(count), cost);
}

/**
 * Cuts the active segments into runs of values for one workgroup each.
 * @returns blocks [count, 6], see kernels/adamw.ts, and the number of values in them
 */
function adamwBlocks(
  rows: number,
  cols: number,
  segments: readonly OptimizerSegment[],
  coefficients: Float32Array,
  decays: Float32Array,
): { blocks: Uint32Array; count: number; elements: number } {
  const isActive = (slot: number, s: number) => coefficients[4 * (slot * segments.length + s)] !== 0;
  let elements = 0;
  for (let slot = 0; slot < rows; slot++)
    segments.forEach(({ length }, s) => {
      if (isActive(slot, s)) elements += length;
    });
  const size = ADAMW_THREADS * Math.max(1, Math.ceil(elements / (ADAMW_THREADS * MAX_BLOCKS)));
  const limit = Math.ceil(elements / size) + rows * segments.length;
  const blocks = new Uint32Array(ADAMW_BLOCK_WORDS * limit);
  const floats = new Float32Array(blocks.buffer);
  let at = 0;
  for (let slot = 0; slot < rows; slot++)
    segments.forEach(({ offset, length }, s) => {
      if (!isActive(slot, s)) return;
      const [, rate, correction1, correction2] = coefficients.subarray(4 * (slot * segments.length + s));
      for (let done = 0; done < length; done += size) {
        blocks[at] = slot * cols + offset + done;
        blocks[at + 1] = Math.min(size, length - done);
        floats.set([rate, correction1, correction2, decays[s]], at + 2);
        at += ADAMW_BLOCK_WORDS;
      }
    });
  return { blocks: blocks.subarray(0, at), count: at / ADAMW_BLOCK_WORDS, elements };
}
