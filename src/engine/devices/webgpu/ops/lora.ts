/** The low-rank side of linear maps: projections to the rank, and the gradients of the factors. */
import { rowsOf, type Groups } from '../../../operands.ts';
import type { ConstantArray, FieldValue } from '../constants.ts';
import type { GpuTensor } from '../gpu-tensor.ts';
import { NumberedKernels } from '../kernel.ts';
import { widthOf } from '../kernels/elements.ts';
import { GRADIENT_SUMS, joinLoraGradientKernel, loraGradientKernel } from '../kernels/lora-gradient.ts';
import { PROJECT_RANKS, projectKernel, projectRows, type ProjectVariant } from '../kernels/lora-project.ts';
import type { Runtime } from '../runtime.ts';
import { scratchTensor, type Launch } from '../tuning/forms.ts';
import { FACTOR_GRADIENTS, gradientBlocks, PROJECTIONS_TO_RANK } from '../tuning/lora-forms.ts';
import { groupsOfSlots, loraGroups, type LoraTerms } from './lora-terms.ts';

/** [R, terms · rank] each. */
export interface Projections {
  /** drop_t(x) A_tᵀ; null unless x was given. */
  readonly u: GpuTensor | null;
  /** dy_t B_t; null unless dys were given. */
  readonly v: GpuTensor | null;
}

const PROJECT_KERNELS = new NumberedKernels();
const GRADIENT_KERNELS = new NumberedKernels();

/** Of a variant and its form, below 2²⁰. @param threads up to 256 that share a row or a sum */
const numberOf = (
  { terms, dropout, width, half = false }: Pick<ProjectVariant, 'terms' | 'dropout' | 'width' | 'half'>,
  threads: number,
): number => threads | (terms << 9) | (Number(dropout) << 13) | (width << 14) | (Number(half) << 17);

/** Rates and keys of every term, by group; zeros where a term has no dropout. */
export function dropoutOf(lora: LoraTerms, groups: Groups): { rates: ConstantArray[]; keys: ConstantArray[] } {
  if (!lora.dropout) return { rates: [], keys: [] };
  const zeros = new Uint32Array(groups.count); // also the bits of 0.0
  return {
    rates: lora.terms.map((term) => term?.dropout?.rates ?? zeros),
    keys: lora.terms.map((term) => term?.dropout?.keys ?? zeros),
  };
}

/** u of every term when x is given, v when dys are. One dispatch. */
export function project(
  runtime: Runtime,
  x: GpuTensor | null,
  dys: readonly GpuTensor[] | null,
  lora: LoraTerms,
  groups: Groups,
): Projections {
  const { params, rank, terms, slots } = lora;
  const sources = [...(x ? [x] : []), ...(dys ?? [])];
  const dropout = lora.dropout && x !== null;
  const { list, rows } = loraGroups(groups, lora);
  const result = () => runtime.tensor(rowsOf(groups), terms.length * rank);
  const u = x && result();
  const v = dys && result();
  const mask = dropout ? dropoutOf(lora, groups) : { rates: [], keys: [] };
  const tasks = (x ? terms.length : 0) + (dys?.length ?? 0);
  const read = sources.reduce((total, { cols }) => total + cols, 0);
  const features = read + (x ? (terms.length - 1) * x.cols : 0);
  // In the order of `projectFields`.
  const values: FieldValue[] = [list, rows, x?.cols ?? 0, rank, params.cols, ...slots];
  if (x) for (const term of terms) values.push(term?.aOffset ?? 0);
  if (dys) for (const term of terms) values.push(term?.bOffset ?? 0);
  if (dys) for (const dy of dys) values.push(dy.cols);
  values.push(...mask.rates, ...mask.keys);
  const variant = {
    terms: terms.length,
    u: x !== null,
    v: dys !== null,
    dropout,
    half: x?.half ?? false,
    // A software adapter loads value by value anyway, and compiles the shorter code sooner.
    width: runtime.software ? 1 : widthOf(...sources.map(({ cols }) => cols)),
  };
  const longest = Math.max(...sources.map(({ cols }) => cols));
  const tensors = [...sources, params, ...(u ? [u] : []), ...(v ? [v] : [])];
  const cost = {
    flops: 2 * rows * list.length * rank * features,
    bytes: 4 * rows * list.length * (read + tasks * rank),
  };
  const problem = { variant, segments: list.length, rows, features: longest, rank };
  const across = tasks * Math.ceil(rank / PROJECT_RANKS);
  runtime.launch(PROJECTIONS_TO_RANK, problem, (lanes) => ({
    kernel: PROJECT_KERNELS.get(numberOf(variant, lanes) | (Number(variant.u) << 20) | (Number(variant.v) << 21), () =>
      projectKernel({ ...variant, lanes }),
    ),
    tensors,
    valuesFrom: () => values,
    count: 1,
    workgroupsOf: () => [Math.ceil(rows / projectRows(lanes)), across, list.length],
    cost,
  }));
  return { u, v };
}

/** gradients of A and B of every term += …; one dispatch. `projected` is what `project` gave for the same arguments. */
export function factorGradients(
  runtime: Runtime,
  x: GpuTensor,
  dys: readonly GpuTensor[],
  projected: { readonly u: GpuTensor; readonly v: GpuTensor },
  lora: LoraTerms,
  groups: Groups,
  gradients: GpuTensor,
): void {
  const { params, rank, dropout, terms } = lora;
  const width = widthOf(x.cols, ...dys.map((dy) => dy.cols));
  const { entries, list } = groupsOfSlots(groups, lora.slots);
  const mask = dropoutOf(lora, groups);
  const widest = Math.max(x.cols, ...dys.map((dy) => dy.cols));
  const blocks = gradientBlocks(widest, rank);
  const rows = groups.rowsPerGroup * list.length;
  const features = x.cols + dys.reduce((total, dy) => total + dy.cols, 0) / terms.length;
  const known: FieldValue[] = [
    entries,
    list,
    groups.rowsPerGroup,
    x.cols,
    rank,
    params.cols,
    ...dys.map((dy) => dy.cols),
    ...terms.map((term) => term?.aOffset ?? 0),
    ...terms.map((term) => term?.bOffset ?? 0),
    ...terms.map((term) => term?.scale ?? 0),
  ];
  const values = [...known, ...mask.rates, ...mask.keys];
  const operands = [x, ...dys, projected.u, projected.v];
  const variant = { terms: terms.length, dropout, width, half: x.half };
  const pairs = entries.length / 4;
  const problem = { ...variant, entries: pairs, rows: groups.rowsPerGroup, features: widest, rank };
  const cost = { flops: 2 * rows * rank * features, bytes: 4 * rows * (features + 2 * rank) };
  runtime.launch(FACTOR_GRADIENTS, problem, ({ parts, workgroups }) => {
    const whole = workgroups === 1;
    const partials = scratchTensor(2 * workgroups * pairs * blocks, GRADIENT_SUMS);
    const sums: Launch = {
      kernel: GRADIENT_KERNELS.get(numberOf(variant, parts) | (workgroups << 20), () =>
        loraGradientKernel({ ...variant, parts, workgroups }),
      ),
      tensors: [...operands, whole ? gradients : partials],
      valuesFrom: () => values,
      count: 1,
      workgroupsOf: () => [blocks, pairs, 2 * workgroups],
      cost,
    };
    if (whole) return sums;
    return {
      kernel: joinLoraGradientKernel(variant.terms, workgroups),
      tensors: [partials, gradients],
      valuesFrom: () => known,
      count: 1,
      workgroupsOf: () => [blocks, pairs, 2],
      cost: { flops: partials.bytes / 4, bytes: partials.bytes },
      first: sums,
      scratch: partials,
    };
  });
}
