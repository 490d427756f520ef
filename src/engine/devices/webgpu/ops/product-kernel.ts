/** Finds the kernel of a product by a number: its name is a long text, and a training step with new gates would put it together a hundred times. */
import type { Activation } from '../../../../model/backbone.ts';
import { NumberedKernels, type Kernel } from '../kernel.ts';
import { matmulKernel } from '../kernels/matmul.ts';
import type { MatmulVariant } from '../kernels/matmul-variant.ts';
import type { Tile } from '../kernels/tuning.ts';

type Variant = Omit<MatmulVariant, 'tile'>;

/** Where the number of a part begins: the first bit. What is added to the variant needs a place here. */
const BIT = {
  inputs: 0,
  outputs: 2,
  inputWidth: 4,
  outputWidth: 5,
  half: 6,
  bias: 8,
  norm: 9,
  lora: 10,
  add: 12,
  activation: 14,
  inputHalf: 18,
  keptHalf: 19,
} as const satisfies Record<keyof Variant, number>;

const HALF = { f16: 1, packed: 2 } as const satisfies Record<Exclude<Variant['half'], false>, number>;
const LORA = { none: 0, forward: 1, backward: 2, 'backward with dropout': 3 } as const satisfies Record<
  Variant['lora'],
  number
>;
const ADD = { none: 0, residual: 1, accumulate: 2 } as const satisfies Record<Variant['add'], number>;
const KIND = { gelu: 0, quick_gelu: 1, gelu_tanh: 2 } as const satisfies Record<Activation, number>;
const USE = { apply: 1, 'apply and keep': 2, derivative: 3 } as const satisfies Record<
  NonNullable<Variant['activation']>['use'],
  number
>;

/** Variants with equal numbers have equal kernels in a tile. */
function numberOf(variant: Variant): number {
  const { inputs, outputs, inputWidth, outputWidth, half, bias, lora, add, activation } = variant;
  const { norm = false, inputHalf = false, keptHalf = false } = variant;
  return (
    (inputs << BIT.inputs) |
    (outputs << BIT.outputs) |
    (Number(inputWidth === 4) << BIT.inputWidth) |
    (Number(outputWidth === 4) << BIT.outputWidth) |
    ((half ? HALF[half] : 0) << BIT.half) |
    (Number(bias) << BIT.bias) |
    (Number(norm) << BIT.norm) |
    (LORA[lora] << BIT.lora) |
    (ADD[add] << BIT.add) |
    (Number(inputHalf) << BIT.inputHalf) |
    (Number(keptHalf) << BIT.keptHalf) |
    (activation ? (4 * KIND[activation.kind] + USE[activation.use]) << BIT.activation : 0)
  );
}

const known = new WeakMap<Tile, NumberedKernels>();

/** The kernel of a product in a tile. */
export function productKernel(variant: Variant, tile: Tile): Kernel {
  let ofTile = known.get(tile);
  if (!ofTile) known.set(tile, (ofTile = new NumberedKernels()));
  return ofTile.get(numberOf(variant), () => {
    // Lanes load value by value.
    const inputWidth = tile.memory === 'lanes' ? 1 : variant.inputWidth;
    return matmulKernel({ ...variant, tile, inputWidth });
  });
}
