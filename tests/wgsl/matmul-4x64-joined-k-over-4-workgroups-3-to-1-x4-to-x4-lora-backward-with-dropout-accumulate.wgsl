// matmul 4×64 joined, k over 4 workgroups, 3→1 ×4→×4, LoRA backward with dropout, accumulate (matmul)
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
@group(0) @binding(2) var<storage, read> partials: array<vec4<f32>>;
@group(0) @binding(3) var<storage, read> matrix: array<vec4<f32>>;
@group(0) @binding(4) var<storage, read> params: array<f32>;
@group(0) @binding(5) var<storage, read> projected: array<f32>;
@group(0) @binding(6) var<storage, read_write> y0: array<vec4<f32>>;
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
  let top = (p.firstTile + w.y) * 4u;
  let left = w.x * 16u;
  let row0 = base + min(top + 0u + ty, p.rows - 1u);
  var s0 = vec4<f32>();
  var term = 0u;
  var start = 0u;
  let column = left + tx - start;
  let first = (w.z * 4u * p.rows + min(top + ty, p.rows - 1u)) * p.stride + left + tx;
  for (var n = 0u; n < 4u; n++) { s0 += partials[first + n * p.rows * p.stride]; }
  for (var term = 0u; term < 3u; term++) {
    let slot = bitcast<i32>(constants[select(select(p.slots0, p.slots1, term == 1u), p.slots2, term == 2u) + group]);
    if (slot < 0) { continue; }
    let a = u32(slot) * p.size + select(select(p.factorOffset0, p.factorOffset1, term == 1u), p.factorOffset2, term == 2u) + 4u * column;
    let scale = select(select(p.scale0, p.scale1, term == 1u), p.scale2, term == 2u);
    var d0 = vec4<f32>();
    for (var r = 0u; r < p.rank; r++) {
      let factor = scale * vec4<f32>(params[a + r * p.cols0 + 0u], params[a + r * p.cols0 + 1u], params[a + r * p.cols0 + 2u], params[a + r * p.cols0 + 3u]);
      d0 = fma(vec4<f32>(projected[row0 * p.projections + term * p.rank + r]), factor, d0);
    }
    let key = constants[select(select(p.keys0, p.keys1, term == 1u), p.keys2, term == 2u) + group];
    let rate = bitcast<f32>(constants[select(select(p.rates0, p.rates1, term == 1u), p.rates2, term == 2u) + group]);
    s0 += d0 * keepFactors(key, rate, (row0 - base) * p.cols0 + 4u * column);
  }
  if (top + 0u + ty < p.rows) { store0(row0, column, s0); }
}
