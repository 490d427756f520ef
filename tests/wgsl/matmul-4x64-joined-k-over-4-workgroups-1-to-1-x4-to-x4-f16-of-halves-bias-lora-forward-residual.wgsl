// matmul 4×64 joined, k over 4 workgroups, 1→1 ×4→×4, f16, of halves, bias, LoRA forward, residual (matmul)
enable f16;
struct Parameters {
  groups: u32,
  rows: u32,
  stride: u32,
  first: u32,
  firstTile: u32,
  k0: u32,
  cols0: u32,
  rank: u32,
  size: u32,
  projections: u32,
  slots0: u32,
  factorOffset0: u32,
  scale0: f32,
}
@group(0) @binding(0) var<uniform> p: Parameters;
@group(0) @binding(1) var<storage, read> constants: array<u32>;
@group(0) @binding(2) var<storage, read> partials: array<vec4<f32>>;
@group(0) @binding(3) var<storage, read> matrix: array<vec4<f16>>;
@group(0) @binding(4) var<storage, read> params: array<f32>;
@group(0) @binding(5) var<storage, read> projected: array<f32>;
@group(0) @binding(6) var<storage, read> residual: array<vec4<f32>>;
@group(0) @binding(7) var<storage, read_write> y0: array<vec4<f32>>;
fn store0(row: u32, column: u32, sum: vec4<f32>) {
  if (4u * column >= p.cols0) { return; }
  let at = row * (p.cols0 / 4u) + column;
  var value: vec4<f32> = sum;
  value += residual[at];
  y0[at] = value;
}
fn unpacked(v: vec2<u32>) -> vec4<f32> { return vec4<f32>(unpack2x16float(v.x), unpack2x16float(v.y)); }
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
  let slot = bitcast<i32>(constants[p.slots0 + group]);
  if (slot >= 0) {
    let b = u32(slot) * p.size + p.factorOffset0 + 4u * column * p.rank;
    let scale = p.scale0;
    for (var r = 0u; r < p.rank; r++) {
      let factor = scale * vec4<f32>(params[b + r], params[b + p.rank + r], params[b + 2u * p.rank + r], params[b + 3u * p.rank + r]);
      s0 = fma(vec4<f32>(projected[row0 * p.projections + term * p.rank + r]), factor, s0);
    }
  }
  if (top + 0u + ty < p.rows) { store0(row0, column, s0); }
}
