// attention by blocks, heads of 5 /1, causal, 37 rows (attention)
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
var<private> weights: array<vec4<f32>, 37>;
fn gridIndex(w: vec3<u32>) -> u32 { return w.x + w.y * 65535u; }
fn liveIndex(i: u32) -> u32 { return constants[p.starts + i / p.runLength] + i % p.runLength; }
const UNIT = 5u;
@compute @workgroup_size(8)
fn main(@builtin(workgroup_id) w: vec3<u32>, @builtin(local_invocation_id) l: vec3<u32>) {
  let index = (p.first + gridIndex(w)) * 8u + l.x;
  if (index >= p.workers) { return; }
  let first = index % p.tiles * 4u;
  let head = (index / p.tiles) % p.heads;
  let sequence = liveIndex(index / p.tiles / p.heads);
  let stride = p.heads * UNIT;
  let unit = stride / p.heads; // UNIT, but no constant: a loop over pieces must not be unrolled
  let end = min(first + 4u, p.tokens);
  let valid0 = first + 0u < p.queries;
  let own0 = (sequence * p.queries + min(first + 0u, p.queries - 1u)) * stride + head * UNIT;
  let valid1 = first + 1u < p.queries;
  let own1 = (sequence * p.queries + min(first + 1u, p.queries - 1u)) * stride + head * UNIT;
  let valid2 = first + 2u < p.queries;
  let own2 = (sequence * p.queries + min(first + 2u, p.queries - 1u)) * stride + head * UNIT;
  let valid3 = first + 3u < p.queries;
  let own3 = (sequence * p.queries + min(first + 3u, p.queries - 1u)) * stride + head * UNIT;
  let scalar = (sequence * p.heads + head) * p.queries;
  for (var at = 0u; at < unit; at += 1u) {
    let mine_0_0 = q[own0 + at + 0u];
    let mine_1_0 = q[own1 + at + 0u];
    let mine_2_0 = q[own2 + at + 0u];
    let mine_3_0 = q[own3 + at + 0u];
    for (var j = 0u; j < end; j++) {
      let other = (sequence * p.tokens + j) * stride + head * UNIT;
      let theirs_0 = k[other + at + 0u];
      let dots = vec4(mine_0_0 * theirs_0,
        mine_1_0 * theirs_0,
        mine_2_0 * theirs_0,
        mine_3_0 * theirs_0);
      let known = select(weights[j], vec4<f32>(), at == 0u);
      weights[j] = known + dots;
    }
  }
  var top = vec4(-3.0e38);
  for (var j = 0u; j < end; j++) {
    let seen = vec4(j <= first + 0u, j <= first + 1u, j <= first + 2u, j <= first + 3u); top = max(top, select(vec4(-3.0e38), weights[j], seen));
  }
  var total = vec4<f32>();
  for (var j = 0u; j < end; j++) {
    let seen = vec4(j <= first + 0u, j <= first + 1u, j <= first + 2u, j <= first + 3u);
    let weight = select(vec4<f32>(), exp(p.scale * (weights[j] - top)), seen);
    weights[j] = weight;
    total += weight;
  }
  let inverse = 1.0 / total;
  for (var at = 0u; at < unit; at += 1u) {
    var sum_0_0 = f32();
    var sum_1_0 = f32();
    var sum_2_0 = f32();
    var sum_3_0 = f32();
    for (var j = 0u; j < end; j++) {
      let other = (sequence * p.tokens + j) * stride + head * UNIT;
      let weights = weights[j];
      let theirs_0 = v[other + at + 0u];
      sum_0_0 = fma(f32(weights[0]), theirs_0, sum_0_0);
      sum_1_0 = fma(f32(weights[1]), theirs_0, sum_1_0);
      sum_2_0 = fma(f32(weights[2]), theirs_0, sum_2_0);
      sum_3_0 = fma(f32(weights[3]), theirs_0, sum_3_0);
    }
    if (valid0) {
      y[own0 + at + 0u] = inverse[0] * sum_0_0;
    }
    if (valid1) {
      y[own1 + at + 0u] = inverse[1] * sum_1_0;
    }
    if (valid2) {
      y[own2 + at + 0u] = inverse[2] * sum_2_0;
    }
    if (valid3) {
      y[own3 + at + 0u] = inverse[3] * sum_3_0;
    }
  }
}
