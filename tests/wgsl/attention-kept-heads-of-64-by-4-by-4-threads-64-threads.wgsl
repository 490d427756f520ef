// attention kept, heads of 64 /4, by 4 threads, 64 threads (attention)
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
@group(0) @binding(2) var<storage, read> q: array<vec4<f32>>;
@group(0) @binding(3) var<storage, read> k: array<vec4<f32>>;
@group(0) @binding(4) var<storage, read> v: array<vec4<f32>>;
@group(0) @binding(5) var<storage, read_write> y: array<vec4<f32>>;
@group(0) @binding(6) var<storage, read_write> logSums: array<f32>;
fn gridIndex(w: vec3<u32>) -> u32 { return w.x + w.y * 65535u; }
fn liveIndex(i: u32) -> u32 { return constants[p.starts + i / p.runLength] + i % p.runLength; }
var<workgroup> parts: array<vec4<f32>, 128>;
var<private> half = 0u;
fn sumOfThreads(part: vec4<f32>, thread: u32) -> vec4<f32> {
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
  let row = sequence * p.queries + min(query, p.queries - 1u);
  let own = row * stride + head * UNIT + l.x % 4u * 4u;
  let keys = sequence * p.tokens * stride + head * UNIT + l.x % 4u * 4u;
  let q_0 = p.scale * q[own + 0u];
  let q_1 = p.scale * q[own + 1u];
  let q_2 = p.scale * q[own + 2u];
  let q_3 = p.scale * q[own + 3u];
  var sum_0 = vec4<f32>();
  var sum_1 = vec4<f32>();
  var sum_2 = vec4<f32>();
  var sum_3 = vec4<f32>();
  var top = -3.0e38;
  var total = 0.0;
  let visible = p.tokens;
  let end = p.tokens;
  for (var j = 0u; j < end; j += 4u) {
    let row0 = keys + min(j + 0u, p.tokens - 1u) * stride;
    let row1 = keys + min(j + 1u, p.tokens - 1u) * stride;
    let row2 = keys + min(j + 2u, p.tokens - 1u) * stride;
    let row3 = keys + min(j + 3u, p.tokens - 1u) * stride;
    let dot0_part_4 = q_0 * k[row0 + 0u] + q_1 * k[row0 + 1u] + q_2 * k[row0 + 2u] + q_3 * k[row0 + 3u];
    let dot0_part = (dot0_part_4.x + dot0_part_4.y) + (dot0_part_4.z + dot0_part_4.w);
    let dot1_part_4 = q_0 * k[row1 + 0u] + q_1 * k[row1 + 1u] + q_2 * k[row1 + 2u] + q_3 * k[row1 + 3u];
    let dot1_part = (dot1_part_4.x + dot1_part_4.y) + (dot1_part_4.z + dot1_part_4.w);
    let dot2_part_4 = q_0 * k[row2 + 0u] + q_1 * k[row2 + 1u] + q_2 * k[row2 + 2u] + q_3 * k[row2 + 3u];
    let dot2_part = (dot2_part_4.x + dot2_part_4.y) + (dot2_part_4.z + dot2_part_4.w);
    let dot3_part_4 = q_0 * k[row3 + 0u] + q_1 * k[row3 + 1u] + q_2 * k[row3 + 2u] + q_3 * k[row3 + 3u];
    let dot3_part = (dot3_part_4.x + dot3_part_4.y) + (dot3_part_4.z + dot3_part_4.w);
    let dot0_totals = sumOfThreads(vec4(dot0_part, dot1_part, dot2_part, dot3_part), l.x);
    let dot0 = dot0_totals[0];
    let dot1 = dot0_totals[1];
    let dot2 = dot0_totals[2];
    let dot3 = dot0_totals[3];
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
    sum_0 = sum_0 * shrink + weight0 * v[row0 + 0u] + weight1 * v[row1 + 0u] + weight2 * v[row2 + 0u] + weight3 * v[row3 + 0u];
    sum_1 = sum_1 * shrink + weight0 * v[row0 + 1u] + weight1 * v[row1 + 1u] + weight2 * v[row2 + 1u] + weight3 * v[row3 + 1u];
    sum_2 = sum_2 * shrink + weight0 * v[row0 + 2u] + weight1 * v[row1 + 2u] + weight2 * v[row2 + 2u] + weight3 * v[row3 + 2u];
    sum_3 = sum_3 * shrink + weight0 * v[row0 + 3u] + weight1 * v[row1 + 3u] + weight2 * v[row2 + 3u] + weight3 * v[row3 + 3u];
  }
  if (query >= p.queries) { return; }
  y[own + 0u] = sum_0 / total;
  y[own + 1u] = sum_1 / total;
  y[own + 2u] = sum_2 / total;
  y[own + 3u] = sum_3 / total;
  if (l.x % 4u == 0u) { logSums[(sequence * p.heads + head) * p.queries + query] = top + log(total); }
}
