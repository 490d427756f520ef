/** Linear maps with LoRA: single operations of the Device contract, and the fused ones. */
import type { LinearOperations } from '../../../device.ts';
import { rowsOf, type Groups } from '../../../operands.ts';
import type { BackwardTerm, FusedOperations, LinearsBackward, LinearTerm } from '../../../optional-operations.ts';
import { expectKept, expectShape, memoryOf, type GpuTensor } from '../gpu-tensor.ts';
import { MAX_TERMS } from '../kernels/matmul-variant.ts';
import type { Runtime } from '../runtime.ts';
import { createLinear, freeLinear, matrixOf, type GpuLinear } from './linear-matrix.ts';
import { factorGradients, project, type Projections } from './lora.ts';
import { chunks, loraTerms, type LoraTerms } from './lora-terms.ts';
import { multiply, type Product } from './matmul.ts';

type Term = LinearTerm<GpuTensor, GpuLinear>;

/** Outputs of up to three maps whose LoRA goes together, and what the activation keeps. */
function forward(
  runtime: Runtime,
  x: GpuTensor,
  terms: readonly Term[],
  groups: Groups,
  residual: GpuTensor | null,
  activation: Product['activation'],
): GpuTensor[] {
  const maps = terms.map(({ map }) => map);
  const rows = rowsOf(groups);
  for (const map of maps) expectKept(x, rows, map.inFeatures, 'linear x');
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

/** Projections of maps of one input, which the caller frees. Adds dA and dB to `gradients` when both it and x are given. */
function loraBackward(
  runtime: Runtime,
  terms: readonly BackwardTerm<GpuTensor>[],
  groups: Groups,
  x: GpuTensor | null,
  gradients: GpuTensor | null,
): (Projections & { readonly lora: LoraTerms }) | null {
  const lora = loraTerms(terms, groups);
  if (!lora) return null;
  const dys = terms.map(({ dy }) => dy);
  const { u, v } = project(runtime, gradients && x, dys, lora, groups);
  if (gradients && x && u && v) {
    expectShape(gradients, lora.params.rows, lora.params.cols, 'LoRA gradients');
    factorGradients(runtime, x, dys, { u, v }, lora, groups, gradients);
  }
  return { lora, u, v };
}

function freeProjections(runtime: Runtime, { u, v }: Projections): void {
  if (u) runtime.free(u);
  if (v) runtime.free(v);
}

/**
 * Backward of maps of one input: the gradients of their LoRA when x and `gradients` are given, and dx unless `input` is null. At most three
 * dispatches for up to three maps.
 */
function backward(
  runtime: Runtime,
  terms: readonly BackwardTerm<GpuTensor, GpuLinear>[],
  groups: Groups,
  x: GpuTensor | null,
  gradients: GpuTensor | null,
  input: LinearsBackward<GpuTensor>['input'],
): GpuTensor | null {
  const rows = rowsOf(groups);
  for (const { dy, map } of terms) {
    expectShape(dy, rows, map.outFeatures, 'linear dy');
    if (x) expectKept(x, rows, map.inFeatures, 'linear x');
  }
  // With an activation the last dispatch also reads the hidden values: one binding less is left for dy.
  const parts = chunks(terms, input?.activation ? MAX_TERMS - 1 : MAX_TERMS);
  let dx = input?.accumulate ?? null;
  parts.forEach((part, index) => {
    const projected = loraBackward(runtime, part, groups, x, gradients);
    if (input) {
      const maps = part.map(({ map }) => map);
      const [{ inFeatures }] = maps;
      const hidden = index === parts.length - 1 ? input.activation : null;
      if (dx) expectShape(dx, rows, inFeatures, 'linear accumulate');
      if (hidden) expectKept(hidden.hidden, rows, inFeatures, 'linear hidden');
      [dx] = multiply(runtime, {
        direction: 'backward',
        inputs: part.map(({ dy }) => dy),
        outputs: [inFeatures],
        matrix: matrixOf(runtime, maps, 'backward'),
        groups,
        lora: projected?.v ? { terms: projected.lora, projected: projected.v } : null,
        add: dx && { tensor: dx, consume: true },
        activation: hidden && { ...hidden, use: 'derivative' },
      });
    }
    if (projected) freeProjections(runtime, projected);
  });
  return dx;
}

export function linearOperations(runtime: Runtime): LinearOperations<GpuTensor, GpuLinear> {
  return {
    linear: (weights, precision) => createLinear(runtime, weights, precision),
    freeLinear: (map) => freeLinear(runtime, map),
    applyLinear: (x, map, groups, lora, residual) => forward(runtime, x, [{ map, lora }], groups, residual, null)[0],

    linearInputGradient(dy, map, groups, lora, accumulate) {
      const dx = backward(runtime, [{ dy, map, lora }], groups, null, null, { accumulate, activation: null });
      if (!dx) throw new Error('linearInputGradient formed nothing.');
      return dx;
    },

    loraGradient(dy, x, groups, lora, gradients) {
      const map = { inFeatures: x.cols, outFeatures: dy.cols };
      expectShape(dy, rowsOf(groups), dy.cols, 'linear dy');
      expectKept(x, rowsOf(groups), x.cols, 'linear x');
      const projected = loraBackward(runtime, [{ dy, map, lora }], groups, x, gradients);
      if (projected) freeProjections(runtime, projected);
    },
  };
}

export function fusedOperations(runtime: Runtime): FusedOperations<GpuTensor, GpuLinear> {
  return {
    applyLinears: (x, terms, groups) =>
      chunks(terms, MAX_TERMS).flatMap((part) => forward(runtime, x, part, groups, null, null)),
    applyLinearActivated: (x, term, kind, groups, keep) => {
      const use = keep ? 'apply and keep' : 'apply';
      const [activated, hidden = null] = forward(runtime, x, [term], groups, null, { kind, use });
      return { hidden, activated };
    },
    applyNormedActivated(x, norm, map, kind, groups, keep) {
      const rows = rowsOf(groups);
      const matrix = matrixOf(runtime, [map], 'forward');
      const normed = runtime.tensor(rows, x.cols);
      const stats = runtime.tensor(rows, 2);
      expectShape(x, rows, map.inFeatures, 'linear x');
      const [activated, hidden = null] = multiply(runtime, {
        direction: 'forward',
        inputs: [normed],
        outputs: [map.outFeatures],
        matrix,
        groups,
        lora: null,
        add: null,
        activation: { kind, use: keep ? 'apply and keep' : 'apply' },
        norm: { ...norm, x, stats },
      });
      runtime.free(normed);
      return { stats, hidden, activated };
    },
    linearsBackward: (terms, groups, { x, gradients, input }) => backward(runtime, terms, groups, x, gradients, input),
  };
}
