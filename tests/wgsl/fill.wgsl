// fill (fill)
struct Parameters {
  count: u32,
}
@group(0) @binding(0) var<uniform> p: Parameters;
@group(0) @binding(1) var<storage, read> constants: array<u32>;
@group(0) @binding(2) var<storage, read_write> result: array<f32>;
fn gridIndex(w: vec3<u32>) -> u32 { return w.x + w.y * 65535u; }
@compute @workgroup_size(256)
fn main(@builtin(workgroup_id) w: vec3<u32>, @builtin(local_invocation_id) l: vec3<u32>) {
  let i = gridIndex(w) * 256u + l.x;
  if (i < p.count) { result[i] = 0.0; }
}
