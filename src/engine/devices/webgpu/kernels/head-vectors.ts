/**
 * WGSL of vectors of one attention head held in registers. A vector of `size` values is written out as ⌈size / 4⌉ variables name_0,
 * name_1 … of type vec4<f32>, so that compilers keep it in registers; behind `size` they hold zeros.
 */
import { elementOf, type Width } from './elements.ts';

/** How a thread loads the values of an attention head. */
export interface HeadShape {
  /** Values of a head. */
  readonly size: number;
  /** Values per load. */
  readonly width: Width;
}

const chunks = ({ size }: HeadShape): number[] => Array.from({ length: Math.ceil(size / 4) }, (_, c) => c);

/** Array elements from one head to the next. */
export const headStride = ({ size, width }: HeadShape): number => size / width;

export const headElement = ({ width }: HeadShape) => elementOf(width);

/** The values 4c … 4c + 3 of the vector that starts at element `base` of `array`. */
export function loadChunk({ size, width }: HeadShape, array: string, base: string, c: number): string {
  if (width === 4) return `${array}[${base} + ${c}u]`;
  const values = [0, 1, 2, 3].map((k) => (4 * c + k < size ? `${array}[${base} + ${4 * c + k}u]` : '0.0'));
  return `vec4(${values.join(', ')})`;
}

/** let name = vector of values given by `chunk`. */
export const declare = (head: HeadShape, name: string, chunk: (c: number) => string): string =>
  chunks(head)
    .map((c) => `let ${name}_${c} = ${chunk(c)};`)
    .join('\n');

/** var name = 0. */
export const declareZero = (head: HeadShape, name: string): string =>
  chunks(head)
    .map((c) => `var ${name}_${c} = vec4<f32>();`)
    .join('\n');

/** name = name · factor + Σ weight · vector (no factor: name += …). `chunk` gives the parts of each vector. */
export function accumulate(
  head: HeadShape,
  name: string,
  terms: readonly { weight: string; chunk: (c: number) => string }[],
  factor?: string,
): string {
  return chunks(head)
    .map((c) => {
      const start = `${name}_${c}${factor ? ` * ${factor}` : ''}`;
      return `${name}_${c} = ${[start, ...terms.map(({ weight, chunk }) => `${weight} * ${chunk(c)}`)].join(' + ')};`;
    })
    .join('\n');
}

/** let name = a · b, the parts of b given by `chunk`. @param total what becomes of the sum over this vector: the vectors may be parts of longer ones */
export function dotProduct(
  head: HeadShape,
  name: string,
  a: string,
  chunk: (c: number) => string,
  total = (sum: string): string => sum,
): string {
  const products = chunks(head).map((c) => `${a}_${c} * ${chunk(c)}`);
  return `let ${name}_4 = ${products.join(' + ')};
let ${name} = ${total(`(${name}_4.x + ${name}_4.y) + (${name}_4.z + ${name}_4.w)`)};`;
}

/** array[base …] = vector. */
export function store(head: HeadShape, array: string, base: string, chunk: (c: number) => string): string {
  const { size, width } = head;
  return chunks(head)
    .map((c) => {
      if (width === 4) return `${array}[${base} + ${c}u] = ${chunk(c)};`;
      return [0, 1, 2, 3]
        .filter((k) => 4 * c + k < size)
        .map((k) => `${array}[${base} + ${4 * c + k}u] = (${chunk(c)})[${k}];`)
        .join('\n');
    })
    .join('\n');
}
