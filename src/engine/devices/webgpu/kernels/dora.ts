/** DoRA behind a linear map; see Device for the formulas. */
import { defineKernel, kernelOf } from '../kernel.ts';
import { eachElement, elementOf, type Width } from './elements.ts';
import { halvesFunctions, weightAt, weightsTensor } from './halves.ts';
import { LIVE_FIELDS, LIVE_INDEX } from './indexing.ts';
import { eachRow, rowSum, type Lanes } from './row-lanes.ts';

/**
 * scales [slots, 2 · out] = c, then 1/n. `rows` are slots × outputs, `cols` the inputs; `frozenWeights` begins with the weight [out, in]. Lanes
 * of a row read neighbouring columns of the weight and of A, once; W + scale · B A stays in registers.
 */
export const doraScalesKernel = (lanes: Lanes, half: boolean) =>
  kernelOf(`DoRA scales, ${lanes} lanes${half ? ', halves' : ''}`, (key) =>
    defineKernel({
      key,
      kind: 'lora',
      fields: [
        ['rows', 'u32'],
        ['cols', 'u32'],
        ['outputs', 'u32'],
        ['rank', 'u32'],
        ['size', 'u32'],
        ['aOffset', 'u32'],
        ['bOffset', 'u32'],
        ['offset', 'u32'],
        ['scale', 'f32'],
      ],
      tensors: [
        weightsTensor('frozenWeights', half, 1),
        { name: 'params', access: 'read', element: 'f32' },
        { name: 'scales', access: 'read_write', element: 'f32' },
      ],
      body: `${rowSum(lanes)}${eachRow(
        lanes,
        `
  let slot = min(row, p.rows - 1u) / p.outputs;
  let o = min(row, p.rows - 1u) - slot * p.outputs;
  let factors = slot * p.size;
  let weights = o * p.cols;
  let b = factors + p.bOffset + o * p.rank;
  var frozen = 0.0;
  var updated = 0.0;
  for (var i = lane; i < end - base; i += LANES) {
    let weight = ${weightAt('frozenWeights', half, 1, 'weights + i')};
    var update = 0.0;
    for (var r = 0u; r < p.rank; r++) { update += params[b + r] * params[factors + p.aOffset + r * p.cols + i]; }
    let sum = weight + p.scale * update;
    frozen += weight * weight;
    updated += sum * sum;
  }
  let m = sqrt(rowSum(frozen, thread) + 1e-24) + params[factors + p.offset + o];
  let n = sqrt(rowSum(updated, thread) + 1e-24);
  if (lane != 0u || row >= p.rows) { return; }
  scales[2u * slot * p.outputs + o] = m / n;
  scales[(2u * slot + 1u) * p.outputs + o] = 1.0 / n;`,
      )}`,
    }),
  );

/** What the WGSL that scales by DoRA's magnitudes is generated for. */
export interface ApplyDoraVariant {
  readonly bias: boolean;
  /** The bias is stored as float16. */
  readonly half: boolean;
  readonly residual: boolean;
  readonly width: Width;
}

/** y = z + (c − 1) ∘ (z − b) (+ residual) for the values of live groups; `cols` and offsets in units of `width`. Every operand once. */
export const applyDoraKernel = ({ bias, half, residual, width }: ApplyDoraVariant) =>
  kernelOf(
    `apply DoRA${bias ? ', bias' : ''}${half ? ' of halves' : ''}${residual ? ' + residual' : ''} ×${width}`,
    (key) => {
      const element = elementOf(width);
      return defineKernel({
        key,
        kind: 'lora',
        fields: [
          ['count', 'u32'],
          ['cols', 'u32'],
          ...LIVE_FIELDS,
          ['rowsPerGroup', 'u32'],
          ['slots', 'u32'],
          ...(bias ? ([['biasOffset', 'u32']] as const) : []),
        ],
        tensors: [
          { name: 'z', access: 'read', element },
          { name: 'scales', access: 'read', element },
          ...(bias ? [weightsTensor('bias', half, width)] : []),
          ...(residual ? [{ name: 'residual', access: 'read', element } as const] : []),
          { name: 'y', access: 'read_write', element },
        ],
        body: `${LIVE_INDEX}${halvesFunctions(half && width === 4 ? 'packed' : false)}${eachElement(`
  let row = liveIndex(i / p.cols);
  let o = i % p.cols;
  let at = row * p.cols + o;
  var value = z[at];
  let slot = bitcast<i32>(constants[p.slots + row / p.rowsPerGroup]);
  if (slot >= 0) {
    value += (scales[2u * u32(slot) * p.cols + o] - ${element}(1.0)) * (value${bias ? ` - ${weightAt('bias', half, width, 'p.biasOffset + o')}` : ''});
  }
  y[at] = value${residual ? ' + residual[at]' : ''};`)}`,
      });
    },
  );

/** Columns, and threads that share one, of a workgroup of doraMagnitudeGradientKernel. */
export const MAGNITUDE_COLUMNS = 16;
const PARTS = 16;

/**
 * gradients[slot, offset + o] += Σ dy ∘ (z − b) / n over the rows of the groups of a slot. `entries` holds (term, slot, first, number) of
 * ops/lora-terms.ts, of which the term is not used. Reads dy and z once; the partial sums of a column are added in order.
 */
export const doraMagnitudeGradientKernel = (bias: boolean, half: boolean) =>
  kernelOf(`DoRA magnitude gradient${bias ? ', bias' : ''}${half ? ' of halves' : ''}`, (key) =>
    defineKernel({
      key,
      kind: 'lora',
      fields: [
        ['entries', 'u32'],
        ['list', 'u32'],
        ['rows', 'u32'],
        ['cols', 'u32'],
        ['size', 'u32'],
        ['offset', 'u32'],
        ...(bias ? ([['biasOffset', 'u32']] as const) : []),
      ],
      tensors: [
        { name: 'dy', access: 'read', element: 'f32' },
        { name: 'z', access: 'read', element: 'f32' },
        { name: 'scales', access: 'read', element: 'f32' },
        ...(bias ? [weightsTensor('bias', half, 1)] : []),
        { name: 'gradients', access: 'read_write', element: 'f32' },
      ],
      body: `
const COLUMNS = ${MAGNITUDE_COLUMNS}u;
const PARTS = ${PARTS}u;
var<workgroup> partialSums: array<f32, ${MAGNITUDE_COLUMNS * PARTS}>;
@compute @workgroup_size(${MAGNITUDE_COLUMNS * PARTS})
fn main(@builtin(workgroup_id) w: vec3<u32>, @builtin(local_invocation_id) l: vec3<u32>) {
  let entry = p.entries + 4u * w.y;
  let slot = constants[entry + 1u];
  let first = p.list + constants[entry + 2u];
  let number = constants[entry + 3u];
  let part = l.x / COLUMNS;
  let o = w.x * COLUMNS + l.x % COLUMNS;
  let end = select(0u, p.rows, o < p.cols);
  ${bias ? `let b = ${weightAt('bias', half, 1, 'p.biasOffset + min(o, p.cols - 1u)')};` : ''}
  var sum = 0.0;
  for (var n = 0u; n < number; n++) {
    let start = constants[first + n] * p.rows;
    for (var r = part; r < end; r += PARTS) {
      let at = (start + r) * p.cols + o;
      sum += dy[at] * ${bias ? '(z[at] - b)' : 'z[at]'};
    }
  }
  partialSums[l.x] = sum;
  workgroupBarrier();
  if (part != 0u || o >= p.cols) { return; }
  for (var k = 1u; k < PARTS; k++) { sum += partialSums[k * COLUMNS + l.x]; }
  gradients[slot * p.size + p.offset + o] += sum * scales[(2u * slot + 1u) * p.cols + o];
}`,
    }),
  );
