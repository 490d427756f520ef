// LoRA project 1 to u and v, ×1, 1 lanes, of halves (lora)
struct Parameters {
  groups: u32,
  rows: u32,
  inputs: u32,
  rank: u32,
  size: u32,
  slots0: u32,
  aOffset0: u32,
  bOffset0: u32,
  outputs0: u32,
}
@group(0) @binding(0) var<uniform> p: Parameters;
@group(0) @binding(1) var<storage, read> constants: array<u32>;
@group(0) @binding(2) var<storage, read> x: array<u32>;
@group(0) @binding(3) var<storage, read> dy0: array<f32>;
@group(0) @binding(4) var<storage, read> params: array<f32>;
@group(0) @binding(5) var<storage, read_write> u: array<f32>;
@group(0) @binding(6) var<storage, read_write> v: array<f32>;
fn dot_x(row: u32, lane: u32, length: u32, offsets: vec4<u32>, step: u32) -> vec4<f32> {
  var sum = vec4<f32>();
  for (var k = lane; k < length; k += 1u) {
    var v = unpack2x16float(x[(row * length + k) / 2u])[(row * length + k) % 2u];
    sum += v * vec4<f32>(params[offsets.x + k * step], params[offsets.y + k * step], params[offsets.z + k * step], params[offsets.w + k * step]);
  }
  return sum;
}
fn dot_dy0(row: u32, lane: u32, length: u32, offsets: vec4<u32>, step: u32) -> vec4<f32> {
  var sum = vec4<f32>();
  for (var k = lane; k < length; k += 1u) {
    var v = dy0[row * length + k];
    sum += v * vec4<f32>(params[offsets.x + k * step], params[offsets.y + k * step], params[offsets.z + k * step], params[offsets.w + k * step]);
  }
  return sum;
}
@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) w: vec3<u32>, @builtin(local_invocation_id) l: vec3<u32>) {
  let blocks = (p.rank + 3u) / 4u;
  let task = w.y / blocks;
  let rank = w.y % blocks * 4u;
  let ranks = min(vec4<u32>(rank) + vec4<u32>(0u, 1u, 2u, 3u), vec4<u32>(p.rank - 1u));
  let group = constants[p.groups + w.z];
  let base = group * p.rows;
  let term = task % 1u;
  let slot = bitcast<i32>(constants[p.slots0 + group]);
  if (slot < 0) { return; } // of the whole workgroup
  let lane = l.x % 1u;
  let rowOfGroup = w.x * 64u + l.x / 1u;
  let row = base + min(rowOfGroup, p.rows - 1u);
  var sum = vec4<f32>();
  let factors = u32(slot) * p.size;
  if (task < 1u) { sum = dot_x(row, lane, p.inputs, factors + p.aOffset0 + ranks * p.inputs, 1u); } else { if (term == 0u) { sum = dot_dy0(row, lane, p.outputs0, factors + p.bOffset0 + ranks, p.rank); } }
  if (rowOfGroup >= p.rows) { return; }
  let at = (row * 1u + term) * p.rank + rank;
  for (var j = 0u; j < min(4u, p.rank - rank); j++) {
    if (task < 1u) { u[at + j] = sum[j]; } else { v[at + j] = sum[j]; }
  }
}
