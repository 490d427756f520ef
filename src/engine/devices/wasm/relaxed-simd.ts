/**
 * Whether WebAssembly has relaxed SIMD here (WebAssembly 3.0; Chrome 114, Firefox 145, Node 21), from which the kernels use the fused
 * multiply-add. Its sums differ in their last bits from those of plain SIMD.
 */

/** (module (func (param v128 v128 v128) (result v128) (f32x4.relaxed_madd (local.get 0) (local.get 1) (local.get 2)))) */
const PROBE = Uint8Array.of(
  ...[0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00],
  ...[0x01, 0x08, 0x01, 0x60, 0x03, 0x7b, 0x7b, 0x7b, 0x01, 0x7b], // type
  ...[0x03, 0x02, 0x01, 0x00], // function
  ...[0x0a, 0x0d, 0x01, 0x0b, 0x00, 0x20, 0x00, 0x20, 0x01, 0x20, 0x02, 0xfd, 0x85, 0x02, 0x0b], // code
);

/** Whether this machine can load the builds with relaxed SIMD. */
export const hasRelaxedSimd = (): boolean => WebAssembly.validate(PROBE);
