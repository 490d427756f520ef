/** Pieces of WGSL for kernels that treat several maps, the terms 0 … n − 1, in one dispatch. */

export const indices = (count: number): number[] => Array.from({ length: count }, (_, i) => i);

export const lines = (parts: readonly string[]): string => parts.join('\n');

/** The value of the current `term`. */
export const choose = (values: readonly string[]): string =>
  values.slice(1).reduce((rest, value, i) => `select(${rest}, ${value}, term == ${i + 1}u)`, values[0]);
