// LoRA gradient 1 ×4, dropout, of halves (lora)
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
  rates0: u32,
  keys0: u32,
}
@group(0) @binding(0) var<uniform> p: Parameters;
@group(0) @binding(1) var<storage, read> constants: array<u32>;
@group(0) @binding(2) var<storage, read> x: array<vec2<u32>>;
@group(0) @binding(3) var<storage, read> dy0: array<vec4<f32>>;
@group(0) @binding(4) var<storage, read> u: array<f32>;
@group(0) @binding(5) var<storage, read> v: array<f32>;
@group(0) @binding(6) var<storage, read_write> gradients: array<f32>;
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
struct Sums { a: vec4<f32>, b: vec4<f32>, c: vec4<f32>, d: vec4<f32> }
fn sum_x(first: u32, number: u32, part: u32, cols: u32, vector: u32, ranks: vec4<u32>, keys: u32, rates: u32) -> Sums {
  var sums = Sums();
  for (var n = 0u; n < number; n++) {
    let group = constants[p.list + first + n];
    let key = constants[keys + group];
    let rate = bitcast<f32>(constants[rates + group]);
    for (var r = part; r < p.rows; r += 8u) {
      let row = group * p.rows + r;
      var value = unpacked(x[row * (cols / 4u) + vector]);
      value *= keepFactors(key, rate, r * cols + 4u * vector);
      let at = row * 1u * p.rank;
      sums.a += v[at + ranks.x] * value;
      sums.b += v[at + ranks.y] * value;
      sums.c += v[at + ranks.z] * value;
      sums.d += v[at + ranks.w] * value;
    }
  }
  return sums;
}
fn sum_dy0(first: u32, number: u32, part: u32, cols: u32, vector: u32, ranks: vec4<u32>) -> Sums {
  var sums = Sums();
  for (var n = 0u; n < number; n++) {
    let group = constants[p.list + first + n];
    for (var r = part; r < p.rows; r += 8u) {
      let row = group * p.rows + r;
      var value = dy0[row * (cols / 4u) + vector];
      let at = row * 1u * p.rank;
      sums.a += u[at + ranks.x] * value;
      sums.b += u[at + ranks.y] * value;
      sums.c += u[at + ranks.z] * value;
      sums.d += u[at + ranks.w] * value;
    }
  }
  return sums;
}
var<workgroup> partialSums: array<vec4<f32>, 512>;
@compute @workgroup_size(128)
fn main(@builtin(workgroup_id) w: vec3<u32>, @builtin(local_invocation_id) l: vec3<u32>) {
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
  let first = constants[entry + 2u];
  let number = constants[entry + 3u];
  let vector = min(left + l.x % 16u, vectors - 1u);
  let part = l.x / 16u;
  let ranks = term * p.rank + min(vec4<u32>(rank) + vec4<u32>(0u, 1u, 2u, 3u), vec4<u32>(p.rank - 1u));
  var sums = Sums();
  if (ofA) { sums = sum_x(first, number, part, cols, vector, ranks, p.keys0, p.rates0); }
  else {
    if (term == 0u) { sums = sum_dy0(first, number, part, cols, vector, ranks); }
  }
  partialSums[l.x] = sums.a;
  partialSums[128u + l.x] = sums.b;
  partialSums[256u + l.x] = sums.c;
  partialSums[384u + l.x] = sums.d;
  workgroupBarrier();
  let r = rank + l.x / 16u;
  let column = 4u * (left + l.x % 16u);
  if (l.x >= 64u || r >= p.rank || column >= cols) { return; }
  let at = l.x / 16u * 128u + l.x % 16u;
  var sum = partialSums[at];
  for (var k = 1u; k < 8u; k++) { sum += partialSums[at + k * 16u]; }
  sum *= p.scale0;
  let target0 = slot * p.size + select(p.bOffset0 + column * p.rank + r, p.aOffset0 + r * p.inputs + column, ofA);
  let step = select(p.rank, 1u, ofA);
  for (var j = 0u; j < min(4u, cols - column); j++) { gradients[target0 + j * step] += sum[j]; }
}
