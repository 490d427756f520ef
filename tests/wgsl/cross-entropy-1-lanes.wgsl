// cross-entropy, 1 lanes (objective)
struct Parameters {
  rows: u32,
  cols: u32,
  labels: u32,
}
@group(0) @binding(0) var<uniform> p: Parameters;
@group(0) @binding(1) var<storage, read> constants: array<u32>;
@group(0) @binding(2) var<storage, read> scores: array<f32>;
@group(0) @binding(3) var<storage, read_write> loss: array<f32>;
@group(0) @binding(4) var<storage, read_write> predicted: array<f32>;
struct Top { value: f32, index: u32 }
const NOWHERE = 0xffffffffu;
fn rowTop(own: Top, thread: u32) -> Top { return own; }
fn rowSum(value: f32, thread: u32) -> f32 { return value; }
fn gridIndex(w: vec3<u32>) -> u32 { return w.x + w.y * 65535u; }
const LANES = 1u;
@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) w: vec3<u32>, @builtin(local_invocation_id) l: vec3<u32>) {
  let thread = l.x;
  let lane = thread % LANES;
  let row = gridIndex(w) * 64u + thread / LANES;
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
}
