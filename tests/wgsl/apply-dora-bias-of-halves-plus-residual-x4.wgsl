// apply DoRA, bias of halves + residual ×4 (lora)
struct Parameters {
  count: u32,
  cols: u32,
  starts: u32,
  runLength: u32,
  rowsPerGroup: u32,
  slots: u32,
  biasOffset: u32,
}
@group(0) @binding(0) var<uniform> p: Parameters;
@group(0) @binding(1) var<storage, read> constants: array<u32>;
@group(0) @binding(2) var<storage, read> z: array<vec4<f32>>;
@group(0) @binding(3) var<storage, read> scales: array<vec4<f32>>;
@group(0) @binding(4) var<storage, read> bias: array<vec2<u32>>;
@group(0) @binding(5) var<storage, read> residual: array<vec4<f32>>;
@group(0) @binding(6) var<storage, read_write> y: array<vec4<f32>>;
fn liveIndex(i: u32) -> u32 { return constants[p.starts + i / p.runLength] + i % p.runLength; }fn unpacked(v: vec2<u32>) -> vec4<f32> { return vec4<f32>(unpack2x16float(v.x), unpack2x16float(v.y)); }
fn gridIndex(w: vec3<u32>) -> u32 { return w.x + w.y * 65535u; }
@compute @workgroup_size(256)
fn main(@builtin(workgroup_id) w: vec3<u32>, @builtin(local_invocation_id) l: vec3<u32>) {
  let i = gridIndex(w) * 256u + l.x;
  if (i >= p.count) { return; }
  let row = liveIndex(i / p.cols);
  let o = i % p.cols;
  let at = row * p.cols + o;
  var value = z[at];
  let slot = bitcast<i32>(constants[p.slots + row / p.rowsPerGroup]);
  if (slot >= 0) {
    value += (scales[2u * u32(slot) * p.cols + o] - vec4<f32>(1.0)) * (value - unpacked(bias[p.biasOffset + o]));
  }
  y[at] = value + residual[at];
}
