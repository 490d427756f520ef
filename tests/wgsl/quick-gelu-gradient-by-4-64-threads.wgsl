// quick_gelu gradient /4, 64 threads (activation)
struct Parameters {
  count: u32,
  cols: u32,
  starts: u32,
  runLength: u32,
}
@group(0) @binding(0) var<uniform> p: Parameters;
@group(0) @binding(1) var<storage, read> constants: array<u32>;
@group(0) @binding(2) var<storage, read> dy: array<vec4<f32>>;
@group(0) @binding(3) var<storage, read> x: array<vec4<f32>>;
@group(0) @binding(4) var<storage, read_write> dx: array<vec4<f32>>;
fn liveIndex(i: u32) -> u32 { return constants[p.starts + i / p.runLength] + i % p.runLength; }
fn sigmoid(z: vec4<f32>) -> vec4<f32> { return 1.0 / (1.0 + exp(-max(z, vec4<f32>(-80.0)))); }
fn activate(x: vec4<f32>) -> vec4<f32> { return x * sigmoid(1.702 * x); }
fn activationDerivative(x: vec4<f32>) -> vec4<f32> {
  let z = 1.702 * x;
  let s = sigmoid(z);
  return s + z * s * (1.0 - s);
}
fn gridIndex(w: vec3<u32>) -> u32 { return w.x + w.y * 65535u; }
@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) w: vec3<u32>, @builtin(local_invocation_id) l: vec3<u32>) {
  let i = gridIndex(w) * 64u + l.x;
  if (i >= p.count) { return; }
  let at = liveIndex(i / p.cols) * p.cols + i % p.cols;
  dx[at] = dy[at] * activationDerivative(x[at]);
}
