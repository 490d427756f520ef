// attention kept, heads of 5 /1, causal, 32 threads (attention)
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
const THREADS = 32u;
const UNIT = 5u;
@compute @workgroup_size(32)
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
  let q_1 = p.scale * vec4(q[own + 4u], 0.0, 0.0, 0.0);
  var sum_0 = vec4<f32>();
  var sum_1 = vec4<f32>();
  var top = -3.0e38;
  var total = 0.0;
  let visible = min(query + 1u, p.tokens);
  let end = min((tile + 1u) * THREADS, p.tokens);
  for (var j = 0u; j < end; j += 4u) {
    let row0 = keys + min(j + 0u, p.tokens - 1u) * stride;
    let row1 = keys + min(j + 1u, p.tokens - 1u) * stride;
    let row2 = keys + min(j + 2u, p.tokens - 1u) * stride;
    let row3 = keys + min(j + 3u, p.tokens - 1u) * stride;
    let dot0_4 = q_0 * vec4(k[row0 + 0u], k[row0 + 1u], k[row0 + 2u], k[row0 + 3u]) + q_1 * vec4(k[row0 + 4u], 0.0, 0.0, 0.0);
    let dot0 = (dot0_4.x + dot0_4.y) + (dot0_4.z + dot0_4.w);
    let dot1_4 = q_0 * vec4(k[row1 + 0u], k[row1 + 1u], k[row1 + 2u], k[row1 + 3u]) + q_1 * vec4(k[row1 + 4u], 0.0, 0.0, 0.0);
    let dot1 = (dot1_4.x + dot1_4.y) + (dot1_4.z + dot1_4.w);
    let dot2_4 = q_0 * vec4(k[row2 + 0u], k[row2 + 1u], k[row2 + 2u], k[row2 + 3u]) + q_1 * vec4(k[row2 + 4u], 0.0, 0.0, 0.0);
    let dot2 = (dot2_4.x + dot2_4.y) + (dot2_4.z + dot2_4.w);
    let dot3_4 = q_0 * vec4(k[row3 + 0u], k[row3 + 1u], k[row3 + 2u], k[row3 + 3u]) + q_1 * vec4(k[row3 + 4u], 0.0, 0.0, 0.0);
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
    sum_0 = sum_0 * shrink + weight0 * vec4(v[row0 + 0u], v[row0 + 1u], v[row0 + 2u], v[row0 + 3u]) + weight1 * vec4(v[row1 + 0u], v[row1 + 1u], v[row1 + 2u], v[row1 + 3u]) + weight2 * vec4(v[row2 + 0u], v[row2 + 1u], v[row2 + 2u], v[row2 + 3u]) + weight3 * vec4(v[row3 + 0u], v[row3 + 1u], v[row3 + 2u], v[row3 + 3u]);
    sum_1 = sum_1 * shrink + weight0 * vec4(v[row0 + 4u], 0.0, 0.0, 0.0) + weight1 * vec4(v[row1 + 4u], 0.0, 0.0, 0.0) + weight2 * vec4(v[row2 + 4u], 0.0, 0.0, 0.0) + weight3 * vec4(v[row3 + 4u], 0.0, 0.0, 0.0);
  }
  if (query >= p.queries) { return; }
  y[own + 0u] = (sum_0 / total)[0];
  y[own + 1u] = (sum_0 / total)[1];
  y[own + 2u] = (sum_0 / total)[2];
  y[own + 3u] = (sum_0 / total)[3];
  y[own + 4u] = (sum_1 / total)[0];
  logSums[(sequence * p.heads + head) * p.queries + query] = top + log(total);
}
