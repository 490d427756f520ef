// matmul 4×64 joined, k over 4 workgroups, 1→3 ×4→×4, bias, LoRA forward (matmul)
struct Parameters {
  groups: u32,
  rows: u32,
  stride: u32,
  first: u32,
  firstTile: u32,
  k0: u32,
  cols0: u32,
  cols1: u32,
  cols2: u32,
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
}
@group(0) @binding(0) var<uniform> p: Parameters;
@group(0) @binding(1) var<storage, read> constants: array<u32>;
@group(0) @binding(2) var<storage, read> partials: array<vec4<f32>>;
@group(0) @binding(3) var<storage, read> matrix: array<vec4<f32>>;
@group(0) @binding(4) var<storage, read> params: array<f32>;
@group(0) @binding(5) var<storage, read> projected: array<f32>;
@group(0) @binding(6) var<storage, read_write> y0: array<vec4<f32>>;
@group(0) @binding(7) var<storage, read_write> y1: array<vec4<f32>>;
@group(0) @binding(8) var<storage, read_write> y2: array<vec4<f32>>;
fn store0(row: u32, column: u32, sum: vec4<f32>) {
  if (4u * column >= p.cols0) { return; }
  let at = row * (p.cols0 / 4u) + column;
  var value: vec4<f32> = sum;
  y0[at] = value;
}
fn store1(row: u32, column: u32, sum: vec4<f32>) {
  if (4u * column >= p.cols1) { return; }
  let at = row * (p.cols1 / 4u) + column;
  var value: vec4<f32> = sum;
  y1[at] = value;
}
fn store2(row: u32, column: u32, sum: vec4<f32>) {
  if (4u * column >= p.cols2) { return; }
  let at = row * (p.cols2 / 4u) + column;
  var value: vec4<f32> = sum;
  y2[at] = value;
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
  if (term == 0u && left + tx >= start + ((p.cols0 + 31u) / 32u * 8u)) { term = 1u; start += ((p.cols0 + 31u) / 32u * 8u); }
  if (term == 1u && left + tx >= start + ((p.cols1 + 31u) / 32u * 8u)) { term = 2u; start += ((p.cols1 + 31u) / 32u * 8u); }
  let column = left + tx - start;
  let first = (w.z * 4u * p.rows + min(top + ty, p.rows - 1u)) * p.stride + left + tx;
  for (var n = 0u; n < 4u; n++) { s0 += partials[first + n * p.rows * p.stride]; }
  let bias = vec4<f32>(matrix[p.first + (p.k0) * p.stride + left + tx]);
  s0 += bias;
  let slot = bitcast<i32>(constants[select(select(p.slots0, p.slots1, term == 1u), p.slots2, term == 2u) + group]);
  if (slot >= 0) {
    let b = u32(slot) * p.size + select(select(p.factorOffset0, p.factorOffset1, term == 1u), p.factorOffset2, term == 2u) + 4u * column * p.rank;
    let scale = select(select(p.scale0, p.scale1, term == 1u), p.scale2, term == 2u);
    for (var r = 0u; r < p.rank; r++) {
      let factor = scale * vec4<f32>(params[b + r], params[b + p.rank + r], params[b + 2u * p.rank + r], params[b + 3u * p.rank + r]);
      s0 = fma(vec4<f32>(projected[row0 * p.projections + term * p.rank + r]), factor, s0);
    }
  }
  if (top + 0u + ty < p.rows) { if (term == 0u) { store0(row0, column, s0); }
    if (term == 1u) { store1(row0, column, s0); }
    if (term == 2u) { store2(row0, column, s0); } }
}
