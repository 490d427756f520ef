// gather chunks ×4, 64 threads of 4 (gather)
struct Parameters {
  count: u32,
  size: u32,
  stride: u32,
  offset: u32,
  index: u32,
}
@group(0) @binding(0) var<uniform> p: Parameters;
@group(0) @binding(1) var<storage, read> constants: array<u32>;
@group(0) @binding(2) var<storage, read> source: array<vec4<f32>>;
@group(0) @binding(3) var<storage, read_write> result: array<vec4<f32>>;
fn gridIndex(w: vec3<u32>) -> u32 { return w.x + w.y * 65535u; }
@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) w: vec3<u32>, @builtin(local_invocation_id) l: vec3<u32>) {
  let first = gridIndex(w) * 256u + l.x;
  let end = min(p.count, first + 256u);
  for (var i = first; i < end; i += 64u) {
    let chunk = i / p.size;
    let place = constants[p.index + chunk] * p.stride + p.offset + i - chunk * p.size;
    result[i] = source[place];
  }
}
