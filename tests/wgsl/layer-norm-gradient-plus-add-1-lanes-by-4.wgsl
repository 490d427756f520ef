// layer norm gradient + add, 1 lanes /4 (layer norm)
struct Parameters {
  rows: u32,
  cols: u32,
  starts: u32,
  runLength: u32,
  inverseCols: f32,
}
@group(0) @binding(0) var<uniform> p: Parameters;
@group(0) @binding(1) var<storage, read> constants: array<u32>;
@group(0) @binding(2) var<storage, read> dy: array<vec4<f32>>;
@group(0) @binding(3) var<storage, read> x: array<vec4<f32>>;
@group(0) @binding(4) var<storage, read> stats: array<f32>;
@group(0) @binding(5) var<storage, read> gain: array<vec4<f32>>;
@group(0) @binding(6) var<storage, read> residual: array<vec4<f32>>;
@group(0) @binding(7) var<storage, read_write> dx: array<vec4<f32>>;
fn gridIndex(w: vec3<u32>) -> u32 { return w.x + w.y * 65535u; }
fn liveIndex(i: u32) -> u32 { return constants[p.starts + i / p.runLength] + i % p.runLength; }
fn rowSum(value: f32, thread: u32) -> f32 { return value; }
alias Value = vec4<f32>;
fn total(v: Value) -> f32 { return (v.x + v.y) + (v.z + v.w); }
const LANES = 1u;
@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) w: vec3<u32>, @builtin(local_invocation_id) l: vec3<u32>) {
  let thread = l.x;
  let lane = thread % LANES;
  let index = gridIndex(w) * 64u + thread / LANES;
  let valid = index < p.rows;
  let row = liveIndex(min(index, p.rows - 1u));
  let base = row * p.cols;
  let end = select(0u, p.cols, valid);
  let mean = stats[2u * row];
  let inverse = stats[2u * row + 1u];
  var sum = Value();
  var products = Value();
  for (var c = lane; c < end; c += LANES) {
    let d = dy[base + c] * gain[c];
    sum += d;
    products += d * (x[base + c] - mean);
  }
  let meanD = rowSum(total(sum), thread) * p.inverseCols;
  let slope = rowSum(total(products), thread) * p.inverseCols * inverse * inverse;
  for (var c = lane; c < end; c += LANES) {
    let d = dy[base + c] * gain[c];
    dx[base + c] = inverse * (d - meanD - (x[base + c] - mean) * slope) + residual[base + c];
  }
}
