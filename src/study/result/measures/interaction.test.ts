import fc from 'fast-check';
import { expect, it } from 'vitest';
import { studyResultFixture } from '../../../../tests/fixtures/study-result.ts';
import { mean } from '../../../core/statistics.ts';
import { maskOfGates } from '../../../copra/shapley/coalitions.ts';
import { CoalitionTally } from '../../../copra/shapley/coalition-tally.ts';
import { interactionsOf } from '../../../copra/shapley/interactions.ts';
import { exactPlan } from '../../../copra/shapley/plan.ts';
import { everyCoalitionOf } from '../../analyses/shapley/every-coalition.ts';
import { MEAN_INTERACTION } from './credit.ts';

const players = [0, 1, 2].map((layer) => ({ tower: 'vision', layer }) as const);
const IMAGES = 6;

/** Half of the sum of squared weights of the coalitions, one after the other. */
const ofOneAnswer =
  Array.from({ length: 8 }, (_, mask) => {
    const table = new Float64Array(8);
    table[mask] = 1;
    return mean(interactionsOf(table));
  }).reduce((sum, weight) => sum + weight ** 2, 0) / 2;

it('the mean interaction is a mean over images, up to the bytes they are kept in', () => {
  const answers = fc.array(fc.integer({ min: 0, max: 1 }), { minLength: 8 * IMAGES, maxLength: 8 * IMAGES });
  fc.assert(
    fc.property(answers, (right) => {
      const plan = exactPlan(3);
      const tally = new CoalitionTally(plan);
      tally.add({
        predicted: Int32Array.from(right),
        loss: new Float32Array(right.length),
        labels: new Int32Array(IMAGES).fill(1),
      });
      const everyCoalition = everyCoalitionOf(tally, players)!;
      const fixture = studyResultFixture();
      const [entry] = fixture.shapley;
      const result = { ...fixture, shapley: [{ ...entry, players, images: IMAGES, everyCoalition }] };
      const [{ value, byMotif, sensitivity }] = MEAN_INTERACTION.values(result, entry.arm);
      const ofImage = (image: number): number => {
        const table = new Float64Array(8);
        plan.coalitions.forEach((gates, c) => (table[maskOfGates(gates)] = right[c * IMAGES + image]));
        return mean(interactionsOf(table));
      };
      const { scale } = everyCoalition.interactions.meanByImage!;
      byMotif!.forEach((one, image) => expect(Math.abs(one - ofImage(image))).toBeLessThanOrEqual(scale / 2 + 1e-6));
      expect(value).toBeCloseTo(mean(Array.from({ length: IMAGES }, (_, image) => ofImage(image))), 6);
      expect(sensitivity).toBeCloseTo(ofOneAnswer, 12);
    }),
  );
});
