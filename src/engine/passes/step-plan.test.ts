import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Backbone } from '../../model/backbone.ts';
import type { Device } from '../device.ts';
import type { StepPlan, TrainerSpec, TrainerState } from '../engine.ts';
import { piecesOf } from './step-inputs.ts';
import { sharedDevices } from './test-devices.ts';
import { loadedEngine, testClip, testPopulation, testVit, type PopulationOptions } from './test-models.ts';

const DEEP = { layers: 3, width: 8, heads: 2, imageSize: 4, patchSize: 2 };
const RUNS = 3;
const IMAGES = 3;
const WHOLE: StepPlan = { runs: RUNS, images: IMAGES, recomputeBelow: { vision: 0, text: 0 } };

const OPTIONS: PopulationOptions = {
  runs: RUNS,
  batchSize: IMAGES,
  probability: 0.6,
  sources: [0, 1, 0],
  dropout: [0, 0.3, 0.2],
  radii: [0, 0.1, 0.3],
};

const MODELS: readonly (readonly [string, Backbone, boolean])[] = [
  ['CLIP with DoRA', testClip('gelu', DEEP), true],
  ['ViT', testVit('gelu', DEEP), false],
];

/** Two steps with gates, dropout, branch factors and SAM: what each reports, and all that is trained. */
async function trained<T>(device: Device<T>, backbone: Backbone, dora: boolean, plan: StepPlan | undefined) {
  const { spec, layout, batch } = testPopulation(backbone, { ...OPTIONS, targets: { dora } });
  const given: TrainerSpec = plan ? { ...spec, plan } : spec;
  const engine = loadedEngine(device, backbone);
  const before = device.memoryBytes();
  const trainer = engine.createTrainer(given);
  const results = [];
  for (let step = 0; step < 2; step++) {
    const branchFactors = new Float32Array(RUNS * layout.pairs.length).fill(1 + step / 4);
    results.push(await trainer.step(batch(step, { branchFactors })));
  }
  const state = await trainer.save();
  trainer.dispose();
  return { results, state, leaked: device.memoryBytes() - before };
}

/** ‖a − b‖ / ‖b‖ over the adapters of all runs. */
function distance(a: TrainerState, b: TrainerState): number {
  const [own, other] = [a, b].map(({ adapters }) => adapters.flatMap((adapter) => [...adapter]));
  return Math.hypot(...own.map((value, i) => value - other[i])) / Math.hypot(...other);
}

describe.each(sharedDevices())('a step that is cut on %s', (_, open) => {
  it.each(MODELS)(
    'is the same step, and the same bits while images stay together: %s',
    async (_name, backbone, dora) => {
      const whole = await trained(open(), backbone, dora, undefined);
      for (const plan of [
        { ...WHOLE, recomputeBelow: { vision: 1, text: 3 } },
        { ...WHOLE, runs: 2, recomputeBelow: { vision: 3, text: 1 } },
      ])
        expect(await trained(open(), backbone, dora, plan)).toEqual(whole);
      // Gradients of images that take turns are summed in another order; their dropout masks are those of the whole batch.
      const cut = await trained(open(), backbone, dora, {
        runs: 2,
        images: 2,
        recomputeBelow: { vision: 2, text: 1 },
      });
      cut.results.forEach(({ loss, accuracy, gradientNorm }, step) => {
        expect(accuracy).toEqual(whole.results[step].accuracy);
        for (let run = 0; run < RUNS; run++) {
          expect(loss[run]).toBeCloseTo(whole.results[step].loss[run], 4);
          expect(gradientNorm[run] / whole.results[step].gradientNorm[run]).toBeCloseTo(1, 3);
        }
      });
      expect(distance(cut.state, whole.state)).toBeLessThan(1e-3);
      expect(cut.state.counts).toEqual(whole.state.counts);
      expect(cut.leaked).toBe(whole.leaked);
    },
  );
});

describe('pieces', () => {
  it('cover everything once, in order, and are nearly equal', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 200 }), fc.integer({ min: 1, max: 250 }), (count, most) => {
        const pieces = piecesOf(count, most);
        let next = 0;
        for (const piece of pieces) {
          expect(piece.first).toBe(next);
          expect(piece.count).toBeGreaterThan(0);
          expect(piece.count).toBeLessThanOrEqual(most);
          next += piece.count;
        }
        expect(next).toBe(count);
        const sizes = pieces.map((piece) => piece.count);
        expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1);
        expect(pieces.length).toBe(Math.ceil(count / Math.min(count, most)));
      }),
    );
  });
});
