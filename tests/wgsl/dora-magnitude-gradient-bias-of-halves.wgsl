// DoRA magnitude gradient, bias of halves (lora)
struct Parameters {
  entries: u32,
  list: u32,
  rows: u32,
  cols: u32,
  size: u32,
  offset: u32,
  biasOffset: u32,
}
@group(0) @binding(0) var<uniform> p: Parameters;
@group(0) @binding(1) var<storage, read> constants: array<u32>;
@group(0) @binding(2) var<storage, read> dy: array<f32>;
@group(0) @binding(3) var<storage, read> z: array<f32>;
@group(0) @binding(4) var<storage, read> scales: array<f32>;
@group(0) @binding(5) var<storage, read> bias: array<u32>;
@group(0) @binding(6) var<storage, read_write> gradients: array<f32>;
const COLUMNS = 16u;
const PARTS = 16u;
var<workgroup> partialSums: array<f32, 256>;
@compute @workgroup_size(256)
fn main(@builtin(workgroup_id) w: vec3<u32>, @builtin(local_invocation_id) l: vec3<u32>) {
  let entry = p.entries + 4u * w.y;
  let slot = constants[entry + 1u];
  let first = p.list + constants[entry + 2u];
  let number = constants[entry + 3u];
  let part = l.x / COLUMNS;
  let o = w.x * COLUMNS + l.x % COLUMNS;
  let end = select(0u, p.rows, o < p.cols);
  let b = unpack2x16float(bias[(p.biasOffset + min(o, p.cols - 1u)) / 2u])[(p.biasOffset + min(o, p.cols - 1u)) % 2u];
  var sum = 0.0;
  for (var n = 0u; n < number; n++) {
    let start = constants[first + n] * p.rows;
    for (var r = part; r < end; r += PARTS) {
      let at = (start + r) * p.cols + o;
      sum += dy[at] * (z[at] - b);
    }
  }
  partialSums[l.x] = sum;
  workgroupBarrier();
  if (part != 0u || o >= p.cols) { return; }
  for (var k = 1u; k < PARTS; k++) { sum += partialSums[k * COLUMNS + l.x]; }
  gradients[slot * p.size + p.offset + o] += sum * scales[(2u * slot + 1u) * p.cols + o];
}
