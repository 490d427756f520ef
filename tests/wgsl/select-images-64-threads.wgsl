// select images, 64 threads (gather)
struct Parameters {
  count: u32,
  size: u32,
  index: u32,
}
@group(0) @binding(0) var<uniform> p: Parameters;
@group(0) @binding(1) var<storage, read> constants: array<u32>;
@group(0) @binding(2) var<storage, read> images: array<u32>;
@group(0) @binding(3) var<storage, read_write> result: array<u32>;
fn gridIndex(w: vec3<u32>) -> u32 { return w.x + w.y * 65535u; }
@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) w: vec3<u32>, @builtin(local_invocation_id) l: vec3<u32>) {
  let i = gridIndex(w) * 64u + l.x;
  if (i >= p.count) { return; }
  let area = p.size * p.size;
  let image = i / area;
  result[i] = images[constants[p.index + image] * (area + 1u) + 1u + i % area];
}
