// DoRA scales, 8 lanes, halves (lora)
struct Parameters {
  rows: u32,
  cols: u32,
  outputs: u32,
  rank: u32,
  size: u32,
  aOffset: u32,
  bOffset: u32,
  offset: u32,
  scale: f32,
}
@group(0) @binding(0) var<uniform> p: Parameters;
@group(0) @binding(1) var<storage, read> constants: array<u32>;
@group(0) @binding(2) var<storage, read> frozenWeights: array<u32>;
@group(0) @binding(3) var<storage, read> params: array<f32>;
@group(0) @binding(4) var<storage, read_write> scales: array<f32>;
var<workgroup> partialSums: array<f32, 64>;
fn rowSum(value: f32, thread: u32) -> f32 {
  workgroupBarrier(); // the partial sums of an earlier call have been read
  partialSums[thread] = value;
  workgroupBarrier();
  let first = thread / 8u * 8u;
  var sum = 0.0;
  for (var k = 0u; k < 8u; k++) { sum += partialSums[first + k]; }
  return sum;
}
fn gridIndex(w: vec3<u32>) -> u32 { return w.x + w.y * 65535u; }
const LANES = 8u;
@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) w: vec3<u32>, @builtin(local_invocation_id) l: vec3<u32>) {
  let thread = l.x;
  let lane = thread % LANES;
  let row = gridIndex(w) * 8u + thread / LANES;
  let base = row * p.cols;
  let end = base + select(0u, p.cols, row < p.rows);
  let slot = min(row, p.rows - 1u) / p.outputs;
  let o = min(row, p.rows - 1u) - slot * p.outputs;
  let factors = slot * p.size;
  let weights = o * p.cols;
  let b = factors + p.bOffset + o * p.rank;
  var frozen = 0.0;
  var updated = 0.0;
  for (var i = lane; i < end - base; i += LANES) {
    let weight = unpack2x16float(frozenWeights[(weights + i) / 2u])[(weights + i) % 2u];
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
  scales[(2u * slot + 1u) * p.outputs + o] = 1.0 / n;
}
