// scatter rows ×4, 64 threads of 4 (gather)
struct Parameters {
  count: u32,
  cols: u32,
  starts: u32,
  list: u32,
}
@group(0) @binding(0) var<uniform> p: Parameters;
@group(0) @binding(1) var<storage, read> constants: array<u32>;
@group(0) @binding(2) var<storage, read> x: array<vec4<f32>>;
@group(0) @binding(3) var<storage, read_write> result: array<vec4<f32>>;
fn gridIndex(w: vec3<u32>) -> u32 { return w.x + w.y * 65535u; }
@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) w: vec3<u32>, @builtin(local_invocation_id) l: vec3<u32>) {
  let first = gridIndex(w) * 256u + l.x;
  let end = min(p.count, first + 256u);
  for (var i = first; i < end; i += 64u) {
    let r = i / p.cols;
    let c = i - r * p.cols;
    var sum = vec4<f32>();
    for (var k = constants[p.starts + r]; k < constants[p.starts + r + 1u]; k++) {
      sum += x[constants[p.list + k] * p.cols + c];
    }
    result[i] = sum;
  }
}
