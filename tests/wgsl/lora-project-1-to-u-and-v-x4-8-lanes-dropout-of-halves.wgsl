// LoRA project 1 to u and v, ×4, 8 lanes, dropout, of halves (lora)
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
  rates0: u32,
  keys0: u32,
}
@group(0) @binding(0) var<uniform> p: Parameters;
@group(0) @binding(1) var<storage, read> constants: array<u32>;
@group(0) @binding(2) var<storage, read> x: array<vec2<u32>>;
@group(0) @binding(3) var<storage, read> dy0: array<vec4<f32>>;
@group(0) @binding(4) var<storage, read> params: array<f32>;
@group(0) @binding(5) var<storage, read_write> u: array<f32>;
@group(0) @binding(6) var<storage, read_write> v: array<f32>;
fn keepFactor(key: u32, rate: f32, index: u32) -> f32 {
  var h = key + index * 0x9e3779b9u;
  h = (h ^ (h >> 16u)) * 0x7feb352du;
  h = (h ^ (h >> 15u)) * 0x846ca68bu;
  h ^= h >> 16u;
  return select(0.0, 1.0 / (1.0 - rate), f32(h >> 8u) * 0x1p-24 >= rate);
}
fn keepFactors(key: u32, rate: f32, index: u32) -> vec4<f32> {
  return vec4<f32>(
    keepFactor(key, rate, index),
    keepFactor(key, rate, index + 1u),
    keepFactor(key, rate, index + 2u),
    keepFactor(key, rate, index + 3u),
  );
}fn unpacked(v: vec2<u32>) -> vec4<f32> { return vec4<f32>(unpack2x16float(v.x), unpack2x16float(v.y)); }
fn dot_x(row: u32, lane: u32, length: u32, offsets: vec4<u32>, step: u32, key: u32, rate: f32, firstIndex: u32) -> vec4<f32> {
  var sum = vec4<f32>();
  for (var q = lane; q < length / 4u; q += 8u) {
    var v = unpacked(x[row * (length / 4u) + q]);
    v *= keepFactors(key, rate, firstIndex + 4u * q);
    let k = 4u * q * step;
    sum += v.x * vec4<f32>(params[offsets.x + k], params[offsets.y + k], params[offsets.z + k], params[offsets.w + k]);
    sum += v.y * vec4<f32>(params[offsets.x + k + step], params[offsets.y + k + step], params[offsets.z + k + step], params[offsets.w + k + step]);
    sum += v.z * vec4<f32>(params[offsets.x + k + 2u * step], params[offsets.y + k + 2u * step], params[offsets.z + k + 2u * step], params[offsets.w + k + 2u * step]);
    sum += v.w * vec4<f32>(params[offsets.x + k + 3u * step], params[offsets.y + k + 3u * step], params[offsets.z + k + 3u * step], params[offsets.w + k + 3u * step]);
  }
  return sum;
}
fn dot_dy0(row: u32, lane: u32, length: u32, offsets: vec4<u32>, step: u32) -> vec4<f32> {
  var sum = vec4<f32>();
  for (var q = lane; q < length / 4u; q += 8u) {
    var v = dy0[row * (length / 4u) + q];
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
  if (task < 1u) { sum = dot_x(row, lane, p.inputs, factors + p.aOffset0 + ranks * p.inputs, 1u, constants[p.keys0 + group], bitcast<f32>(constants[p.rates0 + group]), (row - base) * p.inputs); } else { if (term == 0u) { sum = dot_dy0(row, lane, p.outputs0, factors + p.bOffset0 + ranks, p.rank); } }
  shares[l.x] = sum;
  workgroupBarrier();
  if (lane != 0u) { return; }
  for (var k = 1u; k < 8u; k++) { sum += shares[l.x + k]; }
  if (rowOfGroup >= p.rows) { return; }
  let at = (row * 1u + term) * p.rank + rank;
  for (var j = 0u; j < min(4u, p.rank - rank); j++) {
    if (task < 1u) { u[at + j] = sum[j]; } else { v[at + j] = sum[j]; }
  }
}
