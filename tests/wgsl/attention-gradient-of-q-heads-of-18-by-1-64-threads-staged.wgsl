// attention gradient of q, heads of 18 /1, 64 threads, staged (attention)
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
@group(0) @binding(2) var<storage, read> dy: array<f32>;
@group(0) @binding(3) var<storage, read> q: array<f32>;
@group(0) @binding(4) var<storage, read> k: array<f32>;
@group(0) @binding(5) var<storage, read> v: array<f32>;
@group(0) @binding(6) var<storage, read> logSums: array<f32>;
@group(0) @binding(7) var<storage, read_write> dq: array<f32>;
@group(0) @binding(8) var<storage, read_write> scalars: array<vec2<f32>>;
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
  let last = min(query, p.queries - 1u);
  let own = (sequence * p.queries + last) * stride + head * UNIT;
  let keys = sequence * p.tokens * stride + head * UNIT;
  let scalar = (sequence * p.heads + head) * p.queries + last;
  let logSum = logSums[scalar];
  let q_0 = p.scale * vec4(q[own + 0u], q[own + 1u], q[own + 2u], q[own + 3u]);
  let q_1 = p.scale * vec4(q[own + 4u], q[own + 5u], q[own + 6u], q[own + 7u]);
  let q_2 = p.scale * vec4(q[own + 8u], q[own + 9u], q[own + 10u], q[own + 11u]);
  let q_3 = p.scale * vec4(q[own + 12u], q[own + 13u], q[own + 14u], q[own + 15u]);
  let q_4 = p.scale * vec4(q[own + 16u], q[own + 17u], 0.0, 0.0);
  let dy_0 = vec4(dy[own + 0u], dy[own + 1u], dy[own + 2u], dy[own + 3u]);
  let dy_1 = vec4(dy[own + 4u], dy[own + 5u], dy[own + 6u], dy[own + 7u]);
  let dy_2 = vec4(dy[own + 8u], dy[own + 9u], dy[own + 10u], dy[own + 11u]);
  let dy_3 = vec4(dy[own + 12u], dy[own + 13u], dy[own + 14u], dy[own + 15u]);
  let dy_4 = vec4(dy[own + 16u], dy[own + 17u], 0.0, 0.0);
  var sum_0 = vec4<f32>();
  var sum_1 = vec4<f32>();
  var sum_2 = vec4<f32>();
  var sum_3 = vec4<f32>();
  var sum_4 = vec4<f32>();
  var mean_0 = vec4<f32>();
  var mean_1 = vec4<f32>();
  var mean_2 = vec4<f32>();
  var mean_3 = vec4<f32>();
  var mean_4 = vec4<f32>();
  let reference_4 = dy_0 * vec4(v[keys + 0u], v[keys + 1u], v[keys + 2u], v[keys + 3u]) + dy_1 * vec4(v[keys + 4u], v[keys + 5u], v[keys + 6u], v[keys + 7u]) + dy_2 * vec4(v[keys + 8u], v[keys + 9u], v[keys + 10u], v[keys + 11u]) + dy_3 * vec4(v[keys + 12u], v[keys + 13u], v[keys + 14u], v[keys + 15u]) + dy_4 * vec4(v[keys + 16u], v[keys + 17u], 0.0, 0.0);
  let reference = (reference_4.x + reference_4.y) + (reference_4.z + reference_4.w);
  var delta = 0.0;
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
    for (var j = start; j < min(end, start + 32u); j += 1u) {
      let base = (j - start) * 5u;
      let k_0 = kTile[base + 0u];
      let k_1 = kTile[base + 1u];
      let k_2 = kTile[base + 2u];
      let k_3 = kTile[base + 3u];
      let k_4 = kTile[base + 4u];
      let score_4 = q_0 * k_0 + q_1 * k_1 + q_2 * k_2 + q_3 * k_3 + q_4 * k_4;
      let score = (score_4.x + score_4.y) + (score_4.z + score_4.w);
      let dp_4 = dy_0 * vTile[base + 0u] + dy_1 * vTile[base + 1u] + dy_2 * vTile[base + 2u] + dy_3 * vTile[base + 3u] + dy_4 * vTile[base + 4u];
      let dp = (dp_4.x + dp_4.y) + (dp_4.z + dp_4.w);
      let weight = exp(score - logSum);
      let change = weight * (dp - reference);
      delta += change;
      sum_0 = sum_0 + change * k_0;
      sum_1 = sum_1 + change * k_1;
      sum_2 = sum_2 + change * k_2;
      sum_3 = sum_3 + change * k_3;
      sum_4 = sum_4 + change * k_4;
      mean_0 = mean_0 + weight * k_0;
      mean_1 = mean_1 + weight * k_1;
      mean_2 = mean_2 + weight * k_2;
      mean_3 = mean_3 + weight * k_3;
      mean_4 = mean_4 + weight * k_4;
    }
  }
  if (query >= p.queries) { return; }
  dq[own + 0u] = (p.scale * (sum_0 - delta * mean_0))[0];
  dq[own + 1u] = (p.scale * (sum_0 - delta * mean_0))[1];
  dq[own + 2u] = (p.scale * (sum_0 - delta * mean_0))[2];
  dq[own + 3u] = (p.scale * (sum_0 - delta * mean_0))[3];
  dq[own + 4u] = (p.scale * (sum_1 - delta * mean_1))[0];
  dq[own + 5u] = (p.scale * (sum_1 - delta * mean_1))[1];
  dq[own + 6u] = (p.scale * (sum_1 - delta * mean_1))[2];
  dq[own + 7u] = (p.scale * (sum_1 - delta * mean_1))[3];
  dq[own + 8u] = (p.scale * (sum_2 - delta * mean_2))[0];
  dq[own + 9u] = (p.scale * (sum_2 - delta * mean_2))[1];
  dq[own + 10u] = (p.scale * (sum_2 - delta * mean_2))[2];
  dq[own + 11u] = (p.scale * (sum_2 - delta * mean_2))[3];
  dq[own + 12u] = (p.scale * (sum_3 - delta * mean_3))[0];
  dq[own + 13u] = (p.scale * (sum_3 - delta * mean_3))[1];
  dq[own + 14u] = (p.scale * (sum_3 - delta * mean_3))[2];
  dq[own + 15u] = (p.scale * (sum_3 - delta * mean_3))[3];
  dq[own + 16u] = (p.scale * (sum_4 - delta * mean_4))[0];
  dq[own + 17u] = (p.scale * (sum_4 - delta * mean_4))[1];
  scalars[scalar] = vec2(logSum, delta + reference);
}
