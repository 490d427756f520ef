/**
 * A compute shader as data, with the conventions all kernels share.
 *
 * Bind group 0. Binding 0: the uniform block `p` with the fields of the kernel, at a dynamic offset. Binding 1: `constants`, an
 * array<u32> that holds the small arrays of the whole submission (slots, labels, indices); a field that was given an array holds its
 * offset in words. Bindings 2 …: the tensors. WebGPU forbids one buffer to be bound for reading and for writing in the same dispatch.
 */

import type { KernelKind } from '../../gpu-inspector.ts';

export type FieldType = 'u32' | 'i32' | 'f32';

/** A tensor as the shader sees it. */
export interface TensorBinding {
  readonly name: string;
  readonly access: 'read' | 'read_write';
  /** Words hold two halves each; absent: they hold what `element` says. */
  readonly halves?: true;
  /** Element of the array: `f32` or `vec4<f32>` (then the column count must be a multiple of 4). */
  readonly element: 'f32' | 'vec2<f32>' | 'vec4<f32>' | 'u32' | 'vec2<u32>' | 'vec4<u32>' | 'f16' | 'vec4<f16>';
}

/** Made by defineKernel, once per key (kernelOf). */
export interface Kernel {
  /** Unique: names the shader and everything baked into its code. Also the label in error messages. */
  readonly key: string;
  readonly kind: KernelKind;
  readonly fields: readonly (readonly [name: string, type: FieldType])[];
  /** Per field, whether it is f32: the others take the bits of an integer. */
  readonly floats: readonly boolean[];
  readonly tensors: readonly TensorBinding[];
  /** The complete WGSL, with entry point `main`. */
  readonly code: string;
}

export interface KernelSource {
  readonly key: string;
  readonly kind: KernelKind;
  readonly fields: readonly (readonly [name: string, type: FieldType])[];
  readonly tensors: readonly TensorBinding[];
  /** `enable f16;` and the like. */
  readonly directives?: string;
  /** Everything below the declarations. */
  readonly body: string;
}

/** Adds the declarations that follow from fields and tensors. */
export function defineKernel({ key, kind, fields, tensors, directives = '', body }: KernelSource): Kernel {
  const members = fields.map(([name, type]) => `  ${name}: ${type},`).join('\n');
  const variables = tensors.map(
    ({ name, access, element }, i) =>
      `@group(0) @binding(${i + 2}) var<storage, ${access}> ${name}: array<${element}>;`,
  );
  const code = `${directives}
struct Parameters {
${members}
}
@group(0) @binding(0) var<uniform> p: Parameters;
@group(0) @binding(1) var<storage, read> constants: array<u32>;
${variables.join('\n')}
${body}`;
  return { key, kind, fields, floats: fields.map(([, type]) => type === 'f32'), tensors, code };
}

const cache = new Map<string, Kernel>();

/** One Kernel object per key, so that pipelines can be found by identity and code is generated once. */
export function kernelOf(key: string, make: (key: string) => Kernel): Kernel {
  let kernel = cache.get(key);
  if (!kernel) {
    kernel = make(key);
    cache.set(key, kernel);
  }
  return kernel;
}

/** Kernels of a family by a number that stands for their variant: to put a key together costs more than the rest of a dispatch. */
export class NumberedKernels {
  private readonly known = new Map<number, Kernel>();

  get(number: number, make: () => Kernel): Kernel {
    let kernel = this.known.get(number);
    if (!kernel) this.known.set(number, (kernel = make()));
    return kernel;
  }
}
