// attention gradient of k and v, heads of 5 /1, causal, 32 threads (attention)
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
  let key = tile * THREADS + l.x;
  let own = (sequence * p.tokens + min(key, p.tokens - 1u)) * stride + head * UNIT;
  let queries = sequence * p.queries * stride + head * UNIT;
  let scalar = (sequence * p.heads + head) * p.queries;
  let k_0 = p.scale * vec4(k[own + 0u], k[own + 1u], k[own + 2u], k[own + 3u]);
  let k_1 = p.scale * vec4(k[own + 4u], 0.0, 0.0, 0.0);
  let v_0 = vec4(v[own + 0u], v[own + 1u], v[own + 2u], v[own + 3u]);
  let v_1 = vec4(v[own + 4u], 0.0, 0.0, 0.0);
  var dk_0 = vec4<f32>();
  var dk_1 = vec4<f32>();
  var dv_0 = vec4<f32>();
  var dv_1 = vec4<f32>();
  for (var j = tile * THREADS; j < p.queries; j += 1u) {
    let row0 = queries + min(j + 0u, p.queries - 1u) * stride;
    let q_0 = vec4(q[row0 + 0u], q[row0 + 1u], q[row0 + 2u], q[row0 + 3u]);
    let q_1 = vec4(q[row0 + 4u], 0.0, 0.0, 0.0);
    let dy_0 = vec4(dy[row0 + 0u], dy[row0 + 1u], dy[row0 + 2u], dy[row0 + 3u]);
    let dy_1 = vec4(dy[row0 + 4u], 0.0, 0.0, 0.0);
    let score_4 = k_0 * q_0 + k_1 * q_1;
    let score = (score_4.x + score_4.y) + (score_4.z + score_4.w);
    let dp_4 = v_0 * dy_0 + v_1 * dy_1;
    let dp = (dp_4.x + dp_4.y) + (dp_4.z + dp_4.w);
    let known = scalars[scalar + j];
    let weight = select(0.0, exp(score - known.x), key <= j);
    let slope = weight * (dp - known.y);
    dk_0 = dk_0 + slope * q_0;
    dk_1 = dk_1 + slope * q_1;
    dv_0 = dv_0 + weight * dy_0;
    dv_1 = dv_1 + weight * dy_1;
  }
  if (key >= p.tokens) { return; }
  dk[own + 0u] = (p.scale * dk_0)[0];
  dk[own + 1u] = (p.scale * dk_0)[1];
  dk[own + 2u] = (p.scale * dk_0)[2];
  dk[own + 3u] = (p.scale * dk_0)[3];
  dk[own + 4u] = (p.scale * dk_1)[0];
  dv[own + 0u] = (dv_0)[0];
  dv[own + 1u] = (dv_0)[1];
  dv[own + 2u] = (dv_0)[2];
  dv[own + 3u] = (dv_0)[3];
  dv[own + 4u] = (dv_1)[0];
}
