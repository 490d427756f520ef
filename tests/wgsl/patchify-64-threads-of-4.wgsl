// patchify, 64 threads of 4 (gather)
struct Parameters {
  count: u32,
  side: u32,
  patchSize: u32,
}
@group(0) @binding(0) var<uniform> p: Parameters;
@group(0) @binding(1) var<storage, read> constants: array<u32>;
@group(0) @binding(2) var<storage, read> source: array<u32>;
@group(0) @binding(3) var<storage, read> table: array<f32>;
@group(0) @binding(4) var<storage, read_write> result: array<f32>;
fn channels(word: u32) -> vec3<u32> { return vec3(word, word >> 8u, word >> 16u) & vec3(255u); }
fn packed(rgb: vec3<u32>) -> u32 { return rgb.x | (rgb.y << 8u) | (rgb.z << 16u); }
fn gridIndex(w: vec3<u32>) -> u32 { return w.x + w.y * 65535u; }
@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) w: vec3<u32>, @builtin(local_invocation_id) l: vec3<u32>) {
  let first = gridIndex(w) * 256u + l.x;
  let end = min(p.count, first + 256u);
  for (var i = first; i < end; i += 64u) {
    let area = p.patchSize * p.patchSize;
    let patchIndex = i / area; // among those of all images
    let inside = i % area;
    let image = patchIndex / (p.side * p.side);
    let y = patchIndex / p.side % p.side * p.patchSize + inside / p.patchSize;
    let x = patchIndex % p.side * p.patchSize + inside % p.patchSize;
    let size = p.side * p.patchSize;
    let rgb = channels(source[(image * size + y) * size + x]);
    let at = patchIndex * 3u * area + inside;
    result[at] = table[rgb.x];
    result[at + area] = table[256u + rgb.y];
    result[at + 2u * area] = table[512u + rgb.z];
  }
}
