// layer norm, 8 lanes /4, 256 threads (layer norm)
struct Parameters {
  rows: u32,
  cols: u32,
  starts: u32,
  runLength: u32,
  inverseCols: f32,
  epsilon: f32,
}
@group(0) @binding(0) var<uniform> p: Parameters;
@group(0) @binding(1) var<storage, read> constants: array<u32>;
@group(0) @binding(2) var<storage, read> x: array<vec4<f32>>;
@group(0) @binding(3) var<storage, read> gain: array<vec4<f32>>;
@group(0) @binding(4) var<storage, read> bias: array<vec4<f32>>;
@group(0) @binding(5) var<storage, read_write> y: array<vec4<f32>>;
@group(0) @binding(6) var<storage, read_write> stats: array<f32>;
fn gridIndex(w: vec3<u32>) -> u32 { return w.x + w.y * 65535u; }
fn liveIndex(i: u32) -> u32 { return constants[p.starts + i / p.runLength] + i % p.runLength; }
var<workgroup> partialSums: array<f32, 256>;
fn rowSum(value: f32, thread: u32) -> f32 {
  workgroupBarrier(); // the partial sums of an earlier call have been read
  partialSums[thread] = value;
  workgroupBarrier();
  let first = thread / 8u * 8u;
  var sum = 0.0;
  for (var k = 0u; k < 8u; k++) { sum += partialSums[first + k]; }
  return sum;
}
alias Value = vec4<f32>;
fn total(v: Value) -> f32 { return (v.x + v.y) + (v.z + v.w); }
const LANES = 8u;
@compute @workgroup_size(256)
fn main(@builtin(workgroup_id) w: vec3<u32>, @builtin(local_invocation_id) l: vec3<u32>) {
  let thread = l.x;
  let lane = thread % LANES;
  let index = gridIndex(w) * 32u + thread / LANES;
  let valid = index < p.rows;
  let row = liveIndex(min(index, p.rows - 1u));
  let base = row * p.cols;
  let end = select(0u, p.cols, valid);
  var sum = Value();
  for (var c = lane; c < end; c += LANES) { sum += x[base + c]; }
  let mean = rowSum(total(sum), thread) * p.inverseCols;
  var squares = Value();
  for (var c = lane; c < end; c += LANES) {
    let centred = x[base + c] - mean;
    squares += centred * centred;
  }
  let inverse = 1.0 / sqrt(rowSum(total(squares), thread) * p.inverseCols + p.epsilon);
  for (var c = lane; c < end; c += LANES) { y[base + c] = (x[base + c] - mean) * inverse * gain[c] + bias[c]; }
  if (valid && lane == 0u) {
    stats[2u * row] = mean;
    stats[2u * row + 1u] = inverse;
  }
}
