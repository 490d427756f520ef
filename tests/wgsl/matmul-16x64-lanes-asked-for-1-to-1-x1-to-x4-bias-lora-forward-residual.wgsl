// matmul 16×64 lanes, asked for, 1→1 ×1→×4, bias, LoRA forward, residual (matmul)
enable subgroups;enable subgroup_size_control;
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
@group(0) @binding(2) var<storage, read> x0: array<f32>;
@group(0) @binding(3) var<storage, read> matrix: array<vec4<f32>>;
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
fn valueOf(part: u32, term: u32, row: u32, k: u32) -> f32 {
  if (part == 0u) { return x0[row * p.k0 + k]; }
  return projected[row * p.projections + term * p.rank + k];
}
@compute @workgroup_size(16, 1) @subgroup_size(16)
fn main(@builtin(workgroup_id) w: vec3<u32>, @builtin(local_invocation_id) l: vec3<u32>, @builtin(subgroup_invocation_id) lane: u32) {
  let tx = lane;
  let ty = l.y;
  let group = constants[p.groups + w.z];
  let base = group * p.rows;
  let top = (p.firstTile + w.y) * 16u;
  let left = w.x * 16u;
  let row0 = base + min(top + 0u + ty, p.rows - 1u);
  let row1 = base + min(top + 1u + ty, p.rows - 1u);
  let row2 = base + min(top + 2u + ty, p.rows - 1u);
  let row3 = base + min(top + 3u + ty, p.rows - 1u);
  let row4 = base + min(top + 4u + ty, p.rows - 1u);
  let row5 = base + min(top + 5u + ty, p.rows - 1u);
  let row6 = base + min(top + 6u + ty, p.rows - 1u);
  let row7 = base + min(top + 7u + ty, p.rows - 1u);
  let row8 = base + min(top + 8u + ty, p.rows - 1u);
  let row9 = base + min(top + 9u + ty, p.rows - 1u);
  let row10 = base + min(top + 10u + ty, p.rows - 1u);
  let row11 = base + min(top + 11u + ty, p.rows - 1u);
  let row12 = base + min(top + 12u + ty, p.rows - 1u);
  let row13 = base + min(top + 13u + ty, p.rows - 1u);
  let row14 = base + min(top + 14u + ty, p.rows - 1u);
  let row15 = base + min(top + 15u + ty, p.rows - 1u);
  var s0 = vec4<f32>();
  var s1 = vec4<f32>();
  var s2 = vec4<f32>();
  var s3 = vec4<f32>();
  var s4 = vec4<f32>();
  var s5 = vec4<f32>();
  var s6 = vec4<f32>();
  var s7 = vec4<f32>();
  var s8 = vec4<f32>();
  var s9 = vec4<f32>();
  var s10 = vec4<f32>();
  var s11 = vec4<f32>();
  var s12 = vec4<f32>();
  var s13 = vec4<f32>();
  var s14 = vec4<f32>();
  var s15 = vec4<f32>();
  var term = 0u;
  var start = 0u;
  let column = left + tx - start;
  let height = min(16u, p.rows - top);
  var loaded: array<f32, 16>;
  var at = p.first + left + tx;
  var step = p.stride;
  var scale = 1.0;
  for (var part = 0u; part < 2u; part++) {
    var depth = p.k0;
    if (part >= 1u) {
      let slot = bitcast<i32>(constants[p.slots0 + group]);
      if (slot < 0) { continue; }
      depth = p.rank;
      scale = p.scale0;
      at = u32(slot) * p.size + p.factorOffset0 + 4u * column * p.rank;
      step = 1u;
    }
    for (var k = 0u; k < depth; k += 16u) {
      let mine = min(k + tx, depth - 1u);
      for (var n = 0u; n < height; n++) { loaded[n] = valueOf(part, term, base + top + n, mine); }
      for (var j = 0u; j < min(16u, depth - k); j++) {
        var m: vec4<f32>;
        if (part >= 1u) {
          m = scale * vec4<f32>(params[at + 0u * p.rank], params[at + 1u * p.rank], params[at + 2u * p.rank], params[at + 3u * p.rank]);
        } else { m = vec4<f32>(matrix[at]); }
        at += step;
        s0 = fma(vec4<f32>(subgroupShuffle(loaded[0], j)), m, s0);
        s1 = fma(vec4<f32>(subgroupShuffle(loaded[1], j)), m, s1);
        s2 = fma(vec4<f32>(subgroupShuffle(loaded[2], j)), m, s2);
        s3 = fma(vec4<f32>(subgroupShuffle(loaded[3], j)), m, s3);
        s4 = fma(vec4<f32>(subgroupShuffle(loaded[4], j)), m, s4);
        s5 = fma(vec4<f32>(subgroupShuffle(loaded[5], j)), m, s5);
        s6 = fma(vec4<f32>(subgroupShuffle(loaded[6], j)), m, s6);
        s7 = fma(vec4<f32>(subgroupShuffle(loaded[7], j)), m, s7);
        s8 = fma(vec4<f32>(subgroupShuffle(loaded[8], j)), m, s8);
        s9 = fma(vec4<f32>(subgroupShuffle(loaded[9], j)), m, s9);
        s10 = fma(vec4<f32>(subgroupShuffle(loaded[10], j)), m, s10);
        s11 = fma(vec4<f32>(subgroupShuffle(loaded[11], j)), m, s11);
        s12 = fma(vec4<f32>(subgroupShuffle(loaded[12], j)), m, s12);
        s13 = fma(vec4<f32>(subgroupShuffle(loaded[13], j)), m, s13);
        s14 = fma(vec4<f32>(subgroupShuffle(loaded[14], j)), m, s14);
        s15 = fma(vec4<f32>(subgroupShuffle(loaded[15], j)), m, s15);
      }
    }
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
  s8 += bias;
  s9 += bias;
  s10 += bias;
  s11 += bias;
  s12 += bias;
  s13 += bias;
  s14 += bias;
  s15 += bias;
  var sums = array<vec4<f32>, 16>(s0, s1, s2, s3, s4, s5, s6, s7, s8, s9, s10, s11, s12, s13, s14, s15);
  for (var n = 0u; n < height; n++) { store0(base + top + n, column, sums[n]); }
}
