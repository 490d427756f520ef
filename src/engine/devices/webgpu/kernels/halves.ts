/**
 * WGSL that reads frozen weights: float32, or float16 with sums in float32. Where a GPU has no float16 (`shader-f16`), halves are unpacked from words of
 * two. Both ways give the same numbers: a half is a float32, and the host stores none that a GPU might take for zero (precision.ts).
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

/** A tensor of weights that is read as it is or, if it holds halves, unpacked: for kernels that read few of them. */
export const weightsTensor = (name: string, half: boolean, width: Width): TensorBinding => ({
  name,
  access: 'read',
  element: half ? (width === 4 ? 'vec2<u32>' : 'u32') : elementOf(width),
});

/** Element i of such a tensor, as f32 or vec4<f32>. */
export function weightAt(name: string, half: boolean, width: Width, i: string): string {
  if (!half) return `${name}[${i}]`;
  return width === 4 ? `unpacked(${name}[${i}])` : `unpack2x16float(${name}[(${i}) / 2u])[(${i}) % 2u]`;
}

/** Names a variant. */
export const halvesName = (halves: Halves): string =>
  halves === 'f16' ? ', f16' : halves === 'packed' ? ', packed f16' : '';
