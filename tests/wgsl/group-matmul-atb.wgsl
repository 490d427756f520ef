// group matmul AᵀB (objective)
struct Parameters {
  rows: u32,
  cols: u32,
  depth: u32,
  aStride: u32,
  bStride: u32,
  aBatch: u32,
  bBatch: u32,
  biasBatch: u32,
  factor: f32,
}
@group(0) @binding(0) var<uniform> p: Parameters;
@group(0) @binding(1) var<storage, read> constants: array<u32>;
@group(0) @binding(2) var<storage, read> a: array<f32>;
@group(0) @binding(3) var<storage, read> b: array<f32>;
@group(0) @binding(4) var<storage, read_write> result: array<f32>;
var<workgroup> aTile: array<f32, 528>;
var<workgroup> bTile: array<f32, 528>;
fn store(group: u32, row: u32, firstCol: u32, values: vec4<f32>) {
  if (row >= p.rows) { return; }
  for (var n = 0u; n < 4u; n++) {
    let col = firstCol + n;
    if (col < p.cols) {
      result[(group * p.rows + row) * p.cols + col] = p.factor * values[n];
    }
  }
}
@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) w: vec3<u32>, @builtin(local_invocation_id) l: vec3<u32>) {
  let bFirst = w.x * 32u;
  let aFirst = w.y * 32u;
  let top = l.x / 8u * 4u;
  let left = l.x % 8u * 4u;
  var sum0 = vec4<f32>();
  var sum1 = vec4<f32>();
  var sum2 = vec4<f32>();
  var sum3 = vec4<f32>();
  for (var k0 = 0u; k0 < p.depth; k0 += 16u) {
    workgroupBarrier();
    for (var e = l.x; e < 512u; e += 64u) {
      let tileK = e / 32u;
      let tileSide = e % 32u;
      let k = k0 + tileK;
      let side = aFirst + tileSide;
      var value = 0.0;
      if (k < p.depth && side < p.rows) { value = a[w.z * p.aBatch + k * p.aStride + side]; }
      aTile[tileK * 33u + tileSide] = value;
    }
    for (var e = l.x; e < 512u; e += 64u) {
      let tileK = e / 32u;
      let tileSide = e % 32u;
      let k = k0 + tileK;
      let side = bFirst + tileSide;
      var value = 0.0;
      if (k < p.depth && side < p.cols) { value = b[w.z * p.bBatch + k * p.bStride + side]; }
      bTile[tileK * 33u + tileSide] = value;
    }
    workgroupBarrier();
    for (var k = 0u; k < min(16u, p.depth - k0); k++) {
      let aAt = k * 33u + top;
      let bAt = k * 33u + left;
      let bs = vec4<f32>(bTile[bAt], bTile[bAt + 1u], bTile[bAt + 2u], bTile[bAt + 3u]);
      sum0 += aTile[aAt + 0u] * bs;
      sum1 += aTile[aAt + 1u] * bs;
      sum2 += aTile[aAt + 2u] * bs;
      sum3 += aTile[aAt + 3u] * bs;
    }
  }
  store(w.z, aFirst + top + 0u, bFirst + left, sum0);
  store(w.z, aFirst + top + 1u, bFirst + left, sum1);
  store(w.z, aFirst + top + 2u, bFirst + left, sum2);
  store(w.z, aFirst + top + 3u, bFirst + left, sum3);
}
