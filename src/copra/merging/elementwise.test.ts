import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createAdapterLayout } from '../../core/adapter-layout.ts';
import { factorPath, doubledLayout, productPath } from '../landscape.ts';
import { stream } from '../../core/rng.ts';
import { readBytes } from '../../../tests/support/files.ts';
import { dropAndRescale, electAndAverage, electPeft, magnitudePrune, taskArithmetic } from './elementwise.ts';
import { mergeAdapters } from '../merge-adapters.ts';
import { pairProduct } from '../relayout.ts';

/** Reads the float32 tensors of a safetensors file: 8 bytes of header length, JSON header, data. */
function readTensors(name: string): Record<string, Float32Array> {
  const bytes = readBytes(`tests/golden/merge/${name}.safetensors`);
  const headerEnd = 8 + Number(new DataView(bytes.buffer).getBigUint64(0, true));
  const header = JSON.parse(new TextDecoder().decode(bytes.subarray(8, headerEnd))) as Record<
    string,
    { data_offsets: [number, number] }
  >;
  return Object.fromEntries(
    Object.entries(header).map(
      ([
        key,
        {
          data_offsets: [from, to],
        },
      ]) => [key, new Float32Array(bytes.buffer.slice(headerEnd + from, headerEnd + to))],
    ),
  );
}

function expectClose(actual: ArrayLike<number>, expected: ArrayLike<number>) {
  expect(actual.length).toBe(expected.length);
  for (let i = 0; i < actual.length; i++) expect(Math.abs(actual[i] - expected[i])).toBeLessThan(1e-6);
}

/** TIES as PEFT does it. */
const ties = (tensors: readonly Float32Array[], weights: ArrayLike<number>, density: number): Float32Array =>
  electPeft(
    tensors.map((tensor) => magnitudePrune(tensor, density)),
    weights,
  );

/** To float32 of the largest entry. */
function expectNear(actual: ArrayLike<number>, expected: ArrayLike<number>) {
  const largest = Math.max(1, ...Array.from(expected, Math.abs));
  for (let i = 0; i < expected.length; i++) expect(Math.abs(actual[i] - expected[i])).toBeLessThan(1e-5 * largest);
}

describe('reference merges', () => {
  const golden = readTensors('merge');
  const tensors = [golden.t0, golden.t1, golden.t2];

  it('task arithmetic', () => expectClose(taskArithmetic(tensors, golden.weights), golden.task_arithmetic));
  it('magnitude pruning, then the weighted sum', () => {
    const pruned = tensors.map((tensor) => magnitudePrune(tensor, 0.5));
    expectClose(taskArithmetic(pruned, golden.weights), golden.magnitude_prune_d50);
  });
  it.each([
    [0.5, 'ties_total_d50'],
    [0.2, 'ties_total_d20'],
  ])('TIES, density %f', (density, key) => {
    expectClose(ties(tensors, golden.weights, density), golden[key]);
  });
});

describe('reference factors', () => {
  const golden = readTensors('peft_add_weighted');
  const { A1, A2, B1, B2 } = golden;
  const scale = 0.5;
  // The reference pair maps 11 inputs to 8 outputs, as fc2 of a tower of width 8 does.
  const layout = createAdapterLayout(
    { vision: { layers: 1, width: 8, mlpWidth: 11 } },
    { rank: 2, towers: ['vision'], projections: ['fc2'] },
  );
  const flat = (a: Float32Array, b: Float32Array) => Float32Array.from([...a, ...b]);
  const adapters = [flat(A1, B1), flat(A2, B2)].map((values) => ({ layout, scale, values }));

  it('PEFT linear', () => {
    const merged = mergeAdapters(adapters, { method: 'peft-linear', weights: [0.7, 0.3], density: 1 });
    expect(merged.scale).toBe(1);
    expectClose(merged.values, flat(golden.linear_A, golden.linear_B));
  });

  it('PEFT cat, which is the sum of the updates', () => {
    const merged = mergeAdapters(adapters, { method: 'updates', weights: [0.7, 0.3], density: 1 });
    const update = pairProduct(merged.layout, merged.values, merged.layout.pairs[0]);
    expectClose(
      update.map((value) => merged.scale * value),
      golden.cat_delta,
    );
  });

  // The reference's λ = 0.3 is the weight of the first pair; here λ is the weight of the second.
  it('factor path', () => {
    const path = factorPath(flat(A1, B1), flat(A2, B2), 0.7);
    expectClose(
      pairProduct(layout, path, layout.pairs[0]).map((value) => scale * value),
      golden.fused_factors_delta_l03,
    );
  });

  it('product path', () => {
    const doubled = doubledLayout(layout);
    const path = productPath(layout, flat(A1, B1), flat(A2, B2), 0.7);
    expectClose(
      pairProduct(doubled, path, doubled.pairs[0]).map((value) => scale * value),
      golden.mixture_delta_l03,
    );
  });

  it('PEFT linear takes the sign of a negative weight into A alone', () => {
    const merged = mergeAdapters([adapters[0]], { method: 'peft-linear', weights: [-2], density: 1 });
    expectClose(
      merged.values,
      flat(
        A1.map((value) => -value),
        B1,
      ),
    );
  });
});

describe('merging laws', () => {
  const tensor = fc.float32Array({ minLength: 12, maxLength: 12, noNaN: true, min: -100, max: 100 });

  it('magnitude pruning keeps ⌊density · n⌋ entries and all of them at 1', () => {
    fc.assert(
      fc.property(tensor, fc.double({ min: 0, max: 1, noNaN: true }), (t, density) => {
        expect(magnitudePrune(t, density).filter((value) => value !== 0).length).toBeLessThanOrEqual(
          Math.floor(density * 12),
        );
        expect(magnitudePrune(t, 1)).toEqual(t);
      }),
    );
    expect(() => magnitudePrune(new Float32Array(1), 2)).toThrow(/Density/);
  });

  it('TIES of equal tensors is the tensor; of opposite ones the positive half', () => {
    fc.assert(
      fc.property(tensor, (t) => {
        expect([...ties([t, t], [1, 1], 1)].map((x) => x + 0)).toEqual([...t].map((x) => x + 0));
        const opposite = ties([t, t.map((value) => -value)], [1, 1], 1);
        expect([...opposite].map((x) => x + 0)).toEqual([...t].map(Math.abs));
      }),
    );
  });

  it('TIES as in the paper does not depend on the size of the weights, and gives a single tensor back', () => {
    fc.assert(
      fc.property(tensor, tensor, fc.double({ min: 0.01, max: 50, noNaN: true }), (a, b, size) => {
        const merged = electAndAverage([a, b], [0.75, 0.25]);
        expectNear(electAndAverage([a, b], [0.75 * size, 0.25 * size]), merged);
        expectNear(electAndAverage([b, a], [0.25, 0.75]), merged);
        expectNear(electAndAverage([a], [size]), a);
      }),
    );
  });

  it('TIES as in the paper elects the positive sign where both weigh the same', () => {
    expect([...electAndAverage([Float32Array.of(1), Float32Array.of(-1)], [0.5, 0.5])]).toEqual([1]);
  });

  it('with equal weights, TIES as in the paper is K times TIES as in PEFT', () => {
    fc.assert(
      fc.property(tensor, tensor, (a, b) => {
        const peft = ties([a, b], [0.5, 0.5], 1);
        expectNear(
          electAndAverage([a, b], [0.5, 0.5]),
          peft.map((value) => 2 * value),
        );
      }),
    );
  });

  it('DARE keeps the expectation, repeats for a seed, and has the ends it should', () => {
    const ones = new Float32Array(20000).fill(1);
    const dropped = dropAndRescale(ones, 0.25, stream(3, 'merge'));
    expect(dropped).toEqual(dropAndRescale(ones, 0.25, stream(3, 'merge')));
    expect(new Set(dropped)).toEqual(new Set([0, 4]));
    expect(Math.abs(dropped.reduce((sum, value) => sum + value, 0) / 20000 - 1)).toBeLessThan(0.06); // 5 standard errors
    expect(dropAndRescale(ones, 1, stream(3, 'merge'))).toEqual(ones);
    expect(dropAndRescale(ones, 0, stream(3, 'merge'))).toEqual(new Float32Array(20000));
    expect(() => dropAndRescale(ones, -1, stream(3, 'merge'))).toThrow(/Density/);
  });

  it('refuses nothing to merge', () => {
    expect(() => ties([], [], 1)).toThrow(RangeError);
    expect(() => taskArithmetic([], [])).toThrow(RangeError);
  });
});
