// LoRA project 1 to u, ×4, 8 lanes (lora)
struct Parameters {
  groups: u32,
  rows: u32,
  inputs: u32,
  rank: u32,
  size: u32,
  slots0: u32,
  aOffset0: u32,
}
@group(0) @binding(0) var<uniform> p: Parameters;
@group(0) @binding(1) var<storage, read> constants: array<u32>;
@group(0) @binding(2) var<storage, read> x: array<vec4<f32>>;
@group(0) @binding(3) var<storage, read> params: array<f32>;
@group(0) @binding(4) var<storage, read_write> u: array<f32>;
fn dot_x(row: u32, lane: u32, length: u32, offsets: vec4<u32>, step: u32) -> vec4<f32> {
  var sum = vec4<f32>();
  for (var q = lane; q < length / 4u; q += 8u) {
    var v = x[row * (length / 4u) + q];
    let k = 4u * q * step;
    sum += v.x * vec4<f32>(params[offsets.x + k], params[offsets.y + k], params[offsets.z + k], params[offsets.w + k]);
    sum += v.y * vec4<f32>(params[offsets.x + k + step], params[offsets.y + k + step], params[offsets.z + k + step], params[offsets.w + k + step]);
    sum += v.z * vec4<f32>(params[offsets.x + k + 2u * step], params[offsets.y + k + 2u * step], params[offsets.z + k + 2u * step], params[offsets.w + k + 2u * step]);
    sum += v.w * vec4<f32>(params[offsets.x + k + 3u * step], params[offsets.y + k + 3u * step], params[offsets.z + k + 3u * step], params[offsets.w + k + 3u * step]);
  }
  return sum;
}
var<workgroup> shares: array<vec4<f32>, 64>;
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
  let lane = l.x % 8u;
  let rowOfGroup = w.x * 8u + l.x / 8u;
  let row = base + min(rowOfGroup, p.rows - 1u);
  var sum = vec4<f32>();
  let factors = u32(slot) * p.size;
  sum = dot_x(row, lane, p.inputs, factors + p.aOffset0 + ranks * p.inputs, 1u);
  shares[l.x] = sum;
  workgroupBarrier();
  if (lane != 0u) { return; }
  for (var k = 1u; k < 8u; k++) { sum += shares[l.x + k]; }
  if (rowOfGroup >= p.rows) { return; }
  let at = (row * 1u + term) * p.rank + rank;
  for (var j = 0u; j < min(4u, p.rank - rank); j++) {
    u[at + j] = sum[j];
  }
}
