// attention gradient of q, heads of 5 /1, causal, 32 threads (attention)
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
  let last = min(query, p.queries - 1u);
  let own = (sequence * p.queries + last) * stride + head * UNIT;
  let keys = sequence * p.tokens * stride + head * UNIT;
  let scalar = (sequence * p.heads + head) * p.queries + last;
  let logSum = logSums[scalar];
  let q_0 = p.scale * vec4(q[own + 0u], q[own + 1u], q[own + 2u], q[own + 3u]);
  let q_1 = p.scale * vec4(q[own + 4u], 0.0, 0.0, 0.0);
  let dy_0 = vec4(dy[own + 0u], dy[own + 1u], dy[own + 2u], dy[own + 3u]);
  let dy_1 = vec4(dy[own + 4u], 0.0, 0.0, 0.0);
  var sum_0 = vec4<f32>();
  var sum_1 = vec4<f32>();
  var mean_0 = vec4<f32>();
  var mean_1 = vec4<f32>();
  let reference_4 = dy_0 * vec4(v[keys + 0u], v[keys + 1u], v[keys + 2u], v[keys + 3u]) + dy_1 * vec4(v[keys + 4u], 0.0, 0.0, 0.0);
  let reference = (reference_4.x + reference_4.y) + (reference_4.z + reference_4.w);
  var delta = 0.0;
  let visible = min(query + 1u, p.tokens);
  let end = min((tile + 1u) * THREADS, p.tokens);
  for (var j = 0u; j < end; j += 1u) {
    let row0 = keys + min(j + 0u, p.tokens - 1u) * stride;
    let k_0 = vec4(k[row0 + 0u], k[row0 + 1u], k[row0 + 2u], k[row0 + 3u]);
    let k_1 = vec4(k[row0 + 4u], 0.0, 0.0, 0.0);
    let score_4 = q_0 * k_0 + q_1 * k_1;
    let score = (score_4.x + score_4.y) + (score_4.z + score_4.w);
    let dp_4 = dy_0 * vec4(v[row0 + 0u], v[row0 + 1u], v[row0 + 2u], v[row0 + 3u]) + dy_1 * vec4(v[row0 + 4u], 0.0, 0.0, 0.0);
    let dp = (dp_4.x + dp_4.y) + (dp_4.z + dp_4.w);
    let weight = select(0.0, exp(score - logSum), j < visible);
    let change = weight * (dp - reference);
    delta += change;
    sum_0 = sum_0 + change * k_0;
    sum_1 = sum_1 + change * k_1;
    mean_0 = mean_0 + weight * k_0;
    mean_1 = mean_1 + weight * k_1;
  }
  if (query >= p.queries) { return; }
  dq[own + 0u] = (p.scale * (sum_0 - delta * mean_0))[0];
  dq[own + 1u] = (p.scale * (sum_0 - delta * mean_0))[1];
  dq[own + 2u] = (p.scale * (sum_0 - delta * mean_0))[2];
  dq[own + 3u] = (p.scale * (sum_0 - delta * mean_0))[3];
  dq[own + 4u] = (p.scale * (sum_1 - delta * mean_1))[0];
  scalars[scalar] = vec2(logSum, delta + reference);
}
