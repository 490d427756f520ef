/**
 * WGSL of kernels that reduce over rows: `lanes` threads share a row, threads / lanes rows share a workgroup. Few lanes for short rows, so
 * that threads do not idle; a barrier instead of a tree, because barriers are what costs on software adapters: every thread adds up the
 * partial sums of its row itself, in the same order.
 */
import { GRID_INDEX } from './indexing.ts';

/** Threads that share a row. */
export type Lanes = 1 | 8 | 64;
/** Threads of a workgroup, unless a tuner chose others. */
export const ROW_THREADS = 64;

/** Threads that share a row of so many columns. */
export const lanesFor = (cols: number): Lanes => (cols <= 16 ? 1 : cols <= 128 ? 8 : 64);

export const rowsPerWorkgroup = (lanes: Lanes, threads = ROW_THREADS): number => threads / lanes;

/** rowSum(value, thread): the sum of `value` over the lanes of the thread's row. Call in uniform control flow. */
export const rowSum = (lanes: Lanes, threads = ROW_THREADS) =>
  lanes === 1
    ? `
fn rowSum(value: f32, thread: u32) -> f32 { return value; }`
    : `
var<workgroup> partialSums: array<f32, ${threads}>;
fn rowSum(value: f32, thread: u32) -> f32 {
  workgroupBarrier(); // the partial sums of an earlier call have been read
  partialSums[thread] = value;
  workgroupBarrier();
  let first = thread / ${lanes}u * ${lanes}u;
  var sum = 0.0;
  for (var k = 0u; k < ${lanes}u; k++) { sum += partialSums[first + k]; }
  return sum;
}`;

/**
 * Entry point that runs `body` with row, lane, thread, and the range [base + lane, end) in steps of LANES that the thread is to visit
 * (empty behind the last row); dispatch with grid(rows / rowsPerWorkgroup).
 */
export const eachRow = (lanes: Lanes, body: string) => `${GRID_INDEX}
const LANES = ${lanes}u;
@compute @workgroup_size(${ROW_THREADS})
fn main(@builtin(workgroup_id) w: vec3<u32>, @builtin(local_invocation_id) l: vec3<u32>) {
  let thread = l.x;
  let lane = thread % LANES;
  let row = gridIndex(w) * ${rowsPerWorkgroup(lanes)}u + thread / LANES;
  let base = row * p.cols;
  let end = base + select(0u, p.cols, row < p.rows);
${body}
}`;
