// root of partial sums (optimizer)
struct Parameters {
  cols: u32,
  parts: u32,
  perPart: u32,
  count: u32,
}
@group(0) @binding(0) var<uniform> p: Parameters;
@group(0) @binding(1) var<storage, read> constants: array<u32>;
@group(0) @binding(2) var<storage, read> x: array<f32>;
@group(0) @binding(3) var<storage, read_write> result: array<f32>;
fn gridIndex(w: vec3<u32>) -> u32 { return w.x + w.y * 65535u; }
var<workgroup> partialSums: array<f32, 256>;
@compute @workgroup_size(256)
fn main(@builtin(workgroup_id) w: vec3<u32>, @builtin(local_invocation_id) l: vec3<u32>) {
  let part = gridIndex(w);
  if (part >= p.count) { return; } // of the whole workgroup
  let row = part / p.parts;
  let first = (part - row * p.parts) * p.perPart;
  let end = row * p.cols + min(p.cols, first + p.perPart);
  var sum = 0.0;
  for (var i = row * p.cols + first + l.x; i < end; i += 256u) { sum += x[i]; }
  partialSums[l.x] = sum;
  workgroupBarrier();
  if (l.x < 16u) {
    for (var k = 16u; k < 256u; k += 16u) { sum += partialSums[k + l.x]; }
  }
  workgroupBarrier();
  partialSums[l.x] = sum;
  workgroupBarrier();
  if (l.x == 0u) {
    for (var k = 1u; k < 16u; k++) { sum += partialSums[k]; }
    result[part] = sqrt(sum);
  }
}
