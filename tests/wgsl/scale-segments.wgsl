// scale segments (optimizer)
struct Parameters {
  count: u32,
  blocks: u32,
}
@group(0) @binding(0) var<uniform> p: Parameters;
@group(0) @binding(1) var<storage, read> constants: array<u32>;
@group(0) @binding(2) var<storage, read_write> x: array<f32>;
fn gridIndex(w: vec3<u32>) -> u32 { return w.x + w.y * 65535u; }
@compute @workgroup_size(256)
fn main(@builtin(workgroup_id) w: vec3<u32>, @builtin(local_invocation_id) l: vec3<u32>) {
  let index = gridIndex(w);
  if (index >= p.count) { return; }
  let block = p.blocks + index * 3u;
  let first = constants[block];
  let end = first + constants[block + 1u];
  let factor = bitcast<f32>(constants[block + 2u]);
  for (var i = first + l.x; i < end; i += 256u) {
    x[i] *= factor;
  }
}
