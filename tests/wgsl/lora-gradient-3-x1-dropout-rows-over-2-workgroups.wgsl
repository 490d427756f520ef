// LoRA gradient 3 ×1, dropout, rows over 2 workgroups (lora)
struct Parameters {
  entries: u32,
  list: u32,
  rows: u32,
  inputs: u32,
  rank: u32,
  size: u32,
  outputs0: u32,
  outputs1: u32,
  outputs2: u32,
  aOffset0: u32,
  aOffset1: u32,
  aOffset2: u32,
  bOffset0: u32,
  bOffset1: u32,
  bOffset2: u32,
  scale0: f32,
  scale1: f32,
  scale2: f32,
  rates0: u32,
  rates1: u32,
  rates2: u32,
  keys0: u32,
  keys1: u32,
  keys2: u32,
}
@group(0) @binding(0) var<uniform> p: Parameters;
@group(0) @binding(1) var<storage, read> constants: array<u32>;
@group(0) @binding(2) var<storage, read> x: array<f32>;
@group(0) @binding(3) var<storage, read> dy0: array<f32>;
@group(0) @binding(4) var<storage, read> dy1: array<f32>;
@group(0) @binding(5) var<storage, read> dy2: array<f32>;
@group(0) @binding(6) var<storage, read> u: array<f32>;
@group(0) @binding(7) var<storage, read> v: array<f32>;
@group(0) @binding(8) var<storage, read_write> partials: array<vec4<f32>>;
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
}
struct Sums { a: vec4<f32>, b: vec4<f32>, c: vec4<f32>, d: vec4<f32> }
fn sum_x(slice: u32, first: u32, number: u32, part: u32, cols: u32, vector: u32, ranks: vec4<u32>, keys: u32, rates: u32) -> Sums {
  var sums = Sums();
  let share = (p.rows + 1u) / 2u; // rows of a workgroup
  let begin = slice * share;
  for (var n = 0u; n < number; n++) {
    let group = constants[p.list + first + n];
    let key = constants[keys + group];
    let rate = bitcast<f32>(constants[rates + group]);
    for (var r = begin + part; r < min(begin + share, p.rows); r += 8u) {
      let row = group * p.rows + r;
      var value = vec4<f32>(x[row * cols + min(4u * vector + 0u, cols - 1u)], x[row * cols + min(4u * vector + 1u, cols - 1u)], x[row * cols + min(4u * vector + 2u, cols - 1u)], x[row * cols + min(4u * vector + 3u, cols - 1u)]);
      value *= keepFactors(key, rate, r * cols + 4u * vector);
      let at = row * 3u * p.rank;
      sums.a += v[at + ranks.x] * value;
      sums.b += v[at + ranks.y] * value;
      sums.c += v[at + ranks.z] * value;
      sums.d += v[at + ranks.w] * value;
    }
  }
  return sums;
}
fn sum_dy0(slice: u32, first: u32, number: u32, part: u32, cols: u32, vector: u32, ranks: vec4<u32>) -> Sums {
  var sums = Sums();
  let share = (p.rows + 1u) / 2u; // rows of a workgroup
  let begin = slice * share;
  for (var n = 0u; n < number; n++) {
    let group = constants[p.list + first + n];
    for (var r = begin + part; r < min(begin + share, p.rows); r += 8u) {
      let row = group * p.rows + r;
      var value = vec4<f32>(dy0[row * cols + min(4u * vector + 0u, cols - 1u)], dy0[row * cols + min(4u * vector + 1u, cols - 1u)], dy0[row * cols + min(4u * vector + 2u, cols - 1u)], dy0[row * cols + min(4u * vector + 3u, cols - 1u)]);
      let at = row * 3u * p.rank;
      sums.a += u[at + ranks.x] * value;
      sums.b += u[at + ranks.y] * value;
      sums.c += u[at + ranks.z] * value;
      sums.d += u[at + ranks.w] * value;
    }
  }
  return sums;
}
fn sum_dy1(slice: u32, first: u32, number: u32, part: u32, cols: u32, vector: u32, ranks: vec4<u32>) -> Sums {
  var sums = Sums();
  let share = (p.rows + 1u) / 2u; // rows of a workgroup
  let begin = slice * share;
  for (var n = 0u; n < number; n++) {
    let group = constants[p.list + first + n];
    for (var r = begin + part; r < min(begin + share, p.rows); r += 8u) {
      let row = group * p.rows + r;
      var value = vec4<f32>(dy1[row * cols + min(4u * vector + 0u, cols - 1u)], dy1[row * cols + min(4u * vector + 1u, cols - 1u)], dy1[row * cols + min(4u * vector + 2u, cols - 1u)], dy1[row * cols + min(4u * vector + 3u, cols - 1u)]);
      let at = row * 3u * p.rank;
      sums.a += u[at + ranks.x] * value;
      sums.b += u[at + ranks.y] * value;
      sums.c += u[at + ranks.z] * value;
      sums.d += u[at + ranks.w] * value;
    }
  }
  return sums;
}
fn sum_dy2(slice: u32, first: u32, number: u32, part: u32, cols: u32, vector: u32, ranks: vec4<u32>) -> Sums {
  var sums = Sums();
  let share = (p.rows + 1u) / 2u; // rows of a workgroup
  let begin = slice * share;
  for (var n = 0u; n < number; n++) {
    let group = constants[p.list + first + n];
    for (var r = begin + part; r < min(begin + share, p.rows); r += 8u) {
      let row = group * p.rows + r;
      var value = vec4<f32>(dy2[row * cols + min(4u * vector + 0u, cols - 1u)], dy2[row * cols + min(4u * vector + 1u, cols - 1u)], dy2[row * cols + min(4u * vector + 2u, cols - 1u)], dy2[row * cols + min(4u * vector + 3u, cols - 1u)]);
      let at = row * 3u * p.rank;
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
fn main(@builtin(workgroup_id) w: vec3<u32>, @builtin(local_invocation_id) l: vec3<u32>, @builtin(num_workgroups) count: vec3<u32>) {
  let rankBlocks = (p.rank + 3u) / 4u;
  let rank = w.x % rankBlocks * 4u;
  let entry = p.entries + 4u * w.y;
  let term = constants[entry];
  let slot = constants[entry + 1u];
  let ofA = w.z % 2u == 0u;
  let cols = select(select(select(p.outputs0, p.outputs1, term == 1u), p.outputs2, term == 2u), p.inputs, ofA);
  let vectors = (cols + 3u) / 4u;
  let left = w.x / rankBlocks * 16u;
  if (left >= vectors) { return; } // of the whole workgroup
  let first = constants[entry + 2u];
  let number = constants[entry + 3u];
  let vector = min(left + l.x % 16u, vectors - 1u);
  let part = l.x / 16u;
  let ranks = term * p.rank + min(vec4<u32>(rank) + vec4<u32>(0u, 1u, 2u, 3u), vec4<u32>(p.rank - 1u));
  var sums = Sums();
  if (ofA) { sums = sum_x(w.z / 2u, first, number, part, cols, vector, ranks, select(select(p.keys0, p.keys1, term == 1u), p.keys2, term == 2u), select(select(p.rates0, p.rates1, term == 1u), p.rates2, term == 2u)); }
  else {
    if (term == 0u) { sums = sum_dy0(w.z / 2u, first, number, part, cols, vector, ranks); }
    if (term == 1u) { sums = sum_dy1(w.z / 2u, first, number, part, cols, vector, ranks); }
    if (term == 2u) { sums = sum_dy2(w.z / 2u, first, number, part, cols, vector, ranks); }
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
  partials[(((2u * (w.z / 2u) + w.z % 2u) * count.y + w.y) * count.x + w.x) * 64u + l.x] = sum;
}
