// LoRA gradient 1, of 4 workgroups (lora)
struct Parameters {
  entries: u32,
  list: u32,
  rows: u32,
  inputs: u32,
  rank: u32,
  size: u32,
  outputs0: u32,
  aOffset0: u32,
  bOffset0: u32,
  scale0: f32,
}
@group(0) @binding(0) var<uniform> p: Parameters;
@group(0) @binding(1) var<storage, read> constants: array<u32>;
@group(0) @binding(2) var<storage, read> partials: array<vec4<f32>>;
@group(0) @binding(3) var<storage, read_write> gradients: array<f32>;
@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) w: vec3<u32>, @builtin(local_invocation_id) l: vec3<u32>, @builtin(num_workgroups) count: vec3<u32>) {
  let rankBlocks = (p.rank + 3u) / 4u;
  let rank = w.x % rankBlocks * 4u;
  let entry = p.entries + 4u * w.y;
  let term = constants[entry];
  let slot = constants[entry + 1u];
  let ofA = w.z == 0u;
  let cols = select(p.outputs0, p.inputs, ofA);
  let vectors = (cols + 3u) / 4u;
  let left = w.x / rankBlocks * 16u;
  if (left >= vectors) { return; } // of the whole workgroup
  let r = rank + l.x / 16u;
  let column = 4u * (left + l.x % 16u);
  if (l.x >= 64u || r >= p.rank || column >= cols) { return; }
  var sum = vec4<f32>();
  for (var n = 0u; n < 4u; n++) { sum += partials[(((2u * n + w.z) * count.y + w.y) * count.x + w.x) * 64u + l.x]; }
  sum *= p.scale0;
  let target0 = slot * p.size + select(p.bOffset0 + column * p.rank + r, p.aOffset0 + r * p.inputs + column, ofA);
  let step = select(p.rank, 1u, ofA);
  for (var j = 0u; j < min(4u, cols - column); j++) { gradients[target0 + j * step] += sum[j]; }
}
