/**
 * WGSL that reads frozen weights: float32, or float16 with sums in float32. Where a GPU has no float16 (`shader-f16`), halves are unpacked from words of
 * two. Both ways give the same numbers: a half is a float32, and none is stored that a GPU might take for zero (precision.ts).
 *
 * What a step keeps for its backward as halves is written here too. It is always read from words of two: every WebGPU can, and it is as many bytes.
 */
import type { TensorBinding } from '../kernel.ts';
import { elementOf, type Width } from './elements.ts';

/** How halves are read; false: the weights are float32. */
export type Halves = false | 'f16' | 'packed';

/** Four weights in memory. */
export const weightsElement = (halves: Halves): TensorBinding['element'] =>
  halves === 'f16' ? 'vec4<f16>' : halves === 'packed' ? 'vec2<u32>' : 'vec4<f32>';

/** What makes a vec4<f32> of four weights in memory. */
export const weightsFrom = (halves: Halves): string => (halves === 'packed' ? 'unpacked' : 'vec4<f32>');

export const halvesDirective = (halves: Halves): string => (halves === 'f16' ? 'enable f16;' : '');

/** Declarations that `weightsFrom` and `weightAt` need. */
export const halvesFunctions = (halves: Halves): string =>
  halves === 'packed'
    ? 'fn unpacked(v: vec2<u32>) -> vec4<f32> { return vec4<f32>(unpack2x16float(v.x), unpack2x16float(v.y)); }'
    : '';

/**
 * fn packed(v): four values as halves, by the rule of halfBits (precision.ts): to the nearest, ties to even; below 2⁻¹⁴ to 0 or ±2⁻¹⁴. It is made of whole numbers,
 * because WGSL leaves open how a GPU rounds to float16. What no half can hold becomes infinite and shows in the loss.
 */
export const PACK_HALVES = `
fn packed(v: vec4<f32>) -> vec2<u32> {
  let bits = bitcast<vec4<u32>>(v);
  let size = bits & vec4<u32>(0x7fffffffu);
  let digits = (size + 0xfffu + ((size >> vec4<u32>(13u)) & vec4<u32>(1u))) >> vec4<u32>(13u);
  let small = select(vec4<u32>(), vec4<u32>(0x400u), size > vec4<u32>(0x38002000u));
  var half = select(digits - 0x1c000u, small, size < vec4<u32>(0x38800000u));
  half = select(half, vec4<u32>(0x7c00u), size >= vec4<u32>(0x477ff000u));
  half = select(half, vec4<u32>(0x7e00u), size > vec4<u32>(0x7f800000u));
  half |= (bits >> vec4<u32>(16u)) & vec4<u32>(0x8000u);
  return half.xz | (half.yw << vec2<u32>(16u));
}`;

/** Whether what a step keeps may be halves: rows are whole vectors of four. */
export const canBeHalves = (columns: number): boolean => columns % 4 === 0;

/** A tensor that is read as it is or, if it holds halves, unpacked from words of two. */
export const weightsTensor = (name: string, half: boolean, width: Width): TensorBinding => ({
  name,
  access: 'read',
  element: half ? (width === 4 ? 'vec2<u32>' : 'u32') : elementOf(width),
  ...(half && { halves: true }),
});

/** Element i of such a tensor, as f32 or vec4<f32>. */
export function weightAt(name: string, half: boolean, width: Width, i: string): string {
  if (!half) return `${name}[${i}]`;
  return width === 4 ? `unpacked(${name}[${i}])` : `unpack2x16float(${name}[(${i}) / 2u])[(${i}) % 2u]`;
}

/** Names a variant. */
export const halvesName = (halves: Halves): string =>
  halves === 'f16' ? ', f16' : halves === 'packed' ? ', packed f16' : '';
