/** Launches the matrix product kernel: finds matrix, tile and variant, and gives the fields their values. */
import type { Activation } from '../../../../model/backbone.ts';
import type { Groups } from '../../../operands.ts';
import type { FieldValue } from '../constants.ts';
import type { GpuTensor } from '../gpu-tensor.ts';
import { widthOf } from '../kernels/elements.ts';
import { canBeHalves } from '../kernels/halves.ts';
import type { MatmulVariant } from '../kernels/matmul-variant.ts';
import { joined, tileCols, tileRows, type Tile } from '../kernels/tuning.ts';
import type { Cost } from '../program.ts';
import type { Runtime } from '../runtime.ts';
import { after, scratchTensor, type Launch } from '../tuning/forms.ts';
import { NORMED_PRODUCTS } from '../tuning/normed-product-forms.ts';
import { PRODUCTS } from '../tuning/product-forms.ts';
import type { LinearMatrix } from './linear-matrix.ts';
import { dropoutOf } from './lora.ts';
import { productKernel } from './product-kernel.ts';
import { rowGroups, type LoraTerms } from './lora-terms.ts';
import { layerNormLaunch } from './rowwise.ts';

/** A product with the weights of one or several maps, forward (y = x·Wᵀ) or backward (dx = dy·W). */
export interface Product {
  readonly direction: 'forward' | 'backward';
  /** [R, k_i]: one forward, one per map backward. */
  readonly inputs: readonly GpuTensor[];
  /** Columns of every output: one per map forward, one backward. */
  readonly outputs: readonly number[];
  readonly matrix: LinearMatrix;
  readonly groups: Groups;
  /** With the projections of all terms, [R, terms · rank]. */
  readonly lora: { readonly terms: LoraTerms; readonly projected: GpuTensor } | null;
  /** [R, cols] added; `consume` gives its memory to the output. */
  readonly add: { readonly tensor: GpuTensor; readonly consume: boolean } | null;
  readonly activation:
    | { readonly kind: Activation; readonly use: 'apply' | 'apply and keep' }
    | { readonly kind: Activation; readonly use: 'derivative'; readonly hidden: GpuTensor }
    | null;
  /** Its only input is the layer norm of x, which is formed here, by a dispatch of its own or in the product. */
  readonly norm?: {
    readonly x: GpuTensor;
    readonly gain: GpuTensor;
    readonly bias: GpuTensor;
    readonly epsilon: number;
    /** [R, 2], written. */
    readonly stats: GpuTensor;
  };
}

type Variant = Omit<MatmulVariant, 'tile'>;

/** The outputs, and after them what is to be kept of the hidden values. A map whose weights are halves keeps halves: the outputs, and f′ of the hidden values. */
export function multiply(runtime: Runtime, product: Product): GpuTensor[] {
  const { inputs, outputs, matrix, groups, lora, add, activation, norm } = product;
  const { list, rows } = rowGroups(groups, lora && lora.terms);
  const variant = variantOf(runtime, product);
  const [{ rows: allRows }] = inputs;
  const keeps = activation?.use === 'apply and keep';
  const keepsHalves = keeps && variant.keptHalf;
  const results = add?.consume
    ? [runtime.takeOver(add.tensor)]
    : outputs.map((cols) => runtime.tensor(allRows, cols, keepsHalves));
  const kept = keeps ? [runtime.tensor(allRows, outputs[0], keepsHalves)] : [];
  const tensors = [
    ...inputs,
    matrix.tensor,
    ...(lora ? [lora.terms.params, lora.projected] : []),
    ...(add && !add.consume ? [add.tensor] : []),
    ...(activation?.use === 'derivative' ? [activation.hidden] : []),
    ...results,
    ...kept,
  ];
  const total = rows * list.length;
  const { cost, sumFlops, writtenBytes } = costOf(product, variant, total, results[0].valueBytes);
  const launchIn = (tile: Tile): Launch => {
    const colTiles = Math.ceil(matrix.stride / tileCols(tile));
    return {
      kernel: productKernel(variant, tile),
      tensors,
      valuesFrom: (firstTile) => fieldValues(product, list, rows, firstTile),
      count: Math.ceil(rows / tileRows(tile)),
      workgroupsOf: (rowTiles) => [colTiles, rowTiles, list.length],
      cost,
    };
  };
  const launchOf = (tile: Tile): Launch => {
    if (tile.split === 1) return launchIn(tile);
    const partials = scratchTensor(tile.split * total, 4 * matrix.stride);
    return {
      ...launchIn(joined(tile.split)),
      tensors: [partials, ...tensors.slice(inputs.length)],
      cost: { flops: cost.flops - sumFlops, bytes: partials.bytes + writtenBytes },
      first: partialSums(product, list, rows, tile, variant, partials, sumFlops),
      scratch: partials,
    };
  };
  const depths = inputs.map((x) => x.cols);
  const problem = { variant, segments: list.length, rows, cols: 4 * matrix.stride, depths };
  if (!norm) runtime.launch(PRODUCTS, problem, launchOf);
  else {
    const [normed, ...others] = tensors;
    runtime.launch(NORMED_PRODUCTS, problem, ({ tile, inside }) => {
      const launch = launchOf(tile);
      if (!inside) return after(layerNormLaunch(runtime, norm.x, norm, groups, normed, norm.stats), launch);
      return {
        ...launch,
        kernel: productKernel({ ...variant, norm: true }, tile),
        tensors: [norm.x, ...others, norm.gain, norm.bias, norm.stats],
        valuesFrom: (firstTile) => [...launch.valuesFrom(firstTile), norm.epsilon],
      };
    });
  }
  return [...results, ...kept];
}

/** What is baked into the code, whichever tile is taken. */
function variantOf(runtime: Runtime, { direction, inputs, outputs, matrix, lora, add, activation }: Product): Variant {
  return {
    inputs: inputs.length,
    outputs: outputs.length,
    inputWidth: widthOf(...inputs.map((x) => x.cols)),
    outputWidth: widthOf(...outputs),
    half: matrix.half && runtime.halves,
    inputHalf: inputs.some(({ half }) => half),
    keptHalf:
      activation?.use === 'derivative'
        ? activation.hidden.half
        : activation?.use === 'apply and keep' && matrix.half && canBeHalves(outputs[0]),
    bias: matrix.bias,
    lora: loraUse(direction, lora && lora.terms),
    add: add ? (add.consume ? 'accumulate' : 'residual') : 'none',
    activation,
  };
}

/**
 * What a product costs in one dispatch, and of that the sums over k and what is written: in two dispatches, the first has the sums.
 * @param total rows that are computed @param valueBytes of an output
 */
function costOf(
  { direction, inputs, outputs, matrix, lora, add, activation }: Product,
  { keptHalf }: Variant,
  total: number,
  valueBytes: number,
): { readonly cost: Cost; readonly sumFlops: number; readonly writtenBytes: number } {
  const depth = inputs.reduce((sum, x) => sum + x.cols, 0);
  const cols = outputs.reduce((sum, value) => sum + value, 0);
  const depthBytes = inputs.reduce((sum, x) => sum + x.valueBytes * x.cols, 0);
  const hiddenBytes = !activation || activation.use === 'apply' ? 0 : keptHalf ? 2 : 4;
  const sumFlops = 2 * total * depth * cols;
  const loraCols = direction === 'forward' ? cols : inputs.length * cols;
  const writtenBytes = total * cols * (valueBytes + (add ? 4 : 0) + hiddenBytes);
  return {
    cost: {
      flops: sumFlops + (lora ? 2 * total * lora.terms.rank * loraCols : 0),
      bytes: total * depthBytes + writtenBytes + depth * cols * (matrix.half ? 2 : 4),
    },
    sumFlops,
    writtenBytes,
  };
}

/** The sums of each of the workgroups that share k, [segments · split · rows, 4 · stride], without anything around. */
function partialSums(
  product: Product,
  list: Int32Array,
  rows: number,
  tile: Tile,
  variant: Variant,
  partials: GpuTensor,
  flops: number,
): Launch {
  const { inputs, matrix } = product;
  const plain: Product = { ...product, outputs: [partials.cols], lora: null };
  const nothingAround = {
    outputs: 1,
    outputWidth: 4,
    bias: false,
    lora: 'none',
    add: 'none',
    activation: null,
    keptHalf: false,
  } as const;
  const colTiles = Math.ceil(matrix.stride / tileCols(tile));
  return {
    kernel: productKernel({ ...variant, ...nothingAround }, tile),
    tensors: [...inputs, matrix.tensor, partials],
    valuesFrom: (firstTile) => fieldValues(plain, list, rows, firstTile),
    count: Math.ceil(rows / tileRows(tile)),
    workgroupsOf: (rowTiles) => [colTiles, rowTiles, list.length * tile.split],
    cost: { flops, bytes: partials.bytes + inputs.reduce((sum, { bytes }) => sum + bytes, matrix.tensor.bytes) },
  };
}

function loraUse(direction: Product['direction'], terms: LoraTerms | null): MatmulVariant['lora'] {
  if (!terms) return 'none';
  if (direction === 'forward') return 'forward';
  return terms.dropout ? 'backward with dropout' : 'backward';
}

/** In the order of `matmulFields`. Plain loops: this runs a hundred times in a training step. */
function fieldValues(
  { direction, inputs, outputs, matrix, groups, lora }: Product,
  list: Int32Array,
  rows: number,
  firstTile: number,
): FieldValue[] {
  const values: FieldValue[] = [list, rows, matrix.stride, matrix.first, firstTile];
  for (const x of inputs) values.push(x.cols);
  for (const cols of outputs) values.push(cols);
  if (!lora) return values;
  const { params, rank, slots, terms, dropout } = lora.terms;
  values.push(rank, params.cols, lora.projected.cols);
  for (const slotOfGroup of slots) values.push(slotOfGroup);
  for (const term of terms) values.push((direction === 'forward' ? term?.bOffset : term?.aOffset) ?? 0);
  for (const term of terms) values.push(term?.scale ?? 0);
  if (!dropout || direction === 'forward') return values;
  const { rates, keys } = dropoutOf(lora.terms, groups);
  for (let t = 0; t < terms.length; t++) values.push(rates[t], keys[t]);
  return values;
}
