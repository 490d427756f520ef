// attention gradient of k and v, heads of 18 /1, 64 threads, staged (attention)
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
@group(0) @binding(6) var<storage, read> scalars: array<vec2<f32>>;
@group(0) @binding(7) var<storage, read_write> dk: array<f32>;
@group(0) @binding(8) var<storage, read_write> dv: array<f32>;
fn gridIndex(w: vec3<u32>) -> u32 { return w.x + w.y * 65535u; }
fn liveIndex(i: u32) -> u32 { return constants[p.starts + i / p.runLength] + i % p.runLength; }
var<workgroup> qTile: array<vec4<f32>, 160>;
fn qChunk(row: u32, c: u32) -> vec4<f32> {
  var values = vec4<f32>();
  for (var i = 4u * c; i < min(4u * c + 4u, 18u); i++) { values = select(values, vec4<f32>(q[row + i]), vec4<u32>(0u, 1u, 2u, 3u) == vec4<u32>(i - 4u * c)); }
  return values;
}
var<workgroup> dyTile: array<vec4<f32>, 160>;
fn dyChunk(row: u32, c: u32) -> vec4<f32> {
  var values = vec4<f32>();
  for (var i = 4u * c; i < min(4u * c + 4u, 18u); i++) { values = select(values, vec4<f32>(dy[row + i]), vec4<u32>(0u, 1u, 2u, 3u) == vec4<u32>(i - 4u * c)); }
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
  let key = tile * THREADS + l.x;
  let own = (sequence * p.tokens + min(key, p.tokens - 1u)) * stride + head * UNIT;
  let queries = sequence * p.queries * stride + head * UNIT;
  let scalar = (sequence * p.heads + head) * p.queries;
  let k_0 = p.scale * vec4(k[own + 0u], k[own + 1u], k[own + 2u], k[own + 3u]);
  let k_1 = p.scale * vec4(k[own + 4u], k[own + 5u], k[own + 6u], k[own + 7u]);
  let k_2 = p.scale * vec4(k[own + 8u], k[own + 9u], k[own + 10u], k[own + 11u]);
  let k_3 = p.scale * vec4(k[own + 12u], k[own + 13u], k[own + 14u], k[own + 15u]);
  let k_4 = p.scale * vec4(k[own + 16u], k[own + 17u], 0.0, 0.0);
  let v_0 = vec4(v[own + 0u], v[own + 1u], v[own + 2u], v[own + 3u]);
  let v_1 = vec4(v[own + 4u], v[own + 5u], v[own + 6u], v[own + 7u]);
  let v_2 = vec4(v[own + 8u], v[own + 9u], v[own + 10u], v[own + 11u]);
  let v_3 = vec4(v[own + 12u], v[own + 13u], v[own + 14u], v[own + 15u]);
  let v_4 = vec4(v[own + 16u], v[own + 17u], 0.0, 0.0);
  var dk_0 = vec4<f32>();
  var dk_1 = vec4<f32>();
  var dk_2 = vec4<f32>();
  var dk_3 = vec4<f32>();
  var dk_4 = vec4<f32>();
  var dv_0 = vec4<f32>();
  var dv_1 = vec4<f32>();
  var dv_2 = vec4<f32>();
  var dv_3 = vec4<f32>();
  var dv_4 = vec4<f32>();
  for (var start = 0u; start < p.queries; start += 32u) {
    workgroupBarrier(); // the tile before has been read
    for (var e = l.x; e < 160u; e += 64u) {
      let row = queries + min(start + e / 5u, p.queries - 1u) * stride;
      qTile[e] = qChunk(row, e % 5u);
      dyTile[e] = dyChunk(row, e % 5u);
    }
    workgroupBarrier();
    for (var j = start; j < min(p.queries, start + 32u); j += 1u) {
      let base = (j - start) * 5u;
      let q_0 = qTile[base + 0u];
      let q_1 = qTile[base + 1u];
      let q_2 = qTile[base + 2u];
      let q_3 = qTile[base + 3u];
      let q_4 = qTile[base + 4u];
      let dy_0 = dyTile[base + 0u];
      let dy_1 = dyTile[base + 1u];
      let dy_2 = dyTile[base + 2u];
      let dy_3 = dyTile[base + 3u];
      let dy_4 = dyTile[base + 4u];
      let score_4 = k_0 * q_0 + k_1 * q_1 + k_2 * q_2 + k_3 * q_3 + k_4 * q_4;
      let score = (score_4.x + score_4.y) + (score_4.z + score_4.w);
      let dp_4 = v_0 * dy_0 + v_1 * dy_1 + v_2 * dy_2 + v_3 * dy_3 + v_4 * dy_4;
      let dp = (dp_4.x + dp_4.y) + (dp_4.z + dp_4.w);
      let known = scalars[scalar + j];
      let weight = exp(score - known.x);
      let slope = weight * (dp - known.y);
      dk_0 = dk_0 + slope * q_0;
      dk_1 = dk_1 + slope * q_1;
      dk_2 = dk_2 + slope * q_2;
      dk_3 = dk_3 + slope * q_3;
      dk_4 = dk_4 + slope * q_4;
      dv_0 = dv_0 + weight * dy_0;
      dv_1 = dv_1 + weight * dy_1;
      dv_2 = dv_2 + weight * dy_2;
      dv_3 = dv_3 + weight * dy_3;
      dv_4 = dv_4 + weight * dy_4;
    }
  }
  if (key >= p.tokens) { return; }
  dk[own + 0u] = (p.scale * dk_0)[0];
  dk[own + 1u] = (p.scale * dk_0)[1];
  dk[own + 2u] = (p.scale * dk_0)[2];
  dk[own + 3u] = (p.scale * dk_0)[3];
  dk[own + 4u] = (p.scale * dk_1)[0];
  dk[own + 5u] = (p.scale * dk_1)[1];
  dk[own + 6u] = (p.scale * dk_1)[2];
  dk[own + 7u] = (p.scale * dk_1)[3];
  dk[own + 8u] = (p.scale * dk_2)[0];
  dk[own + 9u] = (p.scale * dk_2)[1];
  dk[own + 10u] = (p.scale * dk_2)[2];
  dk[own + 11u] = (p.scale * dk_2)[3];
  dk[own + 12u] = (p.scale * dk_3)[0];
  dk[own + 13u] = (p.scale * dk_3)[1];
  dk[own + 14u] = (p.scale * dk_3)[2];
  dk[own + 15u] = (p.scale * dk_3)[3];
  dk[own + 16u] = (p.scale * dk_4)[0];
  dk[own + 17u] = (p.scale * dk_4)[1];
  dv[own + 0u] = (dv_0)[0];
  dv[own + 1u] = (dv_0)[1];
  dv[own + 2u] = (dv_0)[2];
  dv[own + 3u] = (dv_0)[3];
  dv[own + 4u] = (dv_1)[0];
  dv[own + 5u] = (dv_1)[1];
  dv[own + 6u] = (dv_1)[2];
  dv[own + 7u] = (dv_1)[3];
  dv[own + 8u] = (dv_2)[0];
  dv[own + 9u] = (dv_2)[1];
  dv[own + 10u] = (dv_2)[2];
  dv[own + 11u] = (dv_2)[3];
  dv[own + 12u] = (dv_3)[0];
  dv[own + 13u] = (dv_3)[1];
  dv[own + 14u] = (dv_3)[2];
  dv[own + 15u] = (dv_3)[3];
  dv[own + 16u] = (dv_4)[0];
  dv[own + 17u] = (dv_4)[1];
}
