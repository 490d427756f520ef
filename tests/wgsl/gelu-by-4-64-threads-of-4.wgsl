// gelu /4, 64 threads of 4 (activation)
struct Parameters {
  count: u32,
  cols: u32,
  starts: u32,
  runLength: u32,
}
@group(0) @binding(0) var<uniform> p: Parameters;
@group(0) @binding(1) var<storage, read> constants: array<u32>;
@group(0) @binding(2) var<storage, read> x: array<vec4<f32>>;
@group(0) @binding(3) var<storage, read_write> y: array<vec4<f32>>;
fn liveIndex(i: u32) -> u32 { return constants[p.starts + i / p.runLength] + i % p.runLength; }
fn normalDistribution(x: vec4<f32>, gauss: vec4<f32>) -> vec4<f32> {
  let t = 1.0 / (1.0 + 0.23164190 * abs(x));
  let series = t * (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))));
  let upper = 0.5 * series * gauss;
  return select(1.0 - upper, upper, x < vec4<f32>(0.0));
}
fn activate(x: vec4<f32>) -> vec4<f32> { return x * normalDistribution(x, exp(-0.5 * x * x)); }
fn gridIndex(w: vec3<u32>) -> u32 { return w.x + w.y * 65535u; }
@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) w: vec3<u32>, @builtin(local_invocation_id) l: vec3<u32>) {
  let first = gridIndex(w) * 256u + l.x;
  let end = min(p.count, first + 256u);
  for (var i = first; i < end; i += 64u) {
    let at = liveIndex(i / p.cols) * p.cols + i % p.cols;
    y[at] = activate(x[at]);
  }
}
