// matmul 16×32 lanes, 3→1 ×1→×4, LoRA backward with dropout, accumulate (matmul)
enable subgroups;
struct Parameters {
  groups: u32,
  rows: u32,
  stride: u32,
  first: u32,
  firstTile: u32,
  k0: u32,
  k1: u32,
  k2: u32,
  cols0: u32,
  rank: u32,
  size: u32,
  projections: u32,
  slots0: u32,
  slots1: u32,
  slots2: u32,
  factorOffset0: u32,
  factorOffset1: u32,
  factorOffset2: u32,
  scale0: f32,
  scale1: f32,
  scale2: f32,
  rates0: u32,
  keys0: u32,
  rates1: u32,
  keys1: u32,
  rates2: u32,
  keys2: u32,
}
@group(0) @binding(0) var<uniform> p: Parameters;
@group(0) @binding(1) var<storage, read> constants: array<u32>;
@group(0) @binding(2) var<storage, read> x0: array<f32>;
@group(0) @binding(3) var<storage, read> x1: array<f32>;
@group(0) @binding(4) var<storage, read> x2: array<f32>;
@group(0) @binding(5) var<storage, read> matrix: array<vec4<f32>>;
@group(0) @binding(6) var<storage, read> params: array<f32>;
@group(0) @binding(7) var<storage, read> projected: array<f32>;
@group(0) @binding(8) var<storage, read_write> y0: array<vec4<f32>>;
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
fn store0(row: u32, column: u32, sum: vec4<f32>) {
  if (4u * column >= p.cols0) { return; }
  let at = row * (p.cols0 / 4u) + column;
  var value: vec4<f32> = sum;
  value += y0[at];
  y0[at] = value;
}
fn valueOf(part: u32, term: u32, row: u32, k: u32) -> f32 {
  if (part == 0u) { return x0[row * p.k0 + k]; }
  if (part == 1u) { return x1[row * p.k1 + k]; }
  return x2[row * p.k2 + k];
}
@compute @workgroup_size(8, 1)
fn main(@builtin(workgroup_id) w: vec3<u32>, @builtin(local_invocation_id) l: vec3<u32>, @builtin(subgroup_invocation_id) lane: u32) {
  let tx = lane;
  let ty = l.y;
  let group = constants[p.groups + w.z];
  let base = group * p.rows;
  let top = (p.firstTile + w.y) * 16u;
  let left = w.x * 8u;
  let row0 = base + min(top + 0u + ty, p.rows - 1u);
  let row1 = base + min(top + 1u + ty, p.rows - 1u);
  let row2 = base + min(top + 2u + ty, p.rows - 1u);
  let row3 = base + min(top + 3u + ty, p.rows - 1u);
  let row4 = base + min(top + 4u + ty, p.rows - 1u);
  let row5 = base + min(top + 5u + ty, p.rows - 1u);
  let row6 = base + min(top + 6u + ty, p.rows - 1u);
  let row7 = base + min(top + 7u + ty, p.rows - 1u);
  let row8 = base + min(top + 8u + ty, p.rows - 1u);
  let row9 = base + min(top + 9u + ty, p.rows - 1u);
  let row10 = base + min(top + 10u + ty, p.rows - 1u);
  let row11 = base + min(top + 11u + ty, p.rows - 1u);
  let row12 = base + min(top + 12u + ty, p.rows - 1u);
  let row13 = base + min(top + 13u + ty, p.rows - 1u);
  let row14 = base + min(top + 14u + ty, p.rows - 1u);
  let row15 = base + min(top + 15u + ty, p.rows - 1u);
  var s0 = vec4<f32>();
  var s1 = vec4<f32>();
  var s2 = vec4<f32>();
  var s3 = vec4<f32>();
  var s4 = vec4<f32>();
  var s5 = vec4<f32>();
  var s6 = vec4<f32>();
  var s7 = vec4<f32>();
  var s8 = vec4<f32>();
  var s9 = vec4<f32>();
  var s10 = vec4<f32>();
  var s11 = vec4<f32>();
  var s12 = vec4<f32>();
  var s13 = vec4<f32>();
  var s14 = vec4<f32>();
  var s15 = vec4<f32>();
  var term = 0u;
  var start = 0u;
  let column = left + tx - start;
  let height = min(16u, p.rows - top);
  var loaded: array<f32, 16>;
  var at = p.first + left + tx;
  var step = p.stride;
  var scale = 1.0;
  for (var part = 0u; part < 3u; part++) {
    var depth = select(select(p.k0, p.k1, part == 1u), p.k2, part == 2u);
    for (var k = 0u; k < depth; k += 8u) {
      let mine = min(k + tx, depth - 1u);
      for (var n = 0u; n < height; n++) { loaded[n] = valueOf(part, term, base + top + n, mine); }
      for (var j = 0u; j < min(8u, depth - k); j++) {
        let m = vec4<f32>(matrix[at]);
        at += step;
        s0 = fma(vec4<f32>(subgroupShuffle(loaded[0], j)), m, s0);
        s1 = fma(vec4<f32>(subgroupShuffle(loaded[1], j)), m, s1);
        s2 = fma(vec4<f32>(subgroupShuffle(loaded[2], j)), m, s2);
        s3 = fma(vec4<f32>(subgroupShuffle(loaded[3], j)), m, s3);
        s4 = fma(vec4<f32>(subgroupShuffle(loaded[4], j)), m, s4);
        s5 = fma(vec4<f32>(subgroupShuffle(loaded[5], j)), m, s5);
        s6 = fma(vec4<f32>(subgroupShuffle(loaded[6], j)), m, s6);
        s7 = fma(vec4<f32>(subgroupShuffle(loaded[7], j)), m, s7);
        s8 = fma(vec4<f32>(subgroupShuffle(loaded[8], j)), m, s8);
        s9 = fma(vec4<f32>(subgroupShuffle(loaded[9], j)), m, s9);
        s10 = fma(vec4<f32>(subgroupShuffle(loaded[10], j)), m, s10);
        s11 = fma(vec4<f32>(subgroupShuffle(loaded[11], j)), m, s11);
        s12 = fma(vec4<f32>(subgroupShuffle(loaded[12], j)), m, s12);
        s13 = fma(vec4<f32>(subgroupShuffle(loaded[13], j)), m, s13);
        s14 = fma(vec4<f32>(subgroupShuffle(loaded[14], j)), m, s14);
        s15 = fma(vec4<f32>(subgroupShuffle(loaded[15], j)), m, s15);
      }
    }
  }
  for (var term = 0u; term < 3u; term++) {
    let slot = bitcast<i32>(constants[select(select(p.slots0, p.slots1, term == 1u), p.slots2, term == 2u) + group]);
    if (slot < 0) { continue; }
    let a = u32(slot) * p.size + select(select(p.factorOffset0, p.factorOffset1, term == 1u), p.factorOffset2, term == 2u) + 4u * column;
    let scale = select(select(p.scale0, p.scale1, term == 1u), p.scale2, term == 2u);
    var d0 = vec4<f32>();
    var d1 = vec4<f32>();
    var d2 = vec4<f32>();
    var d3 = vec4<f32>();
    var d4 = vec4<f32>();
    var d5 = vec4<f32>();
    var d6 = vec4<f32>();
    var d7 = vec4<f32>();
    var d8 = vec4<f32>();
    var d9 = vec4<f32>();
    var d10 = vec4<f32>();
    var d11 = vec4<f32>();
    var d12 = vec4<f32>();
    var d13 = vec4<f32>();
    var d14 = vec4<f32>();
    var d15 = vec4<f32>();
    for (var r = 0u; r < p.rank; r++) {
      let factor = scale * vec4<f32>(params[a + r * p.cols0 + 0u], params[a + r * p.cols0 + 1u], params[a + r * p.cols0 + 2u], params[a + r * p.cols0 + 3u]);
      d0 = fma(vec4<f32>(projected[row0 * p.projections + term * p.rank + r]), factor, d0);
      d1 = fma(vec4<f32>(projected[row1 * p.projections + term * p.rank + r]), factor, d1);
      d2 = fma(vec4<f32>(projected[row2 * p.projections + term * p.rank + r]), factor, d2);
      d3 = fma(vec4<f32>(projected[row3 * p.projections + term * p.rank + r]), factor, d3);
      d4 = fma(vec4<f32>(projected[row4 * p.projections + term * p.rank + r]), factor, d4);
      d5 = fma(vec4<f32>(projected[row5 * p.projections + term * p.rank + r]), factor, d5);
      d6 = fma(vec4<f32>(projected[row6 * p.projections + term * p.rank + r]), factor, d6);
      d7 = fma(vec4<f32>(projected[row7 * p.projections + term * p.rank + r]), factor, d7);
      d8 = fma(vec4<f32>(projected[row8 * p.projections + term * p.rank + r]), factor, d8);
      d9 = fma(vec4<f32>(projected[row9 * p.projections + term * p.rank + r]), factor, d9);
      d10 = fma(vec4<f32>(projected[row10 * p.projections + term * p.rank + r]), factor, d10);
      d11 = fma(vec4<f32>(projected[row11 * p.projections + term * p.rank + r]), factor, d11);
      d12 = fma(vec4<f32>(projected[row12 * p.projections + term * p.rank + r]), factor, d12);
      d13 = fma(vec4<f32>(projected[row13 * p.projections + term * p.rank + r]), factor, d13);
      d14 = fma(vec4<f32>(projected[row14 * p.projections + term * p.rank + r]), factor, d14);
      d15 = fma(vec4<f32>(projected[row15 * p.projections + term * p.rank + r]), factor, d15);
    }
    let key = constants[select(select(p.keys0, p.keys1, term == 1u), p.keys2, term == 2u) + group];
    let rate = bitcast<f32>(constants[select(select(p.rates0, p.rates1, term == 1u), p.rates2, term == 2u) + group]);
    var kept = array<vec4<f32>, 16>(d0, d1, d2, d3, d4, d5, d6, d7, d8, d9, d10, d11, d12, d13, d14, d15);
    for (var n = 0u; n < height; n++) { kept[n] *= keepFactors(key, rate, ((base + top + n) - base) * p.cols0 + 4u * column); }
    s0 += kept[0];
    s1 += kept[1];
    s2 += kept[2];
    s3 += kept[3];
    s4 += kept[4];
    s5 += kept[5];
    s6 += kept[6];
    s7 += kept[7];
    s8 += kept[8];
    s9 += kept[9];
    s10 += kept[10];
    s11 += kept[11];
    s12 += kept[12];
    s13 += kept[13];
    s14 += kept[14];
    s15 += kept[15];
  }
  var sums = array<vec4<f32>, 16>(s0, s1, s2, s3, s4, s5, s6, s7, s8, s9, s10, s11, s12, s13, s14, s15);
  for (var n = 0u; n < height; n++) { store0(base + top + n, column, sums[n]); }
}
