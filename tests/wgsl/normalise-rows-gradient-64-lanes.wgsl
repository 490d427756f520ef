// normalise rows gradient, 64 lanes (objective)
struct Parameters {
  rows: u32,
  cols: u32,
}
@group(0) @binding(0) var<uniform> p: Parameters;
@group(0) @binding(1) var<storage, read> constants: array<u32>;
@group(0) @binding(2) var<storage, read> dy: array<f32>;
@group(0) @binding(3) var<storage, read> y: array<f32>;
@group(0) @binding(4) var<storage, read> norms: array<f32>;
@group(0) @binding(5) var<storage, read_write> dx: array<f32>;
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
  var products = 0.0;
  for (var i = base + lane; i < end; i += LANES) { products += dy[i] * y[i]; }
  let dot = rowSum(products, thread);
  for (var i = base + lane; i < end; i += LANES) { dx[i] = (dy[i] - y[i] * dot) / norms[row]; }
}
