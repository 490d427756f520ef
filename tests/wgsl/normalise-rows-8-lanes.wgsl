// normalise rows, 8 lanes (objective)
struct Parameters {
  rows: u32,
  cols: u32,
}
@group(0) @binding(0) var<uniform> p: Parameters;
@group(0) @binding(1) var<storage, read> constants: array<u32>;
@group(0) @binding(2) var<storage, read> x: array<f32>;
@group(0) @binding(3) var<storage, read_write> y: array<f32>;
@group(0) @binding(4) var<storage, read_write> norms: array<f32>;
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
  var squares = 0.0;
  for (var i = base + lane; i < end; i += LANES) { squares += x[i] * x[i]; }
  let norm = sqrt(rowSum(squares, thread) + 1e-24);
  for (var i = base + lane; i < end; i += LANES) { y[i] = x[i] / norm; }
  if (lane == 0u && row < p.rows) { norms[row] = norm; }
}
