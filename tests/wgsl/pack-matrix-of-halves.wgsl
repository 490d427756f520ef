// pack matrix of halves (matmul)
struct Parameters {
  count: u32,
  rows: u32,
  cols: u32,
  rowStride: u32,
  colStride: u32,
  bias: i32,
  first: u32,
  stride: u32,
}
@group(0) @binding(0) var<uniform> p: Parameters;
@group(0) @binding(1) var<storage, read> constants: array<u32>;
@group(0) @binding(2) var<storage, read> source: array<u32>;
@group(0) @binding(3) var<storage, read_write> matrix: array<vec2<u32>>;
fn halfAt(i: u32) -> u32 { return (source[i / 2u] >> (16u * (i % 2u))) & 0xffffu; }
fn gridIndex(w: vec3<u32>) -> u32 { return w.x + w.y * 65535u; }
@compute @workgroup_size(256)
fn main(@builtin(workgroup_id) w: vec3<u32>, @builtin(local_invocation_id) l: vec3<u32>) {
  let i = gridIndex(w) * 256u + l.x;
  if (i >= p.count) { return; }
  let vectors = (p.cols + 3u) / 4u;
  let row = i / vectors;
  let vector = i - row * vectors;
  var value = vec4<u32>();
  for (var j = 0u; j < min(4u, p.cols - 4u * vector); j++) {
    let c = 4u * vector + j;
    var one = u32();
    if (row < p.rows) { one = halfAt(row * p.rowStride + c * p.colStride); }
    else if (p.bias >= 0) { one = halfAt(u32(p.bias) + c); }
    value = select(value, vec4<u32>(one), vec4<u32>(0u, 1u, 2u, 3u) == vec4<u32>(j));
  }
  matrix[p.first + row * p.stride + vector] = value.xz | (value.yw << vec2<u32>(16u));
}
