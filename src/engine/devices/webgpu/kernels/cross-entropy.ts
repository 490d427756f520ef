/**
 * Cross-entropy of scores [rows, cols] against labels, forward and (with `gradient`) backward in one: loss = log Σ exp(s − max) + max −
 * s[label], predicted = the first index of the largest score, dScores = scale · (softmax − onehot). Reads the scores two or three times,
 * from the cache after the first. A score that is not a number makes the loss one.
 */
import { defineKernel, kernelOf, type FieldType, type TensorBinding } from '../kernel.ts';
import { eachRow, rowSum, type Lanes } from './row-lanes.ts';

const FIELDS = [
  ['rows', 'u32'],
  ['cols', 'u32'],
  ['labels', 'u32'],
] as const satisfies readonly [string, FieldType][];

const TENSORS = [
  { name: 'scores', access: 'read', element: 'f32' },
  { name: 'loss', access: 'read_write', element: 'f32' },
  { name: 'predicted', access: 'read_write', element: 'f32' },
] as const satisfies TensorBinding[];

/** Joins the largest scores that the lanes of a row have found. */
const rowTop = (lanes: Lanes) =>
  lanes === 1
    ? `
fn rowTop(own: Top, thread: u32) -> Top { return own; }`
    : `
var<workgroup> tops: array<Top, 64>;
fn rowTop(own: Top, thread: u32) -> Top {
  tops[thread] = own;
  workgroupBarrier();
  let first = thread / ${lanes}u * ${lanes}u;
  var top = tops[first];
  for (var k = 1u; k < ${lanes}u; k++) {
    let other = tops[first + k];
    if (other.value > top.value || (other.value == top.value && other.index < top.index)) { top = other; }
  }
  return top;
}`;

export const crossEntropyKernel = (lanes: Lanes, gradient: boolean) =>
  kernelOf(`cross-entropy${gradient ? ' with gradient' : ''}, ${lanes} lanes`, (key) =>
    defineKernel({
      key,
      kind: 'objective',
      fields: gradient ? [...FIELDS, ['scale', 'f32']] : FIELDS,
      tensors: gradient ? [...TENSORS, { name: 'dScores', access: 'read_write', element: 'f32' }] : TENSORS,
      body: `
struct Top { value: f32, index: u32 }
const NOWHERE = 0xffffffffu;
${rowTop(lanes)}${rowSum(lanes)}${eachRow(
        lanes,
        `
  var own = Top(-3.4028234e38, NOWHERE);
  for (var i = base + lane; i < end; i += LANES) {
    if (scores[i] > own.value) { own = Top(scores[i], i - base); }
  }
  let top = rowTop(own, thread);
  var total = 0.0;
  for (var i = base + lane; i < end; i += LANES) { total += exp(scores[i] - top.value); }
  total = rowSum(total, thread);
  if (row >= p.rows) { return; }
  let label = base + constants[p.labels + row];
  if (lane == 0u) {
    loss[row] = log(total) + top.value - scores[label];
    predicted[row] = f32(select(top.index, 0u, top.index == NOWHERE));
  }
${
  gradient
    ? `  for (var i = base + lane; i < end; i += LANES) {
    dScores[i] = p.scale * (exp(scores[i] - top.value) / total - select(0.0, 1.0, i == label));
  }`
    : ''
}`,
      )}`,
    }),
  );
