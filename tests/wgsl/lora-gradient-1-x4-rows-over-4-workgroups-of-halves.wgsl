// LoRA gradient 1 ×4, rows over 4 workgroups, of halves (lora)
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
@group(0) @binding(2) var<storage, read> x: array<vec2<u32>>;
@group(0) @binding(3) var<storage, read> dy0: array<vec4<f32>>;
@group(0) @binding(4) var<storage, read> u: array<f32>;
@group(0) @binding(5) var<storage, read> v: array<f32>;
@group(0) @binding(6) var<storage, read_write> partials: array<vec4<f32>>;
fn unpacked(v: vec2<u32>) -> vec4<f32> { return vec4<f32>(unpack2x16float(v.x), unpack2x16float(v.y)); }
struct Sums { a: vec4<f32>, b: vec4<f32>, c: vec4<f32>, d: vec4<f32> }
fn sum_x(slice: u32, first: u32, number: u32, part: u32, cols: u32, vector: u32, ranks: vec4<u32>) -> Sums {
  var sums = Sums();
  let share = (p.rows + 3u) / 4u; // rows of a workgroup
  let begin = slice * share;
  for (var n = 0u; n < number; n++) {
    let group = constants[p.list + first + n];
    for (var r = begin + part; r < min(begin + share, p.rows); r += 8u) {
      let row = group * p.rows + r;
      var value = unpacked(x[row * (cols / 4u) + vector]);
      let at = row * 1u * p.rank;
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
  let share = (p.rows + 3u) / 4u; // rows of a workgroup
  let begin = slice * share;
  for (var n = 0u; n < number; n++) {
    let group = constants[p.list + first + n];
    for (var r = begin + part; r < min(begin + share, p.rows); r += 8u) {
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
fn main(@builtin(workgroup_id) w: vec3<u32>, @builtin(local_invocation_id) l: vec3<u32>, @builtin(num_workgroups) count: vec3<u32>) {
  let rankBlocks = (p.rank + 3u) / 4u;
  let rank = w.x % rankBlocks * 4u;
  let entry = p.entries + 4u * w.y;
  let term = constants[entry];
  let slot = constants[entry + 1u];
  let ofA = w.z % 2u == 0u;
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
  if (ofA) { sums = sum_x(w.z / 2u, first, number, part, cols, vector, ranks); }
  else {
    if (term == 0u) { sums = sum_dy0(w.z / 2u, first, number, part, cols, vector, ranks); }
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
