// AdamW, 64 threads (optimizer)
struct Parameters {
  count: u32,
  blocks: u32,
  beta1: f32,
  beta2: f32,
  rest1: f32,
  rest2: f32,
  epsilon: f32,
}
@group(0) @binding(0) var<uniform> p: Parameters;
@group(0) @binding(1) var<storage, read> constants: array<u32>;
@group(0) @binding(2) var<storage, read_write> params: array<f32>;
@group(0) @binding(3) var<storage, read> gradients: array<f32>;
@group(0) @binding(4) var<storage, read_write> m: array<f32>;
@group(0) @binding(5) var<storage, read_write> v: array<f32>;
fn gridIndex(w: vec3<u32>) -> u32 { return w.x + w.y * 65535u; }
@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) w: vec3<u32>, @builtin(local_invocation_id) l: vec3<u32>) {
  let index = gridIndex(w);
  if (index >= p.count) { return; }
  let block = p.blocks + index * 6u;
  let first = constants[block];
  let end = first + constants[block + 1u];
  let rate = bitcast<f32>(constants[block + 2u]);
  let correction1 = bitcast<f32>(constants[block + 3u]);
  let correction2 = bitcast<f32>(constants[block + 4u]);
  let decay = bitcast<f32>(constants[block + 5u]);
  for (var i = first + l.x; i < end; i += 64u) {
    let g = gradients[i];
    let mi = p.beta1 * m[i] + p.rest1 * g;
    let vi = p.beta2 * v[i] + p.rest2 * g * g;
    m[i] = mi;
    v[i] = vi;
    let direction = mi * correction1 / (sqrt(vi * correction2) + p.epsilon);
    params[i] -= rate * (direction + decay * params[i]);
  }
}
