// augment images, 64 threads of 4 (gather)
struct Parameters {
  count: u32,
  size: u32,
  index: u32,
  augmentation: u32,
}
@group(0) @binding(0) var<uniform> p: Parameters;
@group(0) @binding(1) var<storage, read> constants: array<u32>;
@group(0) @binding(2) var<storage, read> images: array<u32>;
@group(0) @binding(3) var<storage, read_write> result: array<u32>;
fn channels(word: u32) -> vec3<u32> { return vec3(word, word >> 8u, word >> 16u) & vec3(255u); }
fn packed(rgb: vec3<u32>) -> u32 { return rgb.x | (rgb.y << 8u) | (rgb.z << 16u); }
fn texel(first: u32, x: i32, y: i32) -> vec3<f32> {
  let size = i32(p.size);
  let inside = x >= 0 && x < size && y >= 0 && y < size;
  return vec3<f32>(channels(images[select(first, first + 1u + u32(y * size + x), inside)]));
}
fn value(at: u32) -> f32 { return bitcast<f32>(constants[at]); }
fn gridIndex(w: vec3<u32>) -> u32 { return w.x + w.y * 65535u; }
@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) w: vec3<u32>, @builtin(local_invocation_id) l: vec3<u32>) {
  let first = gridIndex(w) * 256u + l.x;
  let end = min(p.count, first + 256u);
  for (var i = first; i < end; i += 64u) {
    let area = p.size * p.size;
    let image = i / area;
    let first = constants[p.index + image] * (area + 1u);
    let at = p.augmentation + image * 8u;
    let turn = vec2(value(at), value(at + 1u));
    let centre = 0.5 * (f32(p.size) - 1.0);
    let d = vec2(f32(i % p.size), f32(i % area / p.size)) - centre - vec2(value(at + 2u), value(at + 3u));
    let source = vec2(turn.x * d.x + turn.y * d.y, turn.x * d.y - turn.y * d.x) + centre + 1.0;
    let place = clamp(source, vec2(0.0), vec2(f32(p.size) + 1.0));
    let corner = floor(place);
    let f = place - corner;
    let x = i32(corner.x) - 1;
    let y = i32(corner.y) - 1;
    let upper = mix(texel(first, x, y), texel(first, x + 1, y), f.x);
    let lower = mix(texel(first, x, y + 1), texel(first, x + 1, y + 1), f.x);
    var rgb = mix(upper, lower, f.y) * vec3(value(at + 4u), value(at + 5u), value(at + 6u));
    if (value(at + 7u) > 0.5) { rgb = vec3(dot(rgb, vec3(0.299, 0.587, 0.114))); }
    result[i] = packed(vec3<u32>(min(rgb + 0.5, vec3(255.0))));
  }
}
