// attention gradient of q, heads of 64 /4, by 4 threads, 64 threads (attention)
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
@group(0) @binding(2) var<storage, read> dy: array<vec4<f32>>;
@group(0) @binding(3) var<storage, read> q: array<vec4<f32>>;
@group(0) @binding(4) var<storage, read> k: array<vec4<f32>>;
@group(0) @binding(5) var<storage, read> v: array<vec4<f32>>;
@group(0) @binding(6) var<storage, read> logSums: array<f32>;
@group(0) @binding(7) var<storage, read_write> dq: array<vec4<f32>>;
@group(0) @binding(8) var<storage, read_write> scalars: array<vec2<f32>>;
fn gridIndex(w: vec3<u32>) -> u32 { return w.x + w.y * 65535u; }
fn liveIndex(i: u32) -> u32 { return constants[p.starts + i / p.runLength] + i % p.runLength; }
var<workgroup> parts: array<vec2<f32>, 128>;
var<private> half = 0u;
fn sumOfThreads(part: vec2<f32>, thread: u32) -> vec2<f32> {
  half = 64u - half;
  parts[half + thread] = part;
  workgroupBarrier();
  let first = half + thread / 4u * 4u;
  return (parts[first] + parts[first + 1u]) + (parts[first + 2u] + parts[first + 3u]);
}
const THREADS = 64u;
const UNIT = 16u;
@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) w: vec3<u32>, @builtin(local_invocation_id) l: vec3<u32>) {
  let index = p.first + gridIndex(w);
  if (index >= p.workers) { return; }
  let tile = index % p.tiles;
  let head = (index / p.tiles) % p.heads;
  let sequence = liveIndex(index / p.tiles / p.heads);
  let stride = p.heads * UNIT;
  let query = tile * THREADS / 4u + l.x / 4u;
  let last = min(query, p.queries - 1u);
  let own = (sequence * p.queries + last) * stride + head * UNIT + l.x % 4u * 4u;
  let keys = sequence * p.tokens * stride + head * UNIT + l.x % 4u * 4u;
  let scalar = (sequence * p.heads + head) * p.queries + last;
  let logSum = logSums[scalar];
  let q_0 = p.scale * q[own + 0u];
  let q_1 = p.scale * q[own + 1u];
  let q_2 = p.scale * q[own + 2u];
  let q_3 = p.scale * q[own + 3u];
  let dy_0 = dy[own + 0u];
  let dy_1 = dy[own + 1u];
  let dy_2 = dy[own + 2u];
  let dy_3 = dy[own + 3u];
  var sum_0 = vec4<f32>();
  var sum_1 = vec4<f32>();
  var sum_2 = vec4<f32>();
  var sum_3 = vec4<f32>();
  var mean_0 = vec4<f32>();
  var mean_1 = vec4<f32>();
  var mean_2 = vec4<f32>();
  var mean_3 = vec4<f32>();
  let reference_part_4 = dy_0 * v[keys + 0u] + dy_1 * v[keys + 1u] + dy_2 * v[keys + 2u] + dy_3 * v[keys + 3u];
  let reference_part = (reference_part_4.x + reference_part_4.y) + (reference_part_4.z + reference_part_4.w);
  let reference_totals = sumOfThreads(vec2(reference_part, 0.0), l.x);
  let reference = reference_totals[0];
  var delta = 0.0;
  let visible = p.tokens;
  let end = p.tokens;
  for (var j = 0u; j < end; j += 1u) {
    let row0 = keys + min(j + 0u, p.tokens - 1u) * stride;
    let k_0 = k[row0 + 0u];
    let k_1 = k[row0 + 1u];
    let k_2 = k[row0 + 2u];
    let k_3 = k[row0 + 3u];
    let score_part_4 = q_0 * k_0 + q_1 * k_1 + q_2 * k_2 + q_3 * k_3;
    let score_part = (score_part_4.x + score_part_4.y) + (score_part_4.z + score_part_4.w);
    let dp_part_4 = dy_0 * v[row0 + 0u] + dy_1 * v[row0 + 1u] + dy_2 * v[row0 + 2u] + dy_3 * v[row0 + 3u];
    let dp_part = (dp_part_4.x + dp_part_4.y) + (dp_part_4.z + dp_part_4.w);
    let score_totals = sumOfThreads(vec2(score_part, dp_part), l.x);
    let score = score_totals[0];
    let dp = score_totals[1];
    let weight = exp(score - logSum);
    let change = weight * (dp - reference);
    delta += change;
    sum_0 = sum_0 + change * k_0;
    sum_1 = sum_1 + change * k_1;
    sum_2 = sum_2 + change * k_2;
    sum_3 = sum_3 + change * k_3;
    mean_0 = mean_0 + weight * k_0;
    mean_1 = mean_1 + weight * k_1;
    mean_2 = mean_2 + weight * k_2;
    mean_3 = mean_3 + weight * k_3;
  }
  if (query >= p.queries) { return; }
  dq[own + 0u] = p.scale * (sum_0 - delta * mean_0);
  dq[own + 1u] = p.scale * (sum_1 - delta * mean_1);
  dq[own + 2u] = p.scale * (sum_2 - delta * mean_2);
  dq[own + 3u] = p.scale * (sum_3 - delta * mean_3);
  if (l.x % 4u == 0u) { scalars[scalar] = vec2(logSum, delta + reference); }
}
