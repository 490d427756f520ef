// gelu_tanh gradient /1 (activation)
struct Parameters {
  count: u32,
  cols: u32,
  starts: u32,
  runLength: u32,
}
@group(0) @binding(0) var<uniform> p: Parameters;
@group(0) @binding(1) var<storage, read> constants: array<u32>;
@group(0) @binding(2) var<storage, read> dy: array<f32>;
@group(0) @binding(3) var<storage, read> x: array<f32>;
@group(0) @binding(4) var<storage, read_write> dx: array<f32>;
fn liveIndex(i: u32) -> u32 { return constants[p.starts + i / p.runLength] + i % p.runLength; }
fn sigmoid(z: f32) -> f32 { return 1.0 / (1.0 + exp(-max(z, f32(-80.0)))); }
fn activate(x: f32) -> f32 {
  return x * sigmoid(1.5957691216057308 * (x + 0.044715 * x * x * x));
}
fn activationDerivative(x: f32) -> f32 {
  let s = sigmoid(1.5957691216057308 * (x + 0.044715 * x * x * x));
  return s + 1.5957691216057308 * x * (1.0 + 0.134145 * x * x) * s * (1.0 - s);
}
fn gridIndex(w: vec3<u32>) -> u32 { return w.x + w.y * 65535u; }
@compute @workgroup_size(256)
fn main(@builtin(workgroup_id) w: vec3<u32>, @builtin(local_invocation_id) l: vec3<u32>) {
  let i = gridIndex(w) * 256u + l.x;
  if (i >= p.count) { return; }
  let at = liveIndex(i / p.cols) * p.cols + i % p.cols;
  dx[at] = dy[at] * activationDerivative(x[at]);
}
