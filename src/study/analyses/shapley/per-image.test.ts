import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stream } from '../../../core/rng.ts';
import { analyseShapley } from '../../../copra/shapley/analysis.ts';
import { CoalitionTally } from '../../../copra/shapley/coalition-tally.ts';
import { maskOfGates } from '../../../copra/shapley/coalitions.ts';
import { planWithin } from '../../../copra/shapley/estimators.ts';
import type { EstimatorId } from '../../../copra/shapley/estimator-ids.ts';
import { imageCredit, perImageAt, perImageOf, shapleyOfImages } from './per-image.ts';
import type { ShapleyResult } from './result.ts';
import { packRows, rightWithout } from './without-one.ts';

const LAYERS = 5;
const CLASSES = 4;

/** A study of random answers, in portions of different sizes. */
function analysed(estimator: EstimatorId, portions: readonly number[], seed: number) {
  const plan = planWithin(estimator, LAYERS, 24, seed);
  const tally = new CoalitionTally(plan);
  const rng = stream(seed, 'analysis');
  const answers: { readonly predicted: Int32Array; readonly labels: Int32Array }[] = [];
  for (const images of portions) {
    const labels = Int32Array.from({ length: images }, () => rng.integer(CLASSES));
    const predicted = Int32Array.from({ length: plan.coalitions.length * images }, () => rng.integer(CLASSES));
    const loss = Float32Array.from(predicted, () => 3 * rng.uniform());
    tally.add({ loss, predicted, labels });
    answers.push({ predicted, labels });
  }
  const players = Array.from({ length: LAYERS }, (_, layer) => ({ tower: 'vision' as const, layer }));
  const { accuracy, accuracyError, loss, lossError, residual, images, coalitions, topThirdShare } = analyseShapley(
    tally,
    players,
  );
  const perImage = perImageOf(tally)!;
  const run: ShapleyResult = {
    arm: 'lora',
    seed: 0,
    players,
    estimator,
    accuracy,
    accuracyError,
    loss,
    lossError,
    residual,
    images,
    coalitions,
    topThirdShare,
    perImage,
  };
  return { run, tally, plan, answers };
}

const places = (images: number): number[] => Array.from({ length: images }, (_, i) => i);
const sumsOf = fc.tuple(
  fc.constantFrom<EstimatorId>('exact', 'odd', 'kernel', 'owen', 'permutation'),
  fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 3 }),
  fc.nat(1000),
);

describe('Shapley values of single images', () => {
  it('have those of the figure as their mean, whatever the estimator', () => {
    fc.assert(
      fc.property(sumsOf, ([estimator, portions, seed]) => {
        const { run } = analysed(estimator, portions, seed);
        const [mean] = shapleyOfImages([run], places(run.images), () => true);
        run.accuracy.forEach((value, i) => expect(mean.accuracy[i]).toBeCloseTo(value, 6));
        run.loss.forEach((value, i) => expect(mean.loss[i]).toBeCloseTo(value, 6));
      }),
      { numRuns: 40 },
    );
  });

  it('add up to what an image gains: right with all layers less right with none', () => {
    const { run, plan, answers } = analysed('exact', [6, 3], 5);
    const credit = imageCredit(run, places(9))!;
    const right = (mask: number): number[] =>
      answers.flatMap(({ predicted, labels }) => {
        const c = plan.coalitions.findIndex((gates) => maskOfGates(gates) === mask);
        return [...labels].map((label, i) => Number(predicted[c * labels.length + i] === label));
      });
    const [all, none] = [right(2 ** LAYERS - 1), right(0)];
    places(9).forEach((i) => {
      const sum = credit.accuracy.reduce((total, row) => total + row[i], 0);
      expect(sum).toBeCloseTo(all[i] - none[i], 6);
    });
  });

  it('of some images are those of these images', () => {
    const { run } = analysed('exact', [9], 2);
    const chosen = [1, 4, 8];
    const small = { ...run, perImage: perImageAt(run, places(9), chosen)! };
    const [of, whole] = [imageCredit(small, chosen)!, imageCredit(run, places(9))!];
    expect(of.places).toEqual(chosen);
    of.accuracy.forEach((row, player) => expect([...row]).toEqual(chosen.map((i) => whole.accuracy[player][i])));
    // Read with other images than its own, it counts as absent.
    expect(imageCredit(small, places(9))).toBeNull();
    expect(imageCredit({ ...run, perImage: { accuracy: '?', loss: '?' } }, places(9))).toBeNull();
  });

  it('of projections are added up to layers', () => {
    const { run } = analysed('exact', [4], 3);
    const players = run.players.map((_, i) => ({
      tower: 'vision' as const,
      layer: Math.floor(i / 2),
      projection: i % 2 ? ('k' as const) : ('q' as const),
    }));
    const credit = imageCredit({ ...run, players }, places(4))!;
    const single = imageCredit(run, places(4))!;
    expect(credit.players.map(({ layer }) => layer)).toEqual([0, 1, 2]);
    expect(credit.accuracy[0][2]).toBeCloseTo(single.accuracy[0][2] + single.accuracy[1][2], 6);
  });
});

it('without one layer, an image is right where that coalition is', () => {
  const { run, tally, plan, answers } = analysed('exact', [5, 7, 2], 11);
  const withoutOne = packRows(tally.withoutOne!);
  for (let player = 0; player < LAYERS; player++) {
    const found = rightWithout({ ...run, withoutOne }, player)!;
    const rows = (mask: number): number[] => {
      const c = plan.coalitions.findIndex((gates) => maskOfGates(gates) === mask);
      return answers.flatMap(({ predicted, labels }) =>
        [...labels].map((label, i) => Number(predicted[c * labels.length + i] === label)),
      );
    };
    const all = 2 ** LAYERS - 1;
    expect([...found.without]).toEqual(rows(all & ~(1 << player)));
    expect([...found.full]).toEqual(rows(all));
  }
  expect(analysed('odd', [4], 1).tally.withoutOne).toBeNull();
  expect(rightWithout(run, 0)).toBeNull();
});
