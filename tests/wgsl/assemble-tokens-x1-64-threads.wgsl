// assemble tokens ×1, 64 threads (gather)
struct Parameters {
  count: u32,
  cols: u32,
  tokens: u32,
}
@group(0) @binding(0) var<uniform> p: Parameters;
@group(0) @binding(1) var<storage, read> constants: array<u32>;
@group(0) @binding(2) var<storage, read> patches: array<f32>;
@group(0) @binding(3) var<storage, read> classToken: array<f32>;
@group(0) @binding(4) var<storage, read> positions: array<f32>;
@group(0) @binding(5) var<storage, read_write> result: array<f32>;
fn gridIndex(w: vec3<u32>) -> u32 { return w.x + w.y * 65535u; }
@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) w: vec3<u32>, @builtin(local_invocation_id) l: vec3<u32>) {
  let i = gridIndex(w) * 64u + l.x;
  if (i >= p.count) { return; }
  let row = i / p.cols;
  let c = i - row * p.cols;
  let sequence = row / p.tokens;
  let t = row - sequence * p.tokens;
  var value = positions[t * p.cols + c];
  if (t == 0u) { value += classToken[c]; }
  else { value += patches[(row - sequence - 1u) * p.cols + c]; }
  result[i] = value;
}
