/** Linear maps with LoRA: single operations of the Device contract, and the fused ones. */
import type { FusedOperations, Groups, LinearsBackward, LinearTerm } from '../../../device.ts';
import { expectShape, memoryOf, type GpuTensor } from '../gpu-tensor.ts';
import { MAX_TERMS } from '../kernels/matmul-variant.ts';
import type { Runtime } from '../runtime.ts';
import { matrixOf, type GpuLinear } from './linear-matrix.ts';
import { factorGradients, project } from './lora.ts';
import { chunks, loraTerms, rowsOf, type GpuLora } from './lora-terms.ts';
import { multiply, type Product } from './matmul.ts';

export { createLinear, freeLinear, type GpuLinear } from './linear-matrix.ts';

type DeviceTerm = LinearTerm<GpuTensor>;

/** Outputs of up to three maps whose LoRA goes together, and what the activation keeps. */
function forward(
  runtime: Runtime,
  x: GpuTensor,
  terms: readonly DeviceTerm[],
  groups: Groups,
  residual: GpuTensor | null,
  activation: Product['activation'],
): GpuTensor[] {
  const maps = terms.map(({ map }) => map as GpuLinear);
  const rows = rowsOf(groups);
  for (const map of maps) expectShape(x, rows, map.inFeatures, 'linear x');
  if (residual) expectShape(residual, rows, maps[0].outFeatures, 'linear residual');
  memoryOf(x);
  const matrix = matrixOf(runtime, maps, 'forward');
  const lora = loraTerms(terms, groups);
  const projected = lora && project(runtime, x, null, lora, groups).u;
  const results = multiply(runtime, {
    direction: 'forward',
    inputs: [x],
    outputs: maps.map(({ outFeatures }) => outFeatures),
    matrix,
    groups,
    lora: lora && projected && { terms: lora, projected },
    add: residual && { tensor: residual, consume: false },
    activation,
  });
  if (projected) runtime.free(projected);
  return results;
}

export function applyLinear(
  runtime: Runtime,
  x: GpuTensor,
  map: GpuLinear,
  groups: Groups,
  lora: GpuLora | null,
  residual: GpuTensor | null,
): GpuTensor {
  return forward(runtime, x, [{ map, lora }], groups, residual, null)[0];
}

/**
 * Backward of maps of one input: the gradients of their LoRA when x and `gradients` are given, and dx unless `input` is null. At most three
 * dispatches for up to three maps.
 */
function backward(
  runtime: Runtime,
  terms: readonly (DeviceTerm & { readonly dy: GpuTensor })[],
  groups: Groups,
  x: GpuTensor | null,
  gradients: GpuTensor | null,
  input: LinearsBackward<GpuTensor>['input'],
): GpuTensor | null {
  const rows = rowsOf(groups);
  for (const { dy, map } of terms) {
    expectShape(dy, rows, map.outFeatures, 'linear dy');
    if (x) expectShape(x, rows, map.inFeatures, 'linear x');
  }
  // With an activation the last dispatch also reads the hidden values: one binding less is left for dy.
  const parts = chunks(terms, input?.activation ? MAX_TERMS - 1 : MAX_TERMS);
  let dx = input?.accumulate ?? null;
  parts.forEach((part, index) => {
    const dys = part.map(({ dy }) => dy);
    const lora = loraTerms(part, groups);
    const projected = lora && project(runtime, gradients && x, dys, lora, groups);
    if (lora && gradients && x && projected?.u && projected.v) {
      const { u, v } = projected;
      expectShape(gradients, lora.params.rows, lora.params.cols, 'LoRA gradients');
      factorGradients(runtime, x, dys, { u, v }, lora, groups, gradients);
    }
    if (input) {
      const { inFeatures } = part[0].map;
      const hidden = index === parts.length - 1 ? input.activation : null;
      if (dx) expectShape(dx, rows, inFeatures, 'linear accumulate');
      if (hidden) expectShape(hidden.hidden, rows, inFeatures, 'linear hidden');
      [dx] = multiply(runtime, {
        direction: 'backward',
        inputs: dys,
        outputs: [inFeatures],
        matrix: matrixOf(
          runtime,
          part.map(({ map }) => map as GpuLinear),
          'backward',
        ),
        groups,
        lora: lora && projected?.v ? { terms: lora, projected: projected.v } : null,
        add: dx && { tensor: dx, consume: true },
        activation: hidden && { ...hidden, use: 'derivative' },
      });
    }
    for (const tensor of [projected?.u, projected?.v]) if (tensor) runtime.free(tensor);
  });
  return dx;
}

/** dx = dy W_eff (+ accumulate, which is consumed). */
export function linearInputGradient(
  runtime: Runtime,
  dy: GpuTensor,
  map: GpuLinear,
  groups: Groups,
  lora: GpuLora | null,
  accumulate: GpuTensor | null,
): GpuTensor {
  const dx = backward(runtime, [{ dy, map, lora }], groups, null, null, { accumulate, activation: null });
  if (!dx) throw new Error('linearInputGradient formed nothing.');
  return dx;
}

/** dA and dB of the active groups are added to `gradients`. */
export function loraGradient(
  runtime: Runtime,
  dy: GpuTensor,
  x: GpuTensor,
  groups: Groups,
  lora: GpuLora,
  gradients: GpuTensor,
): void {
  const map = { inFeatures: x.cols, outFeatures: dy.cols };
  backward(runtime, [{ dy, map, lora }], groups, x, gradients, null);
}

export function fusedOperations(runtime: Runtime): FusedOperations<GpuTensor> {
  return {
    applyLinears: (x, terms, groups) =>
      chunks(terms, MAX_TERMS).flatMap((part) => forward(runtime, x, part, groups, null, null)),
    applyLinearActivated: (x, term, kind, groups, keep) => {
      const use = keep ? 'apply and keep' : 'apply';
      const [activated, hidden = null] = forward(runtime, x, [term], groups, null, { kind, use });
      return { hidden, activated };
    },
    linearsBackward: (terms, groups, { x, gradients, input }) => backward(runtime, terms, groups, x, gradients, input),
  };
}
