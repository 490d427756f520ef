/** Every WGSL kernel, in variants that show everything that is baked into its code. */
import type { Kernel } from '../../../src/engine/devices/webgpu/kernel.ts';
import { activationGradientKernel, activationKernel } from '../../../src/engine/devices/webgpu/kernels/activation.ts';
import { adamwKernel } from '../../../src/engine/devices/webgpu/kernels/adamw.ts';
import {
  attentionBlockKernel,
  attentionKeyGradientBlockKernel,
  attentionQueryGradientBlockKernel,
  type BlockVariant,
} from '../../../src/engine/devices/webgpu/kernels/attention-blocks.ts';
import {
  attentionKeyGradientKernel,
  attentionQueryGradientKernel,
} from '../../../src/engine/devices/webgpu/kernels/attention-gradient.ts';
import { attentionKernel, type AttentionVariant } from '../../../src/engine/devices/webgpu/kernels/attention.ts';
import { addChunksKernel, gatherChunksKernel } from '../../../src/engine/devices/webgpu/kernels/chunks.ts';
import { crossEntropyKernel } from '../../../src/engine/devices/webgpu/kernels/cross-entropy.ts';
import {
  applyDoraKernel,
  doraMagnitudeGradientKernel,
  doraScalesKernel,
} from '../../../src/engine/devices/webgpu/kernels/dora.ts';
import type { ElementForm } from '../../../src/engine/devices/webgpu/kernels/elements.ts';
import { fillKernel } from '../../../src/engine/devices/webgpu/kernels/fill.ts';
import { groupMatmulKernel } from '../../../src/engine/devices/webgpu/kernels/group-matmul.ts';
import {
  augmentImagesKernel,
  patchifyKernel,
  resizeImagesKernel,
  selectImagesKernel,
} from '../../../src/engine/devices/webgpu/kernels/images.ts';
import { layerNormGradientKernel } from '../../../src/engine/devices/webgpu/kernels/layer-norm-gradient.ts';
import { layerNormKernel } from '../../../src/engine/devices/webgpu/kernels/layer-norm.ts';
import {
  joinLoraGradientKernel,
  loraGradientKernel,
} from '../../../src/engine/devices/webgpu/kernels/lora-gradient.ts';
import { projectKernel } from '../../../src/engine/devices/webgpu/kernels/lora-project.ts';
import type { MatmulVariant } from '../../../src/engine/devices/webgpu/kernels/matmul-variant.ts';
import { matmulKernel } from '../../../src/engine/devices/webgpu/kernels/matmul.ts';
import {
  normalizeRowsGradientKernel,
  normalizeRowsKernel,
} from '../../../src/engine/devices/webgpu/kernels/normalize-rows.ts';
import { packMatrixKernel } from '../../../src/engine/devices/webgpu/kernels/pack-matrix.ts';
import { partialSumsKernel } from '../../../src/engine/devices/webgpu/kernels/row-norms.ts';
import { scaleSegmentsKernel } from '../../../src/engine/devices/webgpu/kernels/scale-segments.ts';
import { scatterRowsKernel } from '../../../src/engine/devices/webgpu/kernels/scatter-rows.ts';
import { assembleTokensKernel, embedTokensKernel } from '../../../src/engine/devices/webgpu/kernels/tokens.ts';
import { askedLanes, joined, tileFor, tileName, type Tile } from '../../../src/engine/devices/webgpu/kernels/tuning.ts';

import { PRODUCT_TILES, SPLIT_TILES } from '../../../src/engine/devices/webgpu/tuning/product-forms.ts';

/** A function that makes kernels, and kernels it makes. */
interface Family {
  readonly factory: (...variant: never) => Kernel;
  readonly kernels: readonly Kernel[];
}

const family = <V extends readonly unknown[]>(factory: (...variant: V) => Kernel, ...variants: V[]): Family => ({
  factory,
  kernels: variants.map((variant) => factory(...variant)),
});

const GPU = { software: false, subgroup: null };

/** The tiles of products, by what makes tuning.ts choose them. */
export const TILES = {
  'staged, 8 rows a thread': tileFor(GPU, 96, 1, 1),
  'staged, 4 rows a thread': tileFor(GPU, 48, 33, 64),
  'staged, 2 rows a thread': tileFor(GPU, 1, 1, 1),
  direct: tileFor({ software: true, subgroup: null }, 1, 1, 1),
  '8 lanes': tileFor({ software: true, subgroup: 8 }, 1, 1, 1),
  '4 lanes': tileFor({ software: true, subgroup: 4 }, 1, 1, 1),
} satisfies Record<string, Tile>;

const tileNamed = (name: string): Tile => {
  const tile = [...PRODUCT_TILES, ...SPLIT_TILES].find((candidate) => tileName(candidate) === name);
  if (!tile) throw new Error(`There is no tile ${name}.`);
  return tile;
};

/** Tiles that only a tuner chooses: two vectors of columns, and teams of threads that share k. */
const TUNED_TILES = ['128×64 staged of 8×8', '16×64 staged of 4×4 by 32 in 4 parts'].map(tileNamed);
/** Where subgroups have several sizes. */
const ASKING_TILE = askedLanes(16);

/** Tiles whose workgroups share k. */
const SHARING_TILES = ['32×64 staged, k over 2 workgroups', '64×64 staged of 8×8, k over 8 workgroups'].map(tileNamed);
/** What adds up their sums. */
const JOINING_TILES = [2, 4, 8].map(joined);

/** Every tile that a product may have, but for those whose workgroups share k: they compute plain products only. */
export const ALL_TILES: readonly Tile[] = [...Object.values(TILES), ...PRODUCT_TILES, ...JOINING_TILES, ASKING_TILE];

const PLAIN: Omit<MatmulVariant, 'tile'> = {
  inputs: 1,
  outputs: 1,
  inputWidth: 4,
  outputWidth: 4,
  half: false,
  bias: false,
  lora: 'none',
  add: 'none',
  activation: null,
};
const Q_K_V: Omit<MatmulVariant, 'tile'> = { ...PLAIN, outputs: 3, bias: true, lora: 'forward' };

const DROPOUT: Omit<MatmulVariant, 'tile'> = {
  ...PLAIN,
  inputs: 3,
  lora: 'backward with dropout',
  add: 'accumulate',
};

/** What the passes ask of a product, and what odd widths and float16 change. */
const PRODUCTS: readonly Omit<MatmulVariant, 'tile'>[] = [
  Q_K_V,
  { ...PLAIN, bias: true, lora: 'forward', add: 'residual' },
  { ...PLAIN, bias: true, activation: { kind: 'quick_gelu', use: 'apply and keep' } },
  { ...PLAIN, bias: true, inputWidth: 1, outputWidth: 1, activation: { kind: 'gelu_tanh', use: 'apply' } },
  DROPOUT,
  { ...PLAIN, inputs: 2, inputWidth: 1, outputWidth: 1, lora: 'backward' },
  { ...PLAIN, lora: 'backward', activation: { kind: 'gelu', use: 'derivative' } },
  { ...PLAIN, half: 'f16' },
  { ...PLAIN, bias: true, half: 'packed' },
  // The MLP of a step in half precision: fc1, fc2, and its backward.
  { ...PLAIN, bias: true, half: 'f16', activation: { kind: 'quick_gelu', use: 'apply and keep' }, keptHalf: true },
  { ...PLAIN, bias: true, half: 'f16', inputHalf: true, lora: 'forward', add: 'residual' },
  { ...PLAIN, half: 'packed', lora: 'backward', activation: { kind: 'gelu', use: 'derivative' }, keptHalf: true },
];

/** What workgroups that share k compute. */
const PLAIN_PRODUCTS: readonly Partial<MatmulVariant>[] = [{}, { inputs: 3, inputWidth: 1 }, { half: 'packed' }];

/** fc1 with the layer norm before it. */
const NORMED: Omit<MatmulVariant, 'tile'> = {
  ...PLAIN,
  bias: true,
  activation: { kind: 'quick_gelu', use: 'apply and keep' },
  norm: true,
};

/** Lanes load value by value. */
const on = (tile: Tile, product: Omit<MatmulVariant, 'tile'>): MatmulVariant => ({
  ...product,
  tile,
  inputWidth: tile.memory === 'lanes' ? 1 : product.inputWidth,
});

const ALL_PRODUCTS = [TILES['staged, 4 rows a thread'], TILES.direct, TILES['8 lanes']];
const OTHER_TILES = Object.values(TILES).filter((tile) => !ALL_PRODUCTS.includes(tile));

const SHORT: AttentionVariant = {
  head: { size: 16, width: 4 },
  causal: false,
  threads: 32,
  staged: false,
  packed: false,
  sharing: null,
};
const ODD_CAUSAL: AttentionVariant = {
  head: { size: 5, width: 1 },
  causal: true,
  threads: 32,
  staged: false,
  packed: false,
  sharing: null,
};
const PACKED: AttentionVariant = {
  head: { size: 16, width: 4 },
  causal: true,
  threads: 64,
  staged: false,
  packed: true,
  sharing: null,
};
const SHARED: AttentionVariant = {
  head: { size: 64, width: 4 },
  causal: true,
  threads: 64,
  staged: false,
  packed: false,
  sharing: 'subgroup',
};
const SHARED_IN_MEMORY: AttentionVariant = { ...SHARED, causal: false, sharing: 'memory' };
const STAGED: AttentionVariant = {
  head: { size: 16, width: 4 },
  causal: true,
  threads: 64,
  staged: true,
  packed: false,
  sharing: null,
};
const STAGED_ODD: AttentionVariant = {
  head: { size: 18, width: 1 },
  causal: false,
  threads: 64,
  staged: true,
  packed: false,
  sharing: null,
};
/** Forms of elements that only a tuner chooses. */
const FEW: ElementForm = { threads: 64, each: 1 };
const SEVERAL: ElementForm = { threads: 64, each: 4 };

const BLOCKS: BlockVariant = { head: { size: 16, width: 4 }, causal: false, length: 17 };
const BLOCKS_ODD_CAUSAL: BlockVariant = { head: { size: 5, width: 1 }, causal: true, length: 37 };

export const FAMILIES: readonly Family[] = [
  family(
    matmulKernel,
    ...ALL_PRODUCTS.flatMap((tile) => PRODUCTS.map((product): [MatmulVariant] => [on(tile, product)])),
    ...OTHER_TILES.map((tile): [MatmulVariant] => [on(tile, Q_K_V)]),
    ...TUNED_TILES.flatMap((tile) => [Q_K_V, DROPOUT].map((product): [MatmulVariant] => [on(tile, product)])),
    [on(ASKING_TILE, { ...PLAIN, bias: true, lora: 'forward', add: 'residual' })],
    ...SHARING_TILES.flatMap((tile) =>
      PLAIN_PRODUCTS.map((product): [MatmulVariant] => [{ ...PLAIN, ...product, tile }]),
    ),
    ...PRODUCTS.map((product): [MatmulVariant] => [on(joined(4), product)]),
    ...[TILES['staged, 4 rows a thread'], ...TUNED_TILES].map((tile): [MatmulVariant] => [{ ...NORMED, tile }]),
  ),
  family(packMatrixKernel, [false], [true]),
  family(
    projectKernel,
    [{ terms: 1, u: true, v: false, dropout: false, width: 4, lanes: 8 }],
    [{ terms: 3, u: true, v: true, dropout: true, width: 4, lanes: 8 }],
    [{ terms: 2, u: true, v: true, dropout: false, width: 1, lanes: 1 }],
    [{ terms: 3, u: false, v: true, dropout: false, width: 1, lanes: 1 }],
    [{ terms: 1, u: true, v: true, dropout: true, half: true, width: 4, lanes: 8 }],
    [{ terms: 1, u: true, v: true, dropout: false, half: true, width: 1, lanes: 1 }],
  ),
  family(
    loraGradientKernel,
    [{ terms: 1, dropout: false, width: 4, parts: 8, workgroups: 1 }],
    [{ terms: 2, dropout: false, width: 1, parts: 8, workgroups: 1 }],
    [{ terms: 3, dropout: true, width: 4, parts: 8, workgroups: 1 }],
    [{ terms: 1, dropout: false, width: 4, parts: 16, workgroups: 1 }],
    [{ terms: 1, dropout: false, width: 4, parts: 8, workgroups: 4 }],
    [{ terms: 3, dropout: true, width: 1, parts: 8, workgroups: 2 }],
    [{ terms: 1, dropout: true, half: true, width: 4, parts: 8, workgroups: 1 }],
    [{ terms: 1, dropout: false, half: true, width: 4, parts: 8, workgroups: 4 }],
  ),
  family(joinLoraGradientKernel, [1, 4], [3, 2]),
  family(doraScalesKernel, [1, false], [8, false], [64, false], [8, true]),
  family(
    applyDoraKernel,
    [{ bias: false, half: false, residual: false, width: 1 }],
    [{ bias: true, half: false, residual: false, width: 4 }],
    [{ bias: true, half: false, residual: true, width: 4 }],
    [{ bias: true, half: true, residual: false, width: 1 }],
    [{ bias: true, half: true, residual: true, width: 4 }],
  ),
  family(doraMagnitudeGradientKernel, [false, false], [true, false], [true, true]),
  family(
    attentionKernel,
    [SHORT, true],
    [ODD_CAUSAL, true],
    [STAGED, false],
    [STAGED_ODD, true],
    [PACKED, true],
    [SHARED, true],
    [SHARED_IN_MEMORY, true],
  ),
  family(
    attentionQueryGradientKernel,
    [SHORT],
    [ODD_CAUSAL],
    [STAGED],
    [STAGED_ODD],
    [PACKED],
    [SHARED],
    [SHARED_IN_MEMORY],
  ),
  family(
    attentionKeyGradientKernel,
    [SHORT],
    [ODD_CAUSAL],
    [STAGED],
    [STAGED_ODD],
    [PACKED],
    [SHARED],
    [SHARED_IN_MEMORY],
  ),
  family(attentionBlockKernel, [BLOCKS, true], [BLOCKS_ODD_CAUSAL, false]),
  family(attentionQueryGradientBlockKernel, [BLOCKS], [BLOCKS_ODD_CAUSAL]),
  family(attentionKeyGradientBlockKernel, [BLOCKS], [BLOCKS_ODD_CAUSAL]),
  family(
    layerNormKernel,
    [{ lanes: 8, width: 4, threads: 256 }],
    [{ lanes: 1, width: 4, threads: 64 }],
    [{ lanes: 8, width: 4, threads: 64 }],
    [{ lanes: 64, width: 1, threads: 64 }],
  ),
  family(
    layerNormGradientKernel,
    [{ lanes: 1, width: 4, threads: 64 }, true],
    [{ lanes: 8, width: 4, threads: 64 }, false],
    [{ lanes: 64, width: 1, threads: 64 }, true],
  ),
  family(activationKernel, ['quick_gelu', 4], ['gelu', 4], ['gelu_tanh', 1], ['gelu', 4, SEVERAL]),
  family(activationGradientKernel, ['quick_gelu', 4], ['gelu', 4], ['gelu_tanh', 1], ['quick_gelu', 4, FEW]),
  family(gatherChunksKernel, [1], [4], [4, SEVERAL]),
  family(addChunksKernel, [1], [4], [4, SEVERAL]),
  family(scatterRowsKernel, [1], [4], [4, SEVERAL]),
  family(assembleTokensKernel, [1], [4], [1, FEW]),
  family(embedTokensKernel, [1], [4], [4, SEVERAL]),
  family(
    groupMatmulKernel,
    [{ aTransposed: false, bTransposed: true, bias: true }],
    [{ aTransposed: false, bTransposed: true, bias: false }],
    [{ aTransposed: false, bTransposed: false, bias: false }],
    [{ aTransposed: true, bTransposed: false, bias: false }],
  ),
  family(normalizeRowsKernel, [1], [8], [64]),
  family(normalizeRowsGradientKernel, [1], [8], [64]),
  family(crossEntropyKernel, [1, false], [8, true], [64, true]),
  family(adamwKernel, [], [{ threads: 64, width: 1 }], [{ threads: 256, width: 4 }]),
  family(scaleSegmentsKernel, []),
  family(partialSumsKernel, [true, true], [true, false], [false, true]),
  family(fillKernel, []),
  family(selectImagesKernel, [], [FEW]),
  family(augmentImagesKernel, [], [SEVERAL]),
  family(resizeImagesKernel, [], [SEVERAL]),
  family(patchifyKernel, [], [SEVERAL]),
];
