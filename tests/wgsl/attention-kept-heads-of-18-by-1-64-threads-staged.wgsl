// attention kept, heads of 18 /1, 64 threads, staged (attention)
struct Parameters {
  workers: u32,
  first: u32,
  tiles: u32,
  heads: u32,
  queries: u32,
  tokens: u32,
  scale: f32,
  starts: u32,
  runLength: u32,
}
@group(0) @binding(0) var<uniform> p: Parameters;
@group(0) @binding(1) var<storage, read> constants: array<u32>;
@group(0) @binding(2) var<storage, read> q: array<f32>;
@group(0) @binding(3) var<storage, read> k: array<f32>;
@group(0) @binding(4) var<storage, read> v: array<f32>;
@group(0) @binding(5) var<storage, read_write> y: array<f32>;
@group(0) @binding(6) var<storage, read_write> logSums: array<f32>;
fn gridIndex(w: vec3<u32>) -> u32 { return w.x + w.y * 65535u; }
fn liveIndex(i: u32) -> u32 { return constants[p.starts + i / p.runLength] + i % p.runLength; }
var<workgroup> kTile: array<vec4<f32>, 160>;
fn kChunk(row: u32, c: u32) -> vec4<f32> {
  var values = vec4<f32>();
  for (var i = 4u * c; i < min(4u * c + 4u, 18u); i++) { values = select(values, vec4<f32>(k[row + i]), vec4<u32>(0u, 1u, 2u, 3u) == vec4<u32>(i - 4u * c)); }
  return values;
}
var<workgroup> vTile: array<vec4<f32>, 160>;
fn vChunk(row: u32, c: u32) -> vec4<f32> {
  var values = vec4<f32>();
  for (var i = 4u * c; i < min(4u * c + 4u, 18u); i++) { values = select(values, vec4<f32>(v[row + i]), vec4<u32>(0u, 1u, 2u, 3u) == vec4<u32>(i - 4u * c)); }
  return values;
}
const THREADS = 64u;
const UNIT = 18u;
@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) w: vec3<u32>, @builtin(local_invocation_id) l: vec3<u32>) {
  let index = p.first + gridIndex(w);
  if (index >= p.workers) { return; }
  let tile = index % p.tiles;
  let head = (index / p.tiles) % p.heads;
  let sequence = liveIndex(index / p.tiles / p.heads);
  let stride = p.heads * UNIT;
  let query = tile * THREADS + l.x;
  let row = sequence * p.queries + min(query, p.queries - 1u);
  let own = row * stride + head * UNIT;
  let keys = sequence * p.tokens * stride + head * UNIT;
  let q_0 = p.scale * vec4(q[own + 0u], q[own + 1u], q[own + 2u], q[own + 3u]);
  let q_1 = p.scale * vec4(q[own + 4u], q[own + 5u], q[own + 6u], q[own + 7u]);
  let q_2 = p.scale * vec4(q[own + 8u], q[own + 9u], q[own + 10u], q[own + 11u]);
  let q_3 = p.scale * vec4(q[own + 12u], q[own + 13u], q[own + 14u], q[own + 15u]);
  let q_4 = p.scale * vec4(q[own + 16u], q[own + 17u], 0.0, 0.0);
  var sum_0 = vec4<f32>();
  var sum_1 = vec4<f32>();
  var sum_2 = vec4<f32>();
  var sum_3 = vec4<f32>();
  var sum_4 = vec4<f32>();
  var top = -3.0e38;
  var total = 0.0;
  let visible = p.tokens;
  let end = p.tokens;
  for (var start = 0u; start < end; start += 32u) {
    workgroupBarrier(); // the tile before has been read
    for (var e = l.x; e < 160u; e += 64u) {
      let row = keys + min(start + e / 5u, p.tokens - 1u) * stride;
      kTile[e] = kChunk(row, e % 5u);
      vTile[e] = vChunk(row, e % 5u);
    }
    workgroupBarrier();
    for (var j = start; j < min(end, start + 32u); j += 4u) {
      let base = (j - start) * 5u;
      let dot0_4 = q_0 * kTile[base + 0u] + q_1 * kTile[base + 1u] + q_2 * kTile[base + 2u] + q_3 * kTile[base + 3u] + q_4 * kTile[base + 4u];
      let dot0 = (dot0_4.x + dot0_4.y) + (dot0_4.z + dot0_4.w);
      let dot1_4 = q_0 * kTile[base + 5u] + q_1 * kTile[base + 6u] + q_2 * kTile[base + 7u] + q_3 * kTile[base + 8u] + q_4 * kTile[base + 9u];
      let dot1 = (dot1_4.x + dot1_4.y) + (dot1_4.z + dot1_4.w);
      let dot2_4 = q_0 * kTile[base + 10u] + q_1 * kTile[base + 11u] + q_2 * kTile[base + 12u] + q_3 * kTile[base + 13u] + q_4 * kTile[base + 14u];
      let dot2 = (dot2_4.x + dot2_4.y) + (dot2_4.z + dot2_4.w);
      let dot3_4 = q_0 * kTile[base + 15u] + q_1 * kTile[base + 16u] + q_2 * kTile[base + 17u] + q_3 * kTile[base + 18u] + q_4 * kTile[base + 19u];
      let dot3 = (dot3_4.x + dot3_4.y) + (dot3_4.z + dot3_4.w);
      let score0 = select(-3.0e38, dot0, j + 0u < visible);
      let score1 = select(-3.0e38, dot1, j + 1u < visible);
      let score2 = select(-3.0e38, dot2, j + 2u < visible);
      let score3 = select(-3.0e38, dot3, j + 3u < visible);
      let newTop = max(top, max(max(score0, score1), max(score2, score3)));
      let shrink = exp(top - newTop);
      let weight0 = select(0.0, exp(score0 - newTop), j + 0u < visible);
      let weight1 = select(0.0, exp(score1 - newTop), j + 1u < visible);
      let weight2 = select(0.0, exp(score2 - newTop), j + 2u < visible);
      let weight3 = select(0.0, exp(score3 - newTop), j + 3u < visible);
      top = newTop;
      total = total * shrink + ((weight0 + weight1) + (weight2 + weight3));
      sum_0 = sum_0 * shrink + weight0 * vTile[base + 0u] + weight1 * vTile[base + 5u] + weight2 * vTile[base + 10u] + weight3 * vTile[base + 15u];
      sum_1 = sum_1 * shrink + weight0 * vTile[base + 1u] + weight1 * vTile[base + 6u] + weight2 * vTile[base + 11u] + weight3 * vTile[base + 16u];
      sum_2 = sum_2 * shrink + weight0 * vTile[base + 2u] + weight1 * vTile[base + 7u] + weight2 * vTile[base + 12u] + weight3 * vTile[base + 17u];
      sum_3 = sum_3 * shrink + weight0 * vTile[base + 3u] + weight1 * vTile[base + 8u] + weight2 * vTile[base + 13u] + weight3 * vTile[base + 18u];
      sum_4 = sum_4 * shrink + weight0 * vTile[base + 4u] + weight1 * vTile[base + 9u] + weight2 * vTile[base + 14u] + weight3 * vTile[base + 19u];
    }
  }
  if (query >= p.queries) { return; }
  y[own + 0u] = (sum_0 / total)[0];
  y[own + 1u] = (sum_0 / total)[1];
  y[own + 2u] = (sum_0 / total)[2];
  y[own + 3u] = (sum_0 / total)[3];
  y[own + 4u] = (sum_1 / total)[0];
  y[own + 5u] = (sum_1 / total)[1];
  y[own + 6u] = (sum_1 / total)[2];
  y[own + 7u] = (sum_1 / total)[3];
  y[own + 8u] = (sum_2 / total)[0];
  y[own + 9u] = (sum_2 / total)[1];
  y[own + 10u] = (sum_2 / total)[2];
  y[own + 11u] = (sum_2 / total)[3];
  y[own + 12u] = (sum_3 / total)[0];
  y[own + 13u] = (sum_3 / total)[1];
  y[own + 14u] = (sum_3 / total)[2];
  y[own + 15u] = (sum_3 / total)[3];
  y[own + 16u] = (sum_4 / total)[0];
  y[own + 17u] = (sum_4 / total)[1];
  logSums[(sequence * p.heads + head) * p.queries + query] = top + log(total);
}
