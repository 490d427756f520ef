// attention gradient of k and v by blocks, heads of 5 /1, causal, 37 rows (attention)
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
var<private> weights: array<vec4<f32>, 37>;
fn gridIndex(w: vec3<u32>) -> u32 { return w.x + w.y * 65535u; }
fn liveIndex(i: u32) -> u32 { return constants[p.starts + i / p.runLength] + i % p.runLength; }
const UNIT = 5u;
@compute @workgroup_size(8)
fn main(@builtin(workgroup_id) w: vec3<u32>, @builtin(local_invocation_id) l: vec3<u32>) {
  var changes: array<vec4<f32>, 37>;
  let index = (p.first + gridIndex(w)) * 8u + l.x;
  if (index >= p.workers) { return; }
  let first = index % p.tiles * 4u;
  let head = (index / p.tiles) % p.heads;
  let sequence = liveIndex(index / p.tiles / p.heads);
  let stride = p.heads * UNIT;
  let unit = stride / p.heads; // UNIT, but no constant: a loop over pieces must not be unrolled
  let end = p.queries;
  let valid0 = first + 0u < p.tokens;
  let own0 = (sequence * p.tokens + min(first + 0u, p.tokens - 1u)) * stride + head * UNIT;
  let valid1 = first + 1u < p.tokens;
  let own1 = (sequence * p.tokens + min(first + 1u, p.tokens - 1u)) * stride + head * UNIT;
  let valid2 = first + 2u < p.tokens;
  let own2 = (sequence * p.tokens + min(first + 2u, p.tokens - 1u)) * stride + head * UNIT;
  let valid3 = first + 3u < p.tokens;
  let own3 = (sequence * p.tokens + min(first + 3u, p.tokens - 1u)) * stride + head * UNIT;
  let scalar = (sequence * p.heads + head) * p.queries;
  for (var at = 0u; at < unit; at += 1u) {
    let mine_0_0 = k[own0 + at + 0u];
    let mine_1_0 = k[own1 + at + 0u];
    let mine_2_0 = k[own2 + at + 0u];
    let mine_3_0 = k[own3 + at + 0u];
    for (var j = first; j < end; j++) {
      let other = (sequence * p.queries + j) * stride + head * UNIT;
      let theirs_0 = q[other + at + 0u];
      let dots = vec4(mine_0_0 * theirs_0,
        mine_1_0 * theirs_0,
        mine_2_0 * theirs_0,
        mine_3_0 * theirs_0);
      let known = select(weights[j], vec4<f32>(), at == 0u);
      weights[j] = known + dots;
    }
  }
  for (var at = 0u; at < unit; at += 1u) {
    let mine_0_0 = v[own0 + at + 0u];
    let mine_1_0 = v[own1 + at + 0u];
    let mine_2_0 = v[own2 + at + 0u];
    let mine_3_0 = v[own3 + at + 0u];
    for (var j = first; j < end; j++) {
      let other = (sequence * p.queries + j) * stride + head * UNIT;
      let theirs_0 = dy[other + at + 0u];
      let dots = vec4(mine_0_0 * theirs_0,
        mine_1_0 * theirs_0,
        mine_2_0 * theirs_0,
        mine_3_0 * theirs_0);
      let known = select(changes[j], vec4<f32>(), at == 0u);
      changes[j] = known + dots;
    }
  }
  for (var j = first; j < end; j++) {
    let known = scalars[scalar + j];
    let seen = vec4(first + 0u <= j, first + 1u <= j, first + 2u <= j, first + 3u <= j);
    let weight = select(vec4<f32>(), exp(p.scale * weights[j] - known.x), seen);
    weights[j] = weight;
    changes[j] = weight * (changes[j] - known.y);
  }
  for (var at = 0u; at < unit; at += 1u) {
    var sum_0_0 = f32();
    var sum_1_0 = f32();
    var sum_2_0 = f32();
    var sum_3_0 = f32();
    for (var j = first; j < end; j++) {
      let other = (sequence * p.queries + j) * stride + head * UNIT;
      let weights = changes[j];
      let theirs_0 = q[other + at + 0u];
      sum_0_0 = fma(f32(weights[0]), theirs_0, sum_0_0);
      sum_1_0 = fma(f32(weights[1]), theirs_0, sum_1_0);
      sum_2_0 = fma(f32(weights[2]), theirs_0, sum_2_0);
      sum_3_0 = fma(f32(weights[3]), theirs_0, sum_3_0);
    }
    if (valid0) {
      dk[own0 + at + 0u] = vec4(p.scale)[0] * sum_0_0;
    }
    if (valid1) {
      dk[own1 + at + 0u] = vec4(p.scale)[1] * sum_1_0;
    }
    if (valid2) {
      dk[own2 + at + 0u] = vec4(p.scale)[2] * sum_2_0;
    }
    if (valid3) {
      dk[own3 + at + 0u] = vec4(p.scale)[3] * sum_3_0;
    }
  }
  for (var at = 0u; at < unit; at += 1u) {
    var sum_0_0 = f32();
    var sum_1_0 = f32();
    var sum_2_0 = f32();
    var sum_3_0 = f32();
    for (var j = first; j < end; j++) {
      let other = (sequence * p.queries + j) * stride + head * UNIT;
      let weights = weights[j];
      let theirs_0 = dy[other + at + 0u];
      sum_0_0 = fma(f32(weights[0]), theirs_0, sum_0_0);
      sum_1_0 = fma(f32(weights[1]), theirs_0, sum_1_0);
      sum_2_0 = fma(f32(weights[2]), theirs_0, sum_2_0);
      sum_3_0 = fma(f32(weights[3]), theirs_0, sum_3_0);
    }
    if (valid0) {
      dv[own0 + at + 0u] = vec4(1.0)[0] * sum_0_0;
    }
    if (valid1) {
      dv[own1 + at + 0u] = vec4(1.0)[1] * sum_1_0;
    }
    if (valid2) {
      dv[own2 + at + 0u] = vec4(1.0)[2] * sum_2_0;
    }
    if (valid3) {
      dv[own3 + at + 0u] = vec4(1.0)[3] * sum_3_0;
    }
  }
}
