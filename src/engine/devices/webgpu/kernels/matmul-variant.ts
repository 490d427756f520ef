/** What a matrix product (matmul.ts) is asked to do: everything that is baked into its code, its fields and its bindings. */
import type { Activation } from '../../../../model/backbone.ts';
import type { FieldType, TensorBinding } from '../kernel.ts';
import { elementOf, type Width } from './elements.ts';
import { halvesName, weightsElement, weightsTensor, type Halves } from './halves.ts';
import { indices } from './terms.ts';
import { tileName, type Tile } from './tuning.ts';

/** Everything that is baked into the code. */
export interface MatmulVariant {
  readonly tile: Tile;
  /** Inputs x_i, whose products are added up. */
  readonly inputs: number;
  /** Outputs y_i, side by side in the matrix. */
  readonly outputs: number;
  /** 4 when every k_i is a multiple of four; 1 for tiles that load x by lanes. */
  readonly inputWidth: Width;
  /** 4 when every c_i is a multiple of four. */
  readonly outputWidth: Width;
  /** How the matrix is read, if it is stored as float16. */
  readonly half: Halves;
  /** The only input was kept as halves. */
  readonly inputHalf?: boolean;
  /** Both outputs of `apply and keep`, or what `derivative` reads, are halves; `hidden` is then f′ of the values. Needs an output width of 4. */
  readonly keptHalf?: boolean;
  readonly bias: boolean;
  readonly lora: 'none' | 'forward' | 'backward' | 'backward with dropout';
  /** `residual`: another tensor; `accumulate`: what the output holds. */
  readonly add: 'none' | 'residual' | 'accumulate';
  readonly activation:
    /** y = f(sum); the sum is kept in `hidden` too */
    | { readonly kind: Activation; readonly use: 'apply' | 'apply and keep' }
    /** y = sum ∘ f′(hidden) */
    | { readonly kind: Activation; readonly use: 'derivative' }
    | null;
  /** x is normalised on its way (matmul-norm.ts): gain, shift and stats are bound too. */
  readonly norm?: boolean;
}

/** Maps that a dispatch can treat: more would need more bindings than WebGPU promises. */
export const MAX_TERMS = 3;

/** Vectors of columns from one output to the next are a multiple of this: every output starts where a subgroup does. */
export const OUTPUT_ALIGNMENT = 8;

/** Vectors of four that hold a row of so many features. */
export const vectorsOf = (features: number): number => Math.ceil(features / 4);

/** Vectors from one output of a forward matrix to the next. */
export const outputStride = (features: number): number =>
  OUTPUT_ALIGNMENT * Math.ceil(vectorsOf(features) / OUTPUT_ALIGNMENT);

/** Vectors of a row of the forward matrix of maps that share an input. @param outputs features of each map */
export const forwardVectors = (outputs: readonly number[]): number =>
  outputs.length > 1 ? outputs.reduce((sum, features) => sum + outputStride(features), 0) : vectorsOf(outputs[0]);

const PER_TERM = ['slots', 'factorOffset', 'scale'] as const;

/** What a norm in the product takes further. */
const NORM_FIELDS: readonly [string, FieldType][] = [['epsilon', 'f32']];

/** gain, shift [1, k], stats [R, 2] = (mean, 1/σ) */
const NORM_TENSORS: readonly TensorBinding[] = [
  { name: 'gain', access: 'read', element: 'vec4<f32>' },
  { name: 'shift', access: 'read', element: 'vec4<f32>' },
  { name: 'stats', access: 'read_write', element: 'f32' },
];

/** Whether every workgroup forms sums of its share of the steps of k only. */
export const sharesK = ({ tile }: Pick<MatmulVariant, 'tile'>): boolean => tile.memory === 'staged' && tile.split > 1;

/** Fields in the order in which the operation (ops/matmul.ts) gives their values. */
export function matmulFields({ inputs, outputs, lora, norm = false }: MatmulVariant): [string, FieldType][] {
  const terms = indices(Math.max(inputs, outputs));
  const fields: [string, FieldType][] = [
    ['groups', 'u32'],
    ['rows', 'u32'],
    ['stride', 'u32'],
    ['first', 'u32'],
    ['firstTile', 'u32'],
    ...indices(inputs).map((i): [string, FieldType] => [`k${i}`, 'u32']),
    ...indices(outputs).map((i): [string, FieldType] => [`cols${i}`, 'u32']),
  ];
  if (norm) fields.push(...NORM_FIELDS);
  if (lora === 'none') return fields;
  fields.push(['rank', 'u32'], ['size', 'u32'], ['projections', 'u32']);
  for (const name of PER_TERM) for (const t of terms) fields.push([`${name}${t}`, name === 'scale' ? 'f32' : 'u32']);
  if (lora === 'backward with dropout') for (const t of terms) fields.push([`rates${t}`, 'u32'], [`keys${t}`, 'u32']);
  return fields;
}

/** The bindings of a variant, in the order in which its tensors are given. */
export function matmulTensors(v: MatmulVariant): TensorBinding[] {
  const input = elementOf(v.inputWidth);
  const output = elementOf(v.outputWidth);
  const written = (name: string): TensorBinding =>
    v.keptHalf && v.activation?.use === 'apply and keep'
      ? { name, access: 'read_write', element: 'vec2<u32>', halves: true }
      : { name, access: 'read_write', element: output };
  const read = (name: string): TensorBinding =>
    v.inputHalf ? weightsTensor(name, true, v.inputWidth) : { name, access: 'read', element: input };
  const tensors: TensorBinding[] =
    v.tile.memory === 'joined'
      ? [{ name: 'partials', access: 'read', element: 'vec4<f32>' }]
      : indices(v.inputs).map((i) => read(`x${i}`));
  tensors.push({
    name: 'matrix',
    access: 'read',
    element: weightsElement(v.half),
    ...(v.half && { halves: true }),
  });
  if (v.lora !== 'none')
    tensors.push(
      { name: 'params', access: 'read', element: 'f32' },
      { name: 'projected', access: 'read', element: 'f32' },
    );
  if (v.add === 'residual') tensors.push({ name: 'residual', access: 'read', element: output });
  if (v.activation?.use === 'derivative') tensors.push(weightsTensor('hidden', v.keptHalf ?? false, v.outputWidth));
  for (const i of indices(v.outputs)) tensors.push(written(`y${i}`));
  if (v.activation?.use === 'apply and keep') tensors.push(written('hidden'));
  if (v.norm) tensors.push(...NORM_TENSORS);
  return tensors;
}

/** Names the variant. One template: it is put together a hundred times in a training step. */
export const matmulKey = ({
  tile,
  inputs,
  outputs,
  inputWidth,
  outputWidth,
  half,
  inputHalf = false,
  keptHalf = false,
  bias,
  lora,
  add,
  activation,
  norm = false,
}: MatmulVariant) =>
  `matmul ${tileName(tile)}, ${inputs}→${outputs} ×${inputWidth}→×${outputWidth}${halvesName(half)}${inputHalf ? ', of halves' : ''}${keptHalf ? ', kept as halves' : ''}${norm ? ', normalised' : ''}` +
  `${bias ? ', bias' : ''}${lora === 'none' ? '' : `, LoRA ${lora}`}${add === 'none' ? '' : `, ${add}`}` +
  `${activation ? `, ${activation.kind} ${activation.use}` : ''}`;
