// matmul 32×64 direct, 3→1 ×4→×4, LoRA backward with dropout, accumulate (matmul)
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
@group(0) @binding(2) var<storage, read> x0: array<vec4<f32>>;
@group(0) @binding(3) var<storage, read> x1: array<vec4<f32>>;
@group(0) @binding(4) var<storage, read> x2: array<vec4<f32>>;
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
@compute @workgroup_size(16, 4)
fn main(@builtin(workgroup_id) w: vec3<u32>, @builtin(local_invocation_id) l: vec3<u32>) {
  let tx = l.x;
  let ty = l.y;
  let group = constants[p.groups + w.z];
  let base = group * p.rows;
  let top = (p.firstTile + w.y) * 32u;
  let left = w.x * 16u;
  let row0 = base + min(top + 0u + ty, p.rows - 1u);
  let row1 = base + min(top + 4u + ty, p.rows - 1u);
  let row2 = base + min(top + 8u + ty, p.rows - 1u);
  let row3 = base + min(top + 12u + ty, p.rows - 1u);
  let row4 = base + min(top + 16u + ty, p.rows - 1u);
  let row5 = base + min(top + 20u + ty, p.rows - 1u);
  let row6 = base + min(top + 24u + ty, p.rows - 1u);
  let row7 = base + min(top + 28u + ty, p.rows - 1u);
  var s0 = vec4<f32>();
  var s1 = vec4<f32>();
  var s2 = vec4<f32>();
  var s3 = vec4<f32>();
  var s4 = vec4<f32>();
  var s5 = vec4<f32>();
  var s6 = vec4<f32>();
  var s7 = vec4<f32>();
  var term = 0u;
  var start = 0u;
  let column = left + tx - start;
  var at = p.first + left + tx;
  for (var q = 0u; q < p.k0 / 4u; q++) {
    let m0 = vec4<f32>(matrix[at + 0u * p.stride]);
    let m1 = vec4<f32>(matrix[at + 1u * p.stride]);
    let m2 = vec4<f32>(matrix[at + 2u * p.stride]);
    let m3 = vec4<f32>(matrix[at + 3u * p.stride]);
    { let v = x0[row0 * (p.k0 / 4u) + q];
      s0 = fma(v.xxxx, m0, fma(v.yyyy, m1, fma(v.zzzz, m2, fma(v.wwww, m3, s0)))); }
    { let v = x0[row1 * (p.k0 / 4u) + q];
      s1 = fma(v.xxxx, m0, fma(v.yyyy, m1, fma(v.zzzz, m2, fma(v.wwww, m3, s1)))); }
    { let v = x0[row2 * (p.k0 / 4u) + q];
      s2 = fma(v.xxxx, m0, fma(v.yyyy, m1, fma(v.zzzz, m2, fma(v.wwww, m3, s2)))); }
    { let v = x0[row3 * (p.k0 / 4u) + q];
      s3 = fma(v.xxxx, m0, fma(v.yyyy, m1, fma(v.zzzz, m2, fma(v.wwww, m3, s3)))); }
    { let v = x0[row4 * (p.k0 / 4u) + q];
      s4 = fma(v.xxxx, m0, fma(v.yyyy, m1, fma(v.zzzz, m2, fma(v.wwww, m3, s4)))); }
    { let v = x0[row5 * (p.k0 / 4u) + q];
      s5 = fma(v.xxxx, m0, fma(v.yyyy, m1, fma(v.zzzz, m2, fma(v.wwww, m3, s5)))); }
    { let v = x0[row6 * (p.k0 / 4u) + q];
      s6 = fma(v.xxxx, m0, fma(v.yyyy, m1, fma(v.zzzz, m2, fma(v.wwww, m3, s6)))); }
    { let v = x0[row7 * (p.k0 / 4u) + q];
      s7 = fma(v.xxxx, m0, fma(v.yyyy, m1, fma(v.zzzz, m2, fma(v.wwww, m3, s7)))); }
    at += 4u * p.stride;
  }
  for (var q = 0u; q < p.k1 / 4u; q++) {
    let m0 = vec4<f32>(matrix[at + 0u * p.stride]);
    let m1 = vec4<f32>(matrix[at + 1u * p.stride]);
    let m2 = vec4<f32>(matrix[at + 2u * p.stride]);
    let m3 = vec4<f32>(matrix[at + 3u * p.stride]);
    { let v = x1[row0 * (p.k1 / 4u) + q];
      s0 = fma(v.xxxx, m0, fma(v.yyyy, m1, fma(v.zzzz, m2, fma(v.wwww, m3, s0)))); }
    { let v = x1[row1 * (p.k1 / 4u) + q];
      s1 = fma(v.xxxx, m0, fma(v.yyyy, m1, fma(v.zzzz, m2, fma(v.wwww, m3, s1)))); }
    { let v = x1[row2 * (p.k1 / 4u) + q];
      s2 = fma(v.xxxx, m0, fma(v.yyyy, m1, fma(v.zzzz, m2, fma(v.wwww, m3, s2)))); }
    { let v = x1[row3 * (p.k1 / 4u) + q];
      s3 = fma(v.xxxx, m0, fma(v.yyyy, m1, fma(v.zzzz, m2, fma(v.wwww, m3, s3)))); }
    { let v = x1[row4 * (p.k1 / 4u) + q];
      s4 = fma(v.xxxx, m0, fma(v.yyyy, m1, fma(v.zzzz, m2, fma(v.wwww, m3, s4)))); }
    { let v = x1[row5 * (p.k1 / 4u) + q];
      s5 = fma(v.xxxx, m0, fma(v.yyyy, m1, fma(v.zzzz, m2, fma(v.wwww, m3, s5)))); }
    { let v = x1[row6 * (p.k1 / 4u) + q];
      s6 = fma(v.xxxx, m0, fma(v.yyyy, m1, fma(v.zzzz, m2, fma(v.wwww, m3, s6)))); }
    { let v = x1[row7 * (p.k1 / 4u) + q];
      s7 = fma(v.xxxx, m0, fma(v.yyyy, m1, fma(v.zzzz, m2, fma(v.wwww, m3, s7)))); }
    at += 4u * p.stride;
  }
  for (var q = 0u; q < p.k2 / 4u; q++) {
    let m0 = vec4<f32>(matrix[at + 0u * p.stride]);
    let m1 = vec4<f32>(matrix[at + 1u * p.stride]);
    let m2 = vec4<f32>(matrix[at + 2u * p.stride]);
    let m3 = vec4<f32>(matrix[at + 3u * p.stride]);
    { let v = x2[row0 * (p.k2 / 4u) + q];
      s0 = fma(v.xxxx, m0, fma(v.yyyy, m1, fma(v.zzzz, m2, fma(v.wwww, m3, s0)))); }
    { let v = x2[row1 * (p.k2 / 4u) + q];
      s1 = fma(v.xxxx, m0, fma(v.yyyy, m1, fma(v.zzzz, m2, fma(v.wwww, m3, s1)))); }
    { let v = x2[row2 * (p.k2 / 4u) + q];
      s2 = fma(v.xxxx, m0, fma(v.yyyy, m1, fma(v.zzzz, m2, fma(v.wwww, m3, s2)))); }
    { let v = x2[row3 * (p.k2 / 4u) + q];
      s3 = fma(v.xxxx, m0, fma(v.yyyy, m1, fma(v.zzzz, m2, fma(v.wwww, m3, s3)))); }
    { let v = x2[row4 * (p.k2 / 4u) + q];
      s4 = fma(v.xxxx, m0, fma(v.yyyy, m1, fma(v.zzzz, m2, fma(v.wwww, m3, s4)))); }
    { let v = x2[row5 * (p.k2 / 4u) + q];
      s5 = fma(v.xxxx, m0, fma(v.yyyy, m1, fma(v.zzzz, m2, fma(v.wwww, m3, s5)))); }
    { let v = x2[row6 * (p.k2 / 4u) + q];
      s6 = fma(v.xxxx, m0, fma(v.yyyy, m1, fma(v.zzzz, m2, fma(v.wwww, m3, s6)))); }
    { let v = x2[row7 * (p.k2 / 4u) + q];
      s7 = fma(v.xxxx, m0, fma(v.yyyy, m1, fma(v.zzzz, m2, fma(v.wwww, m3, s7)))); }
    at += 4u * p.stride;
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
    }
    let key = constants[select(select(p.keys0, p.keys1, term == 1u), p.keys2, term == 2u) + group];
    let rate = bitcast<f32>(constants[select(select(p.rates0, p.rates1, term == 1u), p.rates2, term == 2u) + group]);
    s0 += d0 * keepFactors(key, rate, (row0 - base) * p.cols0 + 4u * column);
    s1 += d1 * keepFactors(key, rate, (row1 - base) * p.cols0 + 4u * column);
    s2 += d2 * keepFactors(key, rate, (row2 - base) * p.cols0 + 4u * column);
    s3 += d3 * keepFactors(key, rate, (row3 - base) * p.cols0 + 4u * column);
    s4 += d4 * keepFactors(key, rate, (row4 - base) * p.cols0 + 4u * column);
    s5 += d5 * keepFactors(key, rate, (row5 - base) * p.cols0 + 4u * column);
    s6 += d6 * keepFactors(key, rate, (row6 - base) * p.cols0 + 4u * column);
    s7 += d7 * keepFactors(key, rate, (row7 - base) * p.cols0 + 4u * column);
  }
  if (top + 0u + ty < p.rows) { store0(row0, column, s0); }
  if (top + 4u + ty < p.rows) { store0(row1, column, s1); }
  if (top + 8u + ty < p.rows) { store0(row2, column, s2); }
  if (top + 12u + ty < p.rows) { store0(row3, column, s3); }
  if (top + 16u + ty < p.rows) { store0(row4, column, s4); }
  if (top + 20u + ty < p.rows) { store0(row5, column, s5); }
  if (top + 24u + ty < p.rows) { store0(row6, column, s6); }
  if (top + 28u + ty < p.rows) { store0(row7, column, s7); }
}
