// resize images, 64 threads of 4 (gather)
struct Parameters {
  count: u32,
  before: u32,
  after: u32,
  inner: u32,
  stride: u32,
}
@group(0) @binding(0) var<uniform> p: Parameters;
@group(0) @binding(1) var<storage, read> constants: array<u32>;
@group(0) @binding(2) var<storage, read> source: array<u32>;
@group(0) @binding(3) var<storage, read> taps: array<u32>;
@group(0) @binding(4) var<storage, read_write> result: array<u32>;
fn channels(word: u32) -> vec3<u32> { return vec3(word, word >> 8u, word >> 16u) & vec3(255u); }
fn packed(rgb: vec3<u32>) -> u32 { return rgb.x | (rgb.y << 8u) | (rgb.z << 16u); }
fn gridIndex(w: vec3<u32>) -> u32 { return w.x + w.y * 65535u; }
@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) w: vec3<u32>, @builtin(local_invocation_id) l: vec3<u32>) {
  let first = gridIndex(w) * 256u + l.x;
  let end = min(p.count, first + 256u);
  for (var i = first; i < end; i += 64u) {
    let column = i % p.inner;
    let tap = i / p.inner % p.after * p.stride;
    let first = i / p.inner / p.after * p.before + taps[tap];
    var sum = vec3(2097152);
    for (var k = 0u; k < taps[tap + 1u]; k++) {
      sum += vec3<i32>(channels(source[(first + k) * p.inner + column])) * bitcast<i32>(taps[tap + 2u + k]);
    }
    result[i] = packed(vec3<u32>(clamp(sum >> vec3(22u), vec3(0), vec3(255))));
  }
}
