// cross-entropy with gradient, 64 lanes (objective)
struct Parameters {
  rows: u32,
  cols: u32,
  labels: u32,
  scale: f32,
}
@group(0) @binding(0) var<uniform> p: Parameters;
@group(0) @binding(1) var<storage, read> constants: array<u32>;
@group(0) @binding(2) var<storage, read> scores: array<f32>;
@group(0) @binding(3) var<storage, read_write> loss: array<f32>;
@group(0) @binding(4) var<storage, read_write> predicted: array<f32>;
@group(0) @binding(5) var<storage, read_write> dScores: array<f32>;
struct Top { value: f32, index: u32 }
const NOWHERE = 0xffffffffu;
var<workgroup> tops: array<Top, 64>;
fn rowTop(own: Top, thread: u32) -> Top {
  tops[thread] = own;
  workgroupBarrier();
  let first = thread / 64u * 64u;
  var top = tops[first];
  for (var k = 1u; k < 64u; k++) {
    let other = tops[first + k];
    if (other.value > top.value || (other.value == top.value && other.index < top.index)) { top = other; }
  }
  return top;
}
var<workgroup> partialSums: array<f32, 64>;
fn rowSum(value: f32, thread: u32) -> f32 {
  workgroupBarrier(); // the partial sums of an earlier call have been read
  partialSums[thread] = value;
  workgroupBarrier();
  let first = thread / 64u * 64u;
  var sum = 0.0;
  for (var k = 0u; k < 64u; k++) { sum += partialSums[first + k]; }
  return sum;
}
fn gridIndex(w: vec3<u32>) -> u32 { return w.x + w.y * 65535u; }
const LANES = 64u;
@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) w: vec3<u32>, @builtin(local_invocation_id) l: vec3<u32>) {
  let thread = l.x;
  let lane = thread % LANES;
  let row = gridIndex(w) * 1u + thread / LANES;
  let base = row * p.cols;
  let end = base + select(0u, p.cols, row < p.rows);
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
  for (var i = base + lane; i < end; i += LANES) {
    dScores[i] = p.scale * (exp(scores[i] - top.value) / total - select(0.0, 1.0, i == label));
  }
}
