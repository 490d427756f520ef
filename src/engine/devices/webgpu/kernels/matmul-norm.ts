/**
 * WGSL of a layer norm in the product behind it: a staged tile normalises the rows of x while it brings them to workgroup memory. The statistics of its rows are
 * formed before, by all of its threads; the workgroups of the first column tile write them, for the backward.
 *
 * Numerics: as layer-norm.ts, with the partial sums of a row in another order.
 */
import type { MatmulVariant } from './matmul-variant.ts';
import { tileRows, tileThreads, type Tile } from './tuning.ts';

/** Threads that share the statistics of a row; 0: the tile has fewer threads than rows, and cannot. */
const lanesOf = (tile: Tile): number => Math.floor(tileThreads(tile) / tileRows(tile));

/** Bytes of workgroup memory beside the product's own. */
const normBytes = (tile: Tile): number => 8 * tileRows(tile) + 4 * tileThreads(tile);

/** Whether a tile can normalise: vectors of x, by way of workgroup memory. @param room bytes of workgroup memory that the product leaves */
export const canNormalise = (
  tile: Tile,
  { inputs, inputWidth, lora }: Omit<MatmulVariant, 'tile'>,
  room: number,
): boolean =>
  tile.memory === 'staged' &&
  tile.split === 1 &&
  inputs === 1 &&
  inputWidth === 4 &&
  lora === 'none' &&
  lanesOf(tile) >= 1 &&
  normBytes(tile) <= room;

/** fn normalised(local, q, v): v, being values 4q … 4q + 3 of row `local` of the tile; zeros behind its end stay zeros. */
export const normDeclarations = (tile: Tile): string => `
var<workgroup> rowNorms: array<vec2<f32>, ${tileRows(tile)}>;
var<workgroup> normParts: array<f32, ${tileThreads(tile)}>;
fn normalised(local: u32, q: u32, v: vec4<f32>) -> vec4<f32> {
  if (4u * q >= p.k0) { return vec4<f32>(); }
  let norm = rowNorms[local];
  return (v - norm.x) * norm.y * gain[q] + shift[q];
}
fn normSum(part: vec4<f32>, thread: u32) -> f32 {
  workgroupBarrier(); // the parts of an earlier call have been read
  normParts[thread] = (part.x + part.y) + (part.z + part.w);
  workgroupBarrier();
  let first = thread / ${lanesOf(tile)}u * ${lanesOf(tile)}u;
  var sum = 0.0;
  for (var n = 0u; n < ${lanesOf(tile)}u; n++) { sum += normParts[first + n]; }
  return sum;
}`;

/** Fills rowNorms; ahead of the first barrier of the products. */
export function normStatistics(tile: Tile): string {
  const lanes = lanesOf(tile);
  const rows = tileRows(tile);
  const isOwner = rows * lanes === tileThreads(tile) ? '' : ` && thread < ${rows * lanes}u`;
  return `
  let normRow = min(thread / ${lanes}u, ${rows - 1}u);
  let normLane = thread % ${lanes}u;
  let normFrom = base + min(top + normRow, p.rows - 1u);
  let vectors = p.k0 / 4u;
  var normPart = vec4<f32>();
  for (var q = normLane; q < vectors; q += ${lanes}u) { normPart += x0[normFrom * vectors + q]; }
  let mean = normSum(normPart, thread) / f32(p.k0);
  normPart = vec4<f32>();
  for (var q = normLane; q < vectors; q += ${lanes}u) {
    let centred = x0[normFrom * vectors + q] - mean;
    normPart += centred * centred;
  }
  let inverse = 1.0 / sqrt(normSum(normPart, thread) / f32(p.k0) + p.epsilon);
  if (normLane == 0u${isOwner}) {
    rowNorms[normRow] = vec2<f32>(mean, inverse);
    if (w.x == 0u && top + normRow < p.rows) {
      stats[2u * normFrom] = mean;
      stats[2u * normFrom + 1u] = inverse;
    }
  }`;
}
