/** Plans of CLIP ViT-B, both towers adapted by two runs in batches of 32 images, by shapes alone. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { EngineInfo, MemoryLimit, MemoryPlan } from '../engine.ts';
import type { Precision } from '../precision.ts';
import { memoryLimit } from './limits.ts';
import { planTraining } from './plan-training.ts';
import { pieceSizes } from './plan-step.ts';
import { shapeBackbone } from './backbone-shapes.ts';
import type { BackboneShapes } from './shapes.ts';
import { clipB, specOf, towerOf } from './test-shapes.ts';

const GIGABYTE = 2 ** 30;
const BATCH = 32;

const card = (bindingBytes: number): EngineInfo => ({
  backend: 'webgpu',
  device: 'a card',
  threads: 1,
  software: false,
  gpu: {
    name: 'a card',
    vendor: '',
    architecture: '',
    software: false,
    features: [],
    limits: { maxStorageBufferBindingSize: bindingBytes, maxBufferSize: 2 * bindingBytes },
  },
});
const CARD = card(2 ** 31 - 4);
const KERNELS: EngineInfo = { backend: 'wasm', device: 'kernels', threads: 4, software: false };

const planOf = (
  info: EngineInfo,
  size: BackboneShapes,
  limit: MemoryLimit,
  batch = BATCH,
  runs = 2,
  precision: Precision = 'f32',
  otherBytes = 0,
): MemoryPlan =>
  planTraining(info, shapeBackbone(size), (shape) => shape, {
    spec: specOf(size, runs),
    batchSize: batch,
    limit,
    precision,
    otherBytes,
  });

const SMALL: BackboneShapes = {
  vision: { ...towerOf(128, 4, 50), patchSize: 8 },
  text: { ...towerOf(64, 3, 16), vocabulary: 100, projection: 64 },
};

const within = (gigabytes: number): MemoryLimit => ({
  bytes: gigabytes * GIGABYTE,
  tensorBytes: Infinity,
  kind: 'chosen',
});

describe.each([
  ['a graphics card', CARD],
  ['the WASM kernels', KERNELS],
])('the memory plan on %s', (_, info) => {
  it('brings ViT-B/16 of 197 tokens into 4 GB and ViT-B/32 into 2 GB with the same bits, where they do not fit uncut', () => {
    for (const [patchSize, gigabytes] of [
      [16, 4],
      [32, 2],
    ] as const) {
      const { fits, memory, uncut, cost, plan } = planOf(info, clipB(patchSize), within(gigabytes));
      expect(fits).toBe(true);
      expect(plan.images).toBe(BATCH);
      expect(memory.total).toBeLessThanOrEqual(gigabytes * GIGABYTE);
      expect(uncut.total).toBeGreaterThan(gigabytes * GIGABYTE);
      expect(cost).toBeLessThan(1.25);
    }
  });

  it('cuts nothing that fits', () => {
    const { plan, memory, uncut, cost } = planOf(info, clipB(32), within(16));
    expect(plan).toEqual({ runs: 2, images: BATCH, recomputeBelow: { vision: 0, text: 0 } });
    expect(memory).toEqual(uncut);
    expect(cost).toBe(1);
  });

  it('leaves room for what is in memory besides', () => {
    const beside = (otherBytes: number) => planOf(info, SMALL, within(1), 12, 3, 'f32', otherBytes);
    const { total } = beside(0).uncut;
    expect(beside(GIGABYTE - total).memory.total).toBe(total);
    const { memory, fits } = beside(GIGABYTE - total + 1);
    expect(fits).toBe(true);
    expect(memory.total).toBeLessThan(total);
    expect(beside(GIGABYTE).fits).toBe(false);
  });

  it('says when nothing fits, with the least that it needs', () => {
    const { fits, memory, plan } = planOf(info, clipB(32), within(0.5));
    expect(fits).toBe(false);
    expect(plan).toEqual({ runs: 1, images: 1, recomputeBelow: { vision: 12, text: 12 } });
    expect(memory.weights).toBeGreaterThan(0.5 * GIGABYTE);
  });

  it('asks for more time only for less memory, and keeps to every limit', () => {
    const uncut = planOf(info, SMALL, within(Infinity), 12, 3);
    const least = planOf(info, SMALL, within(0), 12, 3);
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1, noNaN: true }), (share) => {
        const bytes = least.memory.total + share * (uncut.memory.total - least.memory.total);
        const { fits, memory, cost, plan } = planOf(
          info,
          SMALL,
          { bytes, tensorBytes: Infinity, kind: 'chosen' },
          12,
          3,
        );
        expect(fits).toBe(true);
        expect(memory.total).toBeLessThanOrEqual(bytes);
        expect(cost).toBeGreaterThanOrEqual(1);
        expect(plan.recomputeBelow.vision).toBeLessThanOrEqual(4);
        // A little more memory never changes bits that a cut leaves, and then never costs more time.
        const roomier = planOf(info, SMALL, { bytes: 1.1 * bytes, tensorBytes: Infinity, kind: 'chosen' }, 12, 3);
        if (plan.images < 12) return;
        expect(roomier.plan.images).toBe(12);
        expect(roomier.cost).toBeLessThanOrEqual(cost);
      }),
      { numRuns: 6 },
    );
  });
});

it('on a card that binds 128 MB at once cuts a step whose tensors are larger, however much memory there is', () => {
  const info = card(2 ** 27);
  const { plan, memory, uncut, fits } = planOf(info, clipB(16), memoryLimit(info, 64 * GIGABYTE, undefined));
  expect(uncut.largestTensor).toBeGreaterThan(2 ** 27);
  expect(memory.largestTensor).toBeLessThanOrEqual(2 ** 27);
  expect(plan.runs * plan.images).toBeLessThan(2 * BATCH);
  expect(fits).toBe(true);
});

it('counts halves: a card keeps half the bytes of the maps of ViT-B/32, half of what its MLPs keep, and tables of tokens and positions whole', () => {
  const [whole, half] = (['f32', 'f16'] as const).map((precision) =>
    planOf(CARD, clipB(32), within(16), BATCH, 2, precision),
  );
  expect(half.memory.weights / whole.memory.weights).toBeGreaterThan(0.5);
  expect(half.memory.weights / whole.memory.weights).toBeLessThan(0.6);
  // Of 16 widths that a row of a block keeps, the 8 of the MLP become 4.
  expect(half.memory.activations / whole.memory.activations).toBeGreaterThan(12 / 16 - 0.01);
  expect(half.memory.activations / whole.memory.activations).toBeLessThan(12 / 16 + 0.02);
});

describe('the limit of a device', () => {
  it('is what the kernels address, half of the machine and at most 4 GiB on a card, and what the reader says', () => {
    const kernels = { addressableBytes: 2 * GIGABYTE };
    expect(memoryLimit(kernels, 16 * GIGABYTE, undefined)).toMatchObject({
      bytes: 1.9 * GIGABYTE,
      kind: 'addressable',
    });
    expect(memoryLimit(kernels, 16 * GIGABYTE, 8 * GIGABYTE).bytes).toBe(1.9 * GIGABYTE);
    expect(memoryLimit(kernels, undefined, GIGABYTE)).toMatchObject({ bytes: GIGABYTE, kind: 'chosen' });
    const wide = { addressableBytes: 4 * GIGABYTE };
    expect(memoryLimit(wide, 8 * GIGABYTE, undefined)).toMatchObject({ bytes: 3.8 * GIGABYTE, kind: 'addressable' });
    expect(memoryLimit(wide, 6 * GIGABYTE, undefined)).toMatchObject({ bytes: 3 * GIGABYTE, kind: 'guessed' });
    expect(memoryLimit(wide, GIGABYTE, undefined)).toMatchObject({ bytes: 1.9 * GIGABYTE, kind: 'guessed' });
    expect(memoryLimit(wide, undefined, undefined)).toMatchObject({ bytes: 2 * GIGABYTE, kind: 'guessed' });
    // A page there is ended before it has twice as much, whatever can be addressed; a reader may bound it otherwise.
    for (const info of [wide, {}]) {
      expect(memoryLimit(info, undefined, undefined, undefined, 'apple touch').bytes).toBe(0.75 * GIGABYTE);
      expect(memoryLimit(info, undefined, GIGABYTE, undefined, 'apple touch').bytes).toBe(GIGABYTE);
    }
    expect(memoryLimit(wide, GIGABYTE, 3 * GIGABYTE)).toMatchObject({ bytes: 3 * GIGABYTE, kind: 'chosen' });
    expect(memoryLimit(CARD, 8 * GIGABYTE, undefined)).toMatchObject({ bytes: 4 * GIGABYTE, kind: 'guessed' });
    // Nobody says how much of it is the card's.
    expect(memoryLimit(CARD, 32 * GIGABYTE, undefined)).toMatchObject({ bytes: 4 * GIGABYTE, kind: 'guessed' });
    expect(memoryLimit(CARD, undefined, undefined)).toMatchObject({ bytes: 2 * GIGABYTE, kind: 'guessed' });
    expect(memoryLimit(CARD, GIGABYTE, undefined).bytes).toBe(GIGABYTE);
    expect(memoryLimit(CARD, 8 * GIGABYTE, 12 * GIGABYTE)).toMatchObject({ bytes: 12 * GIGABYTE, kind: 'chosen' });
  });

  it('is 2 GiB on a card under Windows, which never says that it is full, unless the reader allows more', () => {
    const onWindows = (info: Parameters<typeof memoryLimit>[0], machine: number, chosen?: number) =>
      memoryLimit(info, machine, chosen, undefined, 'windows');
    expect(onWindows(CARD, 32 * GIGABYTE)).toMatchObject({ bytes: 2 * GIGABYTE, kind: 'guessed' });
    expect(onWindows(CARD, 2 * GIGABYTE).bytes).toBe(GIGABYTE);
    expect(onWindows(CARD, 32 * GIGABYTE, 6 * GIGABYTE)).toMatchObject({ bytes: 6 * GIGABYTE, kind: 'chosen' });
    // The processor's memory is the machine's.
    expect(onWindows({ addressableBytes: 4 * GIGABYTE }, 8 * GIGABYTE).bytes).toBe(3.8 * GIGABYTE);
  });

  it('is what it turned out to have, where that is less', () => {
    expect(memoryLimit(CARD, 8 * GIGABYTE, 12 * GIGABYTE, 3e8)).toMatchObject({ bytes: 3e8, kind: 'found' });
    expect(memoryLimit(CARD, 8 * GIGABYTE, 3e8, GIGABYTE)).toMatchObject({ bytes: 3e8, kind: 'chosen' });
    expect(memoryLimit({ addressableBytes: 4e8 }, undefined, undefined, GIGABYTE).kind).toBe('addressable');
  });
});

it('sizes of pieces fall from all to one', () => {
  expect(pieceSizes(32)).toEqual([32, 16, 11, 8, 6, 4, 3, 2, 1]);
  expect(pieceSizes(1)).toEqual([1]);
  expect(pieceSizes(3)).toEqual([3, 2, 1]);
});
