// attention gradient of k and v, heads of 64 /4, by 4 threads, 64 threads (attention)
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
@group(0) @binding(6) var<storage, read> scalars: array<vec2<f32>>;
@group(0) @binding(7) var<storage, read_write> dk: array<vec4<f32>>;
@group(0) @binding(8) var<storage, read_write> dv: array<vec4<f32>>;
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
  let key = tile * THREADS / 4u + l.x / 4u;
  let own = (sequence * p.tokens + min(key, p.tokens - 1u)) * stride + head * UNIT + l.x % 4u * 4u;
  let queries = sequence * p.queries * stride + head * UNIT + l.x % 4u * 4u;
  let scalar = (sequence * p.heads + head) * p.queries;
  let k_0 = p.scale * k[own + 0u];
  let k_1 = p.scale * k[own + 1u];
  let k_2 = p.scale * k[own + 2u];
  let k_3 = p.scale * k[own + 3u];
  let v_0 = v[own + 0u];
  let v_1 = v[own + 1u];
  let v_2 = v[own + 2u];
  let v_3 = v[own + 3u];
  var dk_0 = vec4<f32>();
  var dk_1 = vec4<f32>();
  var dk_2 = vec4<f32>();
  var dk_3 = vec4<f32>();
  var dv_0 = vec4<f32>();
  var dv_1 = vec4<f32>();
  var dv_2 = vec4<f32>();
  var dv_3 = vec4<f32>();
  for (var j = 0u; j < p.queries; j += 1u) {
    let row0 = queries + min(j + 0u, p.queries - 1u) * stride;
    let q_0 = q[row0 + 0u];
    let q_1 = q[row0 + 1u];
    let q_2 = q[row0 + 2u];
    let q_3 = q[row0 + 3u];
    let dy_0 = dy[row0 + 0u];
    let dy_1 = dy[row0 + 1u];
    let dy_2 = dy[row0 + 2u];
    let dy_3 = dy[row0 + 3u];
    let score_part_4 = k_0 * q_0 + k_1 * q_1 + k_2 * q_2 + k_3 * q_3;
    let score_part = (score_part_4.x + score_part_4.y) + (score_part_4.z + score_part_4.w);
    let dp_part_4 = v_0 * dy_0 + v_1 * dy_1 + v_2 * dy_2 + v_3 * dy_3;
    let dp_part = (dp_part_4.x + dp_part_4.y) + (dp_part_4.z + dp_part_4.w);
    let score_totals = sumOfThreads(vec2(score_part, dp_part), l.x);
    let score = score_totals[0];
    let dp = score_totals[1];
    let known = scalars[scalar + j];
    let weight = exp(score - known.x);
    let slope = weight * (dp - known.y);
    dk_0 = dk_0 + slope * q_0;
    dk_1 = dk_1 + slope * q_1;
    dk_2 = dk_2 + slope * q_2;
    dk_3 = dk_3 + slope * q_3;
    dv_0 = dv_0 + weight * dy_0;
    dv_1 = dv_1 + weight * dy_1;
    dv_2 = dv_2 + weight * dy_2;
    dv_3 = dv_3 + weight * dy_3;
  }
  if (key >= p.tokens) { return; }
  dk[own + 0u] = p.scale * dk_0;
  dk[own + 1u] = p.scale * dk_1;
  dk[own + 2u] = p.scale * dk_2;
  dk[own + 3u] = p.scale * dk_3;
  dv[own + 0u] = dv_0;
  dv[own + 1u] = dv_1;
  dv[own + 2u] = dv_2;
  dv[own + 3u] = dv_3;
}
