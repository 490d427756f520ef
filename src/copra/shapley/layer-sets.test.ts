import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Player } from '../../core/adapter-layout.ts';
import { mean } from '../../core/statistics.ts';
import { CoalitionTally } from './coalition-tally.ts';
import { maskOfGates } from './coalitions.ts';
import { fromInput, layerSets } from './layer-sets.ts';
import { permutationPlan } from './permutation.ts';
import { exactPlan } from './plan.ts';

const layers = (vision: number, text = 0): Player[] => [
  ...Array.from({ length: vision }, (_, layer) => ({ tower: 'vision', layer }) as const),
  ...Array.from({ length: text }, (_, layer) => ({ tower: 'text', layer }) as const),
];
const sizeOf = (mask: number): number => [...mask.toString(2)].filter((bit) => bit === '1').length;

/** [2^players][images]: 1 where an answer is right, and its loss, by bit mask. */
interface Answers {
  readonly right: readonly (readonly number[])[];
  readonly loss: readonly (readonly number[])[];
}

function tallyOf(players: number, { right, loss }: Answers, motifs: readonly number[] | null = null): CoalitionTally {
  const plan = exactPlan(players);
  const masks = plan.coalitions.map(maskOfGates);
  const images = right[0].length;
  const tally = new CoalitionTally(plan, motifs);
  tally.add({
    loss: Float32Array.from(masks.flatMap((mask) => loss[mask])),
    predicted: Int32Array.from(masks.flatMap((mask) => right[mask])),
    labels: new Int32Array(images).fill(1),
  });
  return tally;
}

const answers = fc.tuple(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 2, max: 9 })).chain(([players, images]) => {
  const table = <T>(of: fc.Arbitrary<T>) =>
    fc.array(fc.array(of, { minLength: images, maxLength: images }), {
      minLength: 2 ** players,
      maxLength: 2 ** players,
    });
  return fc.record({ right: table(fc.integer({ min: 0, max: 1 })), loss: table(fc.integer({ min: 0, max: 40 })) });
});

const ofHalf = (row: readonly number[], half: number): number => mean(row.filter((_, i) => i % 2 === half));

describe('sets of layers', () => {
  it('are the first and the last ones, the best ones on other images, and the mean of all', () => {
    fc.assert(
      fc.property(answers, ({ right, loss }) => {
        const n = Math.log2(right.length);
        const sets = layerSets(tallyOf(n, { right, loss }), layers(n))!;
        const all = right.map((_, mask) => mask);
        for (let k = 0; k <= n; k++) {
          const ofSize = all.filter((mask) => sizeOf(mask) === k);
          const [low, high] = [2 ** k - 1, (2 ** k - 1) << (n - k)];
          expect(sets.first.accuracy[k]).toBeCloseTo(mean(right[low]), 9);
          expect(sets.last.loss[k]).toBeCloseTo(mean(loss[high]), 9);
          expect(sets.mean.accuracy[k]).toBeCloseTo(mean(ofSize.map((mask) => mean(right[mask]))), 9);
          expect(sets.mean.loss[k]).toBeCloseTo(mean(ofSize.map((mask) => mean(loss[mask]))), 9);
          const onOther = (half: number) => {
            const byAccuracy = ofSize.toSorted(
              (a, b) =>
                ofHalf(right[b], half) - ofHalf(right[a], half) ||
                ofHalf(loss[a], half) - ofHalf(loss[b], half) ||
                a - b,
            )[0];
            const byLoss = ofSize.toSorted(
              (a, b) =>
                ofHalf(loss[a], half) - ofHalf(loss[b], half) ||
                ofHalf(right[b], half) - ofHalf(right[a], half) ||
                a - b,
            )[0];
            return [ofHalf(right[byAccuracy], 1 - half), ofHalf(loss[byLoss], 1 - half)];
          };
          const [even, odd] = [onOther(0), onOther(1)];
          expect(sets.best.accuracy[k]).toBeCloseTo((even[0] + odd[0]) / 2, 9);
          expect(sets.best.loss[k]).toBeCloseTo((even[1] + odd[1]) / 2, 9);
          const chosen = sets.bestMasks[k];
          expect(sizeOf(chosen)).toBe(k);
          expect(mean(right[chosen])).toBe(Math.max(...ofSize.map((mask) => mean(right[mask]))));
        }
      }),
    );
  });

  it('are chosen without knowing the images they are tested on: of sets that differ by luck, the best is no better', () => {
    // Every answer is a coin toss, by a fixed generator: the best of 70 sets on the same 64 images would have about 65 %.
    let state = 1;
    const toss = () => ((state = (Math.imul(state, 1664525) + 1013904223) >>> 0) >>> 16) % 2;
    const right = Array.from({ length: 256 }, () => Array.from({ length: 64 }, toss));
    const tally = tallyOf(8, { right, loss: right.map((row) => row.map(() => 0)) });
    const { best, bestMasks } = layerSets(tally, layers(8))!;
    expect(mean(right[bestMasks[4]])).toBeGreaterThan(0.6);
    expect(mean(best.accuracy)).toBeGreaterThan(0.45);
    expect(mean(best.accuracy)).toBeLessThan(0.55);
  });

  it('are chosen without knowing the motifs they are tested on', () => {
    // Tosses of 32 motifs, each on four images in a row: by image, every motif would be in both halves.
    let state = 1;
    const toss = () => ((state = (Math.imul(state, 1664525) + 1013904223) >>> 0) >>> 16) % 2;
    const motifs = Array.from({ length: 128 }, (_, image) => 90 - Math.floor(image / 4));
    const right = Array.from({ length: 256 }, () =>
      Array.from({ length: 32 }, toss).flatMap((one) => [one, one, one, one]),
    );
    const answered = { right, loss: right.map((row) => row.map(() => 0)) };
    const bestOf = (tally: CoalitionTally) => layerSets(tally, layers(8))!.best.accuracy[4];
    expect(bestOf(tallyOf(8, answered))).toBeGreaterThan(0.65);
    const tally = tallyOf(8, answered, motifs);
    expect(bestOf(tally)).toBeLessThan(0.58);
    expect(tally.halves.map(({ images }) => images)).toEqual([64, 64]);
    expect(
      layerSets(
        tallyOf(
          8,
          answered,
          motifs.map(() => 7),
        ),
        layers(8),
      ),
    ).toBeNull();
  });

  it('take layers of two towers by their depth in their own', () => {
    expect(fromInput(layers(3))).toEqual([0, 1, 2]);
    // Depths 1/12, 3/12, … and 1/4, 3/4: the vision tower comes first where they are equal.
    expect(fromInput(layers(6, 2))).toEqual([0, 1, 6, 2, 3, 4, 7, 5]);
    expect(fromInput([...layers(0, 2), ...layers(1)])).toEqual([0, 2, 1]);
  });

  it('need all coalitions, and two images', () => {
    const one = tallyOf(1, { right: [[0], [1]], loss: [[1], [0]] });
    expect(layerSets(one, layers(1))).toBeNull();
    expect(() => layerSets(new CoalitionTally(permutationPlan(3, 4, 0)), layers(3))).toThrow(/every coalition/);
  });
});
