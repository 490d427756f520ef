/** WGSL of kernels in which `lanes` threads share a row of the live groups. */
import { elementOf, type Width } from './elements.ts';
import { GRID_INDEX, LIVE_INDEX } from './indexing.ts';
import { ROW_THREADS, rowsPerWorkgroup, rowSum, type Lanes } from './row-lanes.ts';

/** How the values of a row are shared out: `lanes` threads, each loading `width` neighbours at a time. */
export interface RowShape {
  readonly lanes: Lanes;
  readonly width: Width;
  /** Of a workgroup, a multiple of `lanes`. */
  readonly threads: number;
}

export const rowShapeName = ({ lanes, width, threads }: RowShape): string =>
  `${lanes} lanes /${width}${threads === ROW_THREADS ? '' : `, ${threads} threads`}`;

/**
 * Entry point that runs `body` with `row` (of the tensor), `valid`, lane, thread, `base` and the range of columns [lane, end) in steps of
 * LANES that the thread is to visit (empty behind the last row); columns count in units of `width`. The fields are `rows` (live ones),
 * `cols` (in units) and those of liveIndex. `Value` is what one load gives, `total` adds it up. Dispatch with
 * grid(rows / rowsPerWorkgroup(lanes, threads)).
 */
export const eachLiveRow = (
  { lanes, width, threads }: RowShape,
  body: string,
) => `${GRID_INDEX}${LIVE_INDEX}${rowSum(lanes, threads)}
alias Value = ${elementOf(width)};
fn total(v: Value) -> f32 { return ${width === 4 ? '(v.x + v.y) + (v.z + v.w)' : 'v'}; }
const LANES = ${lanes}u;
@compute @workgroup_size(${threads})
fn main(@builtin(workgroup_id) w: vec3<u32>, @builtin(local_invocation_id) l: vec3<u32>) {
  let thread = l.x;
  let lane = thread % LANES;
  let index = gridIndex(w) * ${rowsPerWorkgroup(lanes, threads)}u + thread / LANES;
  let valid = index < p.rows;
  let row = liveIndex(min(index, p.rows - 1u));
  let base = row * p.cols;
  let end = select(0u, p.cols, valid);
${body}
}`;
