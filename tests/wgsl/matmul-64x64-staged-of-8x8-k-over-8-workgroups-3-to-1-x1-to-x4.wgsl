// matmul 64×64 staged of 8×8, k over 8 workgroups, 3→1 ×1→×4 (matmul)
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
}
@group(0) @binding(0) var<uniform> p: Parameters;
@group(0) @binding(1) var<storage, read> constants: array<u32>;
@group(0) @binding(2) var<storage, read> x0: array<f32>;
@group(0) @binding(3) var<storage, read> x1: array<f32>;
@group(0) @binding(4) var<storage, read> x2: array<f32>;
@group(0) @binding(5) var<storage, read> matrix: array<vec4<f32>>;
@group(0) @binding(6) var<storage, read_write> y0: array<vec4<f32>>;
fn store0(row: u32, column: u32, sum: vec4<f32>) {
  if (4u * column >= p.cols0) { return; }
  let at = row * (p.cols0 / 4u) + column;
  var value: vec4<f32> = sum;
  y0[at] = value;
}
fn load0(row: u32, q: u32) -> vec4<f32> {
  var v = vec4<f32>();
  let at = row * p.k0;
  for (var k = 4u * q; k < min(p.k0, 4u * q + 4u); k++) { v = select(v, vec4<f32>(x0[at + k]), vec4<u32>(0u, 1u, 2u, 3u) == vec4<u32>(k - 4u * q)); }
  return v;
}
fn load1(row: u32, q: u32) -> vec4<f32> {
  var v = vec4<f32>();
  let at = row * p.k1;
  for (var k = 4u * q; k < min(p.k1, 4u * q + 4u); k++) { v = select(v, vec4<f32>(x1[at + k]), vec4<u32>(0u, 1u, 2u, 3u) == vec4<u32>(k - 4u * q)); }
  return v;
}
fn load2(row: u32, q: u32) -> vec4<f32> {
  var v = vec4<f32>();
  let at = row * p.k2;
  for (var k = 4u * q; k < min(p.k2, 4u * q + 4u); k++) { v = select(v, vec4<f32>(x2[at + k]), vec4<u32>(0u, 1u, 2u, 3u) == vec4<u32>(k - 4u * q)); }
  return v;
}
var<workgroup> xTile: array<vec4<f32>, 320>;
var<workgroup> matrixTile: array<vec4<f32>, 256>;
@compute @workgroup_size(8, 8)
fn main(@builtin(workgroup_id) w: vec3<u32>, @builtin(local_invocation_id) l: vec3<u32>) {
  let tx = l.x;
  let ty = l.y;
  let group = constants[p.groups + w.z / 8u];
  let base = group * p.rows;
  let top = (p.firstTile + w.y) * 64u;
  let left = w.x * 16u;
  let row0 = base + min(top + 0u + ty, p.rows - 1u);
  let row1 = base + min(top + 8u + ty, p.rows - 1u);
  let row2 = base + min(top + 16u + ty, p.rows - 1u);
  let row3 = base + min(top + 24u + ty, p.rows - 1u);
  let row4 = base + min(top + 32u + ty, p.rows - 1u);
  let row5 = base + min(top + 40u + ty, p.rows - 1u);
  let row6 = base + min(top + 48u + ty, p.rows - 1u);
  let row7 = base + min(top + 56u + ty, p.rows - 1u);
  var s0 = vec4<f32>();
  var s1 = vec4<f32>();
  var s2 = vec4<f32>();
  var s3 = vec4<f32>();
  var s4 = vec4<f32>();
  var s5 = vec4<f32>();
  var s6 = vec4<f32>();
  var s7 = vec4<f32>();
  var t0 = vec4<f32>();
  var t1 = vec4<f32>();
  var t2 = vec4<f32>();
  var t3 = vec4<f32>();
  var t4 = vec4<f32>();
  var t5 = vec4<f32>();
  var t6 = vec4<f32>();
  var t7 = vec4<f32>();
  let thread = ty * 8u + tx;
  var before = 0u; // rows of the matrix that belong to earlier inputs
  let share0 = (p.k0 + 127u) / 128u * 16u; // steps of a workgroup
  for (var k = w.z % 8u * share0; k < min(p.k0, (w.z % 8u + 1u) * share0); k += 16u) {
    workgroupBarrier();
    for (var e = thread; e < 256u; e += 64u) {
      let row = e / 4u;
      let q = e % 4u;
      xTile[row * 5u + q] = load0(base + min(top + row, p.rows - 1u), k / 4u + q);
    }
    for (var e = thread; e < 256u; e += 64u) {
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
      let n0 = matrixTile[(4u * q + 0u) * 16u + 8u + tx];
      let n1 = matrixTile[(4u * q + 1u) * 16u + 8u + tx];
      let n2 = matrixTile[(4u * q + 2u) * 16u + 8u + tx];
      let n3 = matrixTile[(4u * q + 3u) * 16u + 8u + tx];
      { let v = xTile[(0u + ty) * 5u + q];
        s0 = fma(v.xxxx, m0, fma(v.yyyy, m1, fma(v.zzzz, m2, fma(v.wwww, m3, s0))));
        t0 = fma(v.xxxx, n0, fma(v.yyyy, n1, fma(v.zzzz, n2, fma(v.wwww, n3, t0)))); }
      { let v = xTile[(8u + ty) * 5u + q];
        s1 = fma(v.xxxx, m0, fma(v.yyyy, m1, fma(v.zzzz, m2, fma(v.wwww, m3, s1))));
        t1 = fma(v.xxxx, n0, fma(v.yyyy, n1, fma(v.zzzz, n2, fma(v.wwww, n3, t1)))); }
      { let v = xTile[(16u + ty) * 5u + q];
        s2 = fma(v.xxxx, m0, fma(v.yyyy, m1, fma(v.zzzz, m2, fma(v.wwww, m3, s2))));
        t2 = fma(v.xxxx, n0, fma(v.yyyy, n1, fma(v.zzzz, n2, fma(v.wwww, n3, t2)))); }
      { let v = xTile[(24u + ty) * 5u + q];
        s3 = fma(v.xxxx, m0, fma(v.yyyy, m1, fma(v.zzzz, m2, fma(v.wwww, m3, s3))));
        t3 = fma(v.xxxx, n0, fma(v.yyyy, n1, fma(v.zzzz, n2, fma(v.wwww, n3, t3)))); }
      { let v = xTile[(32u + ty) * 5u + q];
        s4 = fma(v.xxxx, m0, fma(v.yyyy, m1, fma(v.zzzz, m2, fma(v.wwww, m3, s4))));
        t4 = fma(v.xxxx, n0, fma(v.yyyy, n1, fma(v.zzzz, n2, fma(v.wwww, n3, t4)))); }
      { let v = xTile[(40u + ty) * 5u + q];
        s5 = fma(v.xxxx, m0, fma(v.yyyy, m1, fma(v.zzzz, m2, fma(v.wwww, m3, s5))));
        t5 = fma(v.xxxx, n0, fma(v.yyyy, n1, fma(v.zzzz, n2, fma(v.wwww, n3, t5)))); }
      { let v = xTile[(48u + ty) * 5u + q];
        s6 = fma(v.xxxx, m0, fma(v.yyyy, m1, fma(v.zzzz, m2, fma(v.wwww, m3, s6))));
        t6 = fma(v.xxxx, n0, fma(v.yyyy, n1, fma(v.zzzz, n2, fma(v.wwww, n3, t6)))); }
      { let v = xTile[(56u + ty) * 5u + q];
        s7 = fma(v.xxxx, m0, fma(v.yyyy, m1, fma(v.zzzz, m2, fma(v.wwww, m3, s7))));
        t7 = fma(v.xxxx, n0, fma(v.yyyy, n1, fma(v.zzzz, n2, fma(v.wwww, n3, t7)))); }
    }
  }
  before += p.k0;
  let share1 = (p.k1 + 127u) / 128u * 16u; // steps of a workgroup
  for (var k = w.z % 8u * share1; k < min(p.k1, (w.z % 8u + 1u) * share1); k += 16u) {
    workgroupBarrier();
    for (var e = thread; e < 256u; e += 64u) {
      let row = e / 4u;
      let q = e % 4u;
      xTile[row * 5u + q] = load1(base + min(top + row, p.rows - 1u), k / 4u + q);
    }
    for (var e = thread; e < 256u; e += 64u) {
      let at = p.first + (before + k + e / 16u) * p.stride + left + e % 16u;
      // Behind the last step lies whatever memory held before, which 0 times x need not make 0.
      matrixTile[e] = select(vec4<f32>(), vec4<f32>(matrix[at]), k + e / 16u < p.k1);
    }
    workgroupBarrier();
    for (var q = 0u; q < 4u; q++) {
      let m0 = matrixTile[(4u * q + 0u) * 16u + tx];
      let m1 = matrixTile[(4u * q + 1u) * 16u + tx];
      let m2 = matrixTile[(4u * q + 2u) * 16u + tx];
      let m3 = matrixTile[(4u * q + 3u) * 16u + tx];
      let n0 = matrixTile[(4u * q + 0u) * 16u + 8u + tx];
      let n1 = matrixTile[(4u * q + 1u) * 16u + 8u + tx];
      let n2 = matrixTile[(4u * q + 2u) * 16u + 8u + tx];
      let n3 = matrixTile[(4u * q + 3u) * 16u + 8u + tx];
      { let v = xTile[(0u + ty) * 5u + q];
        s0 = fma(v.xxxx, m0, fma(v.yyyy, m1, fma(v.zzzz, m2, fma(v.wwww, m3, s0))));
        t0 = fma(v.xxxx, n0, fma(v.yyyy, n1, fma(v.zzzz, n2, fma(v.wwww, n3, t0)))); }
      { let v = xTile[(8u + ty) * 5u + q];
        s1 = fma(v.xxxx, m0, fma(v.yyyy, m1, fma(v.zzzz, m2, fma(v.wwww, m3, s1))));
        t1 = fma(v.xxxx, n0, fma(v.yyyy, n1, fma(v.zzzz, n2, fma(v.wwww, n3, t1)))); }
      { let v = xTile[(16u + ty) * 5u + q];
        s2 = fma(v.xxxx, m0, fma(v.yyyy, m1, fma(v.zzzz, m2, fma(v.wwww, m3, s2))));
        t2 = fma(v.xxxx, n0, fma(v.yyyy, n1, fma(v.zzzz, n2, fma(v.wwww, n3, t2)))); }
      { let v = xTile[(24u + ty) * 5u + q];
        s3 = fma(v.xxxx, m0, fma(v.yyyy, m1, fma(v.zzzz, m2, fma(v.wwww, m3, s3))));
        t3 = fma(v.xxxx, n0, fma(v.yyyy, n1, fma(v.zzzz, n2, fma(v.wwww, n3, t3)))); }
      { let v = xTile[(32u + ty) * 5u + q];
        s4 = fma(v.xxxx, m0, fma(v.yyyy, m1, fma(v.zzzz, m2, fma(v.wwww, m3, s4))));
        t4 = fma(v.xxxx, n0, fma(v.yyyy, n1, fma(v.zzzz, n2, fma(v.wwww, n3, t4)))); }
      { let v = xTile[(40u + ty) * 5u + q];
        s5 = fma(v.xxxx, m0, fma(v.yyyy, m1, fma(v.zzzz, m2, fma(v.wwww, m3, s5))));
        t5 = fma(v.xxxx, n0, fma(v.yyyy, n1, fma(v.zzzz, n2, fma(v.wwww, n3, t5)))); }
      { let v = xTile[(48u + ty) * 5u + q];
        s6 = fma(v.xxxx, m0, fma(v.yyyy, m1, fma(v.zzzz, m2, fma(v.wwww, m3, s6))));
        t6 = fma(v.xxxx, n0, fma(v.yyyy, n1, fma(v.zzzz, n2, fma(v.wwww, n3, t6)))); }
      { let v = xTile[(56u + ty) * 5u + q];
        s7 = fma(v.xxxx, m0, fma(v.yyyy, m1, fma(v.zzzz, m2, fma(v.wwww, m3, s7))));
        t7 = fma(v.xxxx, n0, fma(v.yyyy, n1, fma(v.zzzz, n2, fma(v.wwww, n3, t7)))); }
    }
  }
  before += p.k1;
  let share2 = (p.k2 + 127u) / 128u * 16u; // steps of a workgroup
  for (var k = w.z % 8u * share2; k < min(p.k2, (w.z % 8u + 1u) * share2); k += 16u) {
    workgroupBarrier();
    for (var e = thread; e < 256u; e += 64u) {
      let row = e / 4u;
      let q = e % 4u;
      xTile[row * 5u + q] = load2(base + min(top + row, p.rows - 1u), k / 4u + q);
    }
    for (var e = thread; e < 256u; e += 64u) {
      let at = p.first + (before + k + e / 16u) * p.stride + left + e % 16u;
      // Behind the last step lies whatever memory held before, which 0 times x need not make 0.
      matrixTile[e] = select(vec4<f32>(), vec4<f32>(matrix[at]), k + e / 16u < p.k2);
    }
    workgroupBarrier();
    for (var q = 0u; q < 4u; q++) {
      let m0 = matrixTile[(4u * q + 0u) * 16u + tx];
      let m1 = matrixTile[(4u * q + 1u) * 16u + tx];
      let m2 = matrixTile[(4u * q + 2u) * 16u + tx];
      let m3 = matrixTile[(4u * q + 3u) * 16u + tx];
      let n0 = matrixTile[(4u * q + 0u) * 16u + 8u + tx];
      let n1 = matrixTile[(4u * q + 1u) * 16u + 8u + tx];
      let n2 = matrixTile[(4u * q + 2u) * 16u + 8u + tx];
      let n3 = matrixTile[(4u * q + 3u) * 16u + 8u + tx];
      { let v = xTile[(0u + ty) * 5u + q];
        s0 = fma(v.xxxx, m0, fma(v.yyyy, m1, fma(v.zzzz, m2, fma(v.wwww, m3, s0))));
        t0 = fma(v.xxxx, n0, fma(v.yyyy, n1, fma(v.zzzz, n2, fma(v.wwww, n3, t0)))); }
      { let v = xTile[(8u + ty) * 5u + q];
        s1 = fma(v.xxxx, m0, fma(v.yyyy, m1, fma(v.zzzz, m2, fma(v.wwww, m3, s1))));
        t1 = fma(v.xxxx, n0, fma(v.yyyy, n1, fma(v.zzzz, n2, fma(v.wwww, n3, t1)))); }
      { let v = xTile[(16u + ty) * 5u + q];
        s2 = fma(v.xxxx, m0, fma(v.yyyy, m1, fma(v.zzzz, m2, fma(v.wwww, m3, s2))));
        t2 = fma(v.xxxx, n0, fma(v.yyyy, n1, fma(v.zzzz, n2, fma(v.wwww, n3, t2)))); }
      { let v = xTile[(24u + ty) * 5u + q];
        s3 = fma(v.xxxx, m0, fma(v.yyyy, m1, fma(v.zzzz, m2, fma(v.wwww, m3, s3))));
        t3 = fma(v.xxxx, n0, fma(v.yyyy, n1, fma(v.zzzz, n2, fma(v.wwww, n3, t3)))); }
      { let v = xTile[(32u + ty) * 5u + q];
        s4 = fma(v.xxxx, m0, fma(v.yyyy, m1, fma(v.zzzz, m2, fma(v.wwww, m3, s4))));
        t4 = fma(v.xxxx, n0, fma(v.yyyy, n1, fma(v.zzzz, n2, fma(v.wwww, n3, t4)))); }
      { let v = xTile[(40u + ty) * 5u + q];
        s5 = fma(v.xxxx, m0, fma(v.yyyy, m1, fma(v.zzzz, m2, fma(v.wwww, m3, s5))));
        t5 = fma(v.xxxx, n0, fma(v.yyyy, n1, fma(v.zzzz, n2, fma(v.wwww, n3, t5)))); }
      { let v = xTile[(48u + ty) * 5u + q];
        s6 = fma(v.xxxx, m0, fma(v.yyyy, m1, fma(v.zzzz, m2, fma(v.wwww, m3, s6))));
        t6 = fma(v.xxxx, n0, fma(v.yyyy, n1, fma(v.zzzz, n2, fma(v.wwww, n3, t6)))); }
      { let v = xTile[(56u + ty) * 5u + q];
        s7 = fma(v.xxxx, m0, fma(v.yyyy, m1, fma(v.zzzz, m2, fma(v.wwww, m3, s7))));
        t7 = fma(v.xxxx, n0, fma(v.yyyy, n1, fma(v.zzzz, n2, fma(v.wwww, n3, t7)))); }
    }
  }
  before += p.k2;
  {
    var term = 0u;
    var start = 0u;
    let column = left + tx - start;
    if (top + 0u + ty < p.rows) { store0(w.z * p.rows + top + 0u + ty, column, s0); }
    if (top + 8u + ty < p.rows) { store0(w.z * p.rows + top + 8u + ty, column, s1); }
    if (top + 16u + ty < p.rows) { store0(w.z * p.rows + top + 16u + ty, column, s2); }
    if (top + 24u + ty < p.rows) { store0(w.z * p.rows + top + 24u + ty, column, s3); }
    if (top + 32u + ty < p.rows) { store0(w.z * p.rows + top + 32u + ty, column, s4); }
    if (top + 40u + ty < p.rows) { store0(w.z * p.rows + top + 40u + ty, column, s5); }
    if (top + 48u + ty < p.rows) { store0(w.z * p.rows + top + 48u + ty, column, s6); }
    if (top + 56u + ty < p.rows) { store0(w.z * p.rows + top + 56u + ty, column, s7); }
  }
  {
    var term = 0u;
    var start = 0u;
    let column = left + 8u + tx - start;
    if (top + 0u + ty < p.rows) { store0(w.z * p.rows + top + 0u + ty, column, t0); }
    if (top + 8u + ty < p.rows) { store0(w.z * p.rows + top + 8u + ty, column, t1); }
    if (top + 16u + ty < p.rows) { store0(w.z * p.rows + top + 16u + ty, column, t2); }
    if (top + 24u + ty < p.rows) { store0(w.z * p.rows + top + 24u + ty, column, t3); }
    if (top + 32u + ty < p.rows) { store0(w.z * p.rows + top + 32u + ty, column, t4); }
    if (top + 40u + ty < p.rows) { store0(w.z * p.rows + top + 40u + ty, column, t5); }
    if (top + 48u + ty < p.rows) { store0(w.z * p.rows + top + 48u + ty, column, t6); }
    if (top + 56u + ty < p.rows) { store0(w.z * p.rows + top + 56u + ty, column, t7); }
  }
}
