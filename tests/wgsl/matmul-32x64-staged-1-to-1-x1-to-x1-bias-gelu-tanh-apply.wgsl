// matmul 32×64 staged, 1→1 ×1→×1, bias, gelu_tanh apply (matmul)
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
fn load0(row: u32, q: u32) -> vec4<f32> {
  var v = vec4<f32>();
  let at = row * p.k0;
  for (var k = 4u * q; k < min(p.k0, 4u * q + 4u); k++) { v = select(v, vec4<f32>(x0[at + k]), vec4<u32>(0u, 1u, 2u, 3u) == vec4<u32>(k - 4u * q)); }
  return v;
}
var<workgroup> xTile: array<vec4<f32>, 160>;
var<workgroup> matrixTile: array<vec4<f32>, 256>;
@compute @workgroup_size(16, 8)
fn main(@builtin(workgroup_id) w: vec3<u32>, @builtin(local_invocation_id) l: vec3<u32>) {
  let tx = l.x;
  let ty = l.y;
  let group = constants[p.groups + w.z];
  let base = group * p.rows;
  let top = (p.firstTile + w.y) * 32u;
  let left = w.x * 16u;
  let row0 = base + min(top + 0u + ty, p.rows - 1u);
  let row1 = base + min(top + 8u + ty, p.rows - 1u);
  let row2 = base + min(top + 16u + ty, p.rows - 1u);
  let row3 = base + min(top + 24u + ty, p.rows - 1u);
  var s0 = vec4<f32>();
  var s1 = vec4<f32>();
  var s2 = vec4<f32>();
  var s3 = vec4<f32>();
  var term = 0u;
  var start = 0u;
  let column = left + tx - start;
  let thread = ty * 16u + tx;
  var before = 0u; // rows of the matrix that belong to earlier inputs
  for (var k = 0u; k < p.k0; k += 16u) {
    workgroupBarrier();
    for (var e = thread; e < 128u; e += 128u) {
      let row = e / 4u;
      let q = e % 4u;
      xTile[row * 5u + q] = load0(base + min(top + row, p.rows - 1u), k / 4u + q);
    }
    for (var e = thread; e < 256u; e += 128u) {
      let at = p.first + (before + k + e / 16u) * p.stride + left + e % 16u;
      // Behind the last step lies whatever memory held before, which 0 times x need not make 0.
      matrixTile[e] = select(vec4<f32>(), vec4<f32>(matrix[at]), k + e / 16u < p.k0);
    }
    workgroupBarrier();
    for (var q = 0u; q < 4u; q++) {
      let m0 = matrixTile[(4u * q + 0u) * 16u + tx];
      let m1 = matrixTile[(4u * q + 1u) * 16u + tx];
      let m2 = matrixTile[(4u * q + 2u) * 16u + tx];
      let m3 = matrixTile[(4u * q + 3u) * 16u + tx];
      { let v = xTile[(0u + ty) * 5u + q];
        s0 = fma(v.xxxx, m0, fma(v.yyyy, m1, fma(v.zzzz, m2, fma(v.wwww, m3, s0)))); }
      { let v = xTile[(8u + ty) * 5u + q];
        s1 = fma(v.xxxx, m0, fma(v.yyyy, m1, fma(v.zzzz, m2, fma(v.wwww, m3, s1)))); }
      { let v = xTile[(16u + ty) * 5u + q];
        s2 = fma(v.xxxx, m0, fma(v.yyyy, m1, fma(v.zzzz, m2, fma(v.wwww, m3, s2)))); }
      { let v = xTile[(24u + ty) * 5u + q];
        s3 = fma(v.xxxx, m0, fma(v.yyyy, m1, fma(v.zzzz, m2, fma(v.wwww, m3, s3)))); }
    }
  }
  before += p.k0;
  let bias = vec4<f32>(matrix[p.first + (p.k0) * p.stride + left + tx]);
  s0 += bias;
  s1 += bias;
  s2 += bias;
  s3 += bias;
  if (top + 0u + ty < p.rows) { store0(row0, column, s0); }
  if (top + 8u + ty < p.rows) { store0(row1, column, s1); }
  if (top + 16u + ty < p.rows) { store0(row2, column, s2); }
  if (top + 24u + ty < p.rows) { store0(row3, column, s3); }
}
