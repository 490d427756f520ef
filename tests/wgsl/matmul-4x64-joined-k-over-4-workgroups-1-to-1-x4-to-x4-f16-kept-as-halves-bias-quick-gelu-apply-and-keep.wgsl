// matmul 4×64 joined, k over 4 workgroups, 1→1 ×4→×4, f16, kept as halves, bias, quick_gelu apply and keep (matmul)
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
@group(0) @binding(2) var<storage, read> partials: array<vec4<f32>>;
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
  let top = (p.firstTile + w.y) * 4u;
  let left = w.x * 16u;
  let row0 = base + min(top + 0u + ty, p.rows - 1u);
  var s0 = vec4<f32>();
  var term = 0u;
  var start = 0u;
  let column = left + tx - start;
  let first = (w.z * 4u * p.rows + min(top + ty, p.rows - 1u)) * p.stride + left + tx;
  for (var n = 0u; n < 4u; n++) { s0 += partials[first + n * p.rows * p.stride]; }
  let bias = vec4<f32>(matrix[p.first + (p.k0) * p.stride + left + tx]);
  s0 += bias;
  if (top + 0u + ty < p.rows) { store0(row0, column, s0); }
}
