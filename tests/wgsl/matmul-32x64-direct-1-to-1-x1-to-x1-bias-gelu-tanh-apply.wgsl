// matmul 32×64 direct, 1→1 ×1→×1, bias, gelu_tanh apply (matmul)
struct Parameters {
  groups: u32,
  rows: u32,
  stride: u32,
  first: u32,
  firstTile: u32,
  k0: u32,
  cols0: u32,
}
@group(0) @binding(0) var<uniform> p: Parameters;
@group(0) @binding(1) var<storage, read> constants: array<u32>;
@group(0) @binding(2) var<storage, read> x0: array<f32>;
@group(0) @binding(3) var<storage, read> matrix: array<vec4<f32>>;
@group(0) @binding(4) var<storage, read_write> y0: array<f32>;
fn sigmoid(z: f32) -> f32 { return 1.0 / (1.0 + exp(-max(z, f32(-80.0)))); }
fn activate(x: f32) -> f32 {
  return x * sigmoid(1.5957691216057308 * (x + 0.044715 * x * x * x));
}
fn finish0(at: u32, sum: f32) {
  var value: f32 = sum;
  value = activate(value);
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
  let bias = vec4<f32>(matrix[p.first + (p.k0) * p.stride + left + tx]);
  s0 += bias;
  s1 += bias;
  s2 += bias;
  s3 += bias;
  s4 += bias;
  s5 += bias;
  s6 += bias;
  s7 += bias;
  if (top + 0u + ty < p.rows) { store0(row0, column, s0); }
  if (top + 4u + ty < p.rows) { store0(row1, column, s1); }
  if (top + 8u + ty < p.rows) { store0(row2, column, s2); }
  if (top + 12u + ty < p.rows) { store0(row3, column, s3); }
  if (top + 16u + ty < p.rows) { store0(row4, column, s4); }
  if (top + 20u + ty < p.rows) { store0(row5, column, s5); }
  if (top + 24u + ty < p.rows) { store0(row6, column, s6); }
  if (top + 28u + ty < p.rows) { store0(row7, column, s7); }
}
