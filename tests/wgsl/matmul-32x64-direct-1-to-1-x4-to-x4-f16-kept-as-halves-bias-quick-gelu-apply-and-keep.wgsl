// matmul 32×64 direct, 1→1 ×4→×4, f16, kept as halves, bias, quick_gelu apply and keep (matmul)
enable f16;
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
@group(0) @binding(2) var<storage, read> x0: array<vec4<f32>>;
@group(0) @binding(3) var<storage, read> matrix: array<vec4<f16>>;
@group(0) @binding(4) var<storage, read_write> y0: array<vec2<u32>>;
@group(0) @binding(5) var<storage, read_write> hidden: array<vec2<u32>>;
fn sigmoid(z: vec4<f32>) -> vec4<f32> { return 1.0 / (1.0 + exp(-max(z, vec4<f32>(-80.0)))); }
fn activate(x: vec4<f32>) -> vec4<f32> { return x * sigmoid(1.702 * x); }
fn activationDerivative(x: vec4<f32>) -> vec4<f32> {
  let z = 1.702 * x;
  let s = sigmoid(z);
  return s + z * s * (1.0 - s);
}
fn packed(v: vec4<f32>) -> vec2<u32> {
  let bits = bitcast<vec4<u32>>(v);
  let size = bits & vec4<u32>(0x7fffffffu);
  let digits = (size + 0xfffu + ((size >> vec4<u32>(13u)) & vec4<u32>(1u))) >> vec4<u32>(13u);
  let small = select(vec4<u32>(), vec4<u32>(0x400u), size > vec4<u32>(0x38002000u));
  var half = select(digits - 0x1c000u, small, size < vec4<u32>(0x38800000u));
  half = select(half, vec4<u32>(0x7c00u), size >= vec4<u32>(0x477ff000u));
  half = select(half, vec4<u32>(0x7e00u), size > vec4<u32>(0x7f800000u));
  half |= (bits >> vec4<u32>(16u)) & vec4<u32>(0x8000u);
  return half.xz | (half.yw << vec2<u32>(16u));
}
fn store0(row: u32, column: u32, sum: vec4<f32>) {
  if (4u * column >= p.cols0) { return; }
  let at = row * (p.cols0 / 4u) + column;
  var value: vec4<f32> = sum;
  hidden[at] = packed(activationDerivative(value));
  value = activate(value);
  y0[at] = packed(value);
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
