// matmul 32×64 direct, 2→1 ×1→×1, LoRA backward (matmul)
struct Parameters {
  groups: u32,
  rows: u32,
  stride: u32,
  first: u32,
  firstTile: u32,
  k0: u32,
  k1: u32,
  cols0: u32,
  rank: u32,
  size: u32,
  projections: u32,
  slots0: u32,
  slots1: u32,
  factorOffset0: u32,
  factorOffset1: u32,
  scale0: f32,
  scale1: f32,
}
@group(0) @binding(0) var<uniform> p: Parameters;
@group(0) @binding(1) var<storage, read> constants: array<u32>;
@group(0) @binding(2) var<storage, read> x0: array<f32>;
@group(0) @binding(3) var<storage, read> x1: array<f32>;
@group(0) @binding(4) var<storage, read> matrix: array<vec4<f32>>;
@group(0) @binding(5) var<storage, read> params: array<f32>;
@group(0) @binding(6) var<storage, read> projected: array<f32>;
@group(0) @binding(7) var<storage, read_write> y0: array<f32>;
fn finish0(at: u32, sum: f32) {
  var value: f32 = sum;
  y0[at] = value;
}
fn store0(row: u32, column: u32, sum: vec4<f32>) {
  if (4u * column >= p.cols0) { return; }
  for (var j = 0u; j < min(4u, p.cols0 - 4u * column); j++) { finish0(row * p.cols0 + 4u * column + j, sum[j]); }
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
  for (var k = 0u; k < p.k0; k++) {
    let m = vec4<f32>(matrix[at]);
    s0 = fma(vec4<f32>(x0[row0 * p.k0 + k]), m, s0);
    s1 = fma(vec4<f32>(x0[row1 * p.k0 + k]), m, s1);
    s2 = fma(vec4<f32>(x0[row2 * p.k0 + k]), m, s2);
    s3 = fma(vec4<f32>(x0[row3 * p.k0 + k]), m, s3);
    s4 = fma(vec4<f32>(x0[row4 * p.k0 + k]), m, s4);
    s5 = fma(vec4<f32>(x0[row5 * p.k0 + k]), m, s5);
    s6 = fma(vec4<f32>(x0[row6 * p.k0 + k]), m, s6);
    s7 = fma(vec4<f32>(x0[row7 * p.k0 + k]), m, s7);
    at += p.stride;
  }
  for (var k = 0u; k < p.k1; k++) {
    let m = vec4<f32>(matrix[at]);
    s0 = fma(vec4<f32>(x1[row0 * p.k1 + k]), m, s0);
    s1 = fma(vec4<f32>(x1[row1 * p.k1 + k]), m, s1);
    s2 = fma(vec4<f32>(x1[row2 * p.k1 + k]), m, s2);
    s3 = fma(vec4<f32>(x1[row3 * p.k1 + k]), m, s3);
    s4 = fma(vec4<f32>(x1[row4 * p.k1 + k]), m, s4);
    s5 = fma(vec4<f32>(x1[row5 * p.k1 + k]), m, s5);
    s6 = fma(vec4<f32>(x1[row6 * p.k1 + k]), m, s6);
    s7 = fma(vec4<f32>(x1[row7 * p.k1 + k]), m, s7);
    at += p.stride;
  }
  for (var term = 0u; term < 2u; term++) {
    let slot = bitcast<i32>(constants[select(p.slots0, p.slots1, term == 1u) + group]);
    if (slot < 0) { continue; }
    let a = u32(slot) * p.size + select(p.factorOffset0, p.factorOffset1, term == 1u) + 4u * column;
    let scale = select(p.scale0, p.scale1, term == 1u);
    for (var r = 0u; r < p.rank; r++) {
      let factor = scale * vec4<f32>(params[a + r * p.cols0 + 0u], params[a + r * p.cols0 + 1u], params[a + r * p.cols0 + 2u], params[a + r * p.cols0 + 3u]);
      s0 = fma(vec4<f32>(projected[row0 * p.projections + term * p.rank + r]), factor, s0);
      s1 = fma(vec4<f32>(projected[row1 * p.projections + term * p.rank + r]), factor, s1);
      s2 = fma(vec4<f32>(projected[row2 * p.projections + term * p.rank + r]), factor, s2);
      s3 = fma(vec4<f32>(projected[row3 * p.projections + term * p.rank + r]), factor, s3);
      s4 = fma(vec4<f32>(projected[row4 * p.projections + term * p.rank + r]), factor, s4);
      s5 = fma(vec4<f32>(projected[row5 * p.projections + term * p.rank + r]), factor, s5);
      s6 = fma(vec4<f32>(projected[row6 * p.projections + term * p.rank + r]), factor, s6);
      s7 = fma(vec4<f32>(projected[row7 * p.projections + term * p.rank + r]), factor, s7);
    }
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
