import { describe, expect, it } from 'vitest';
import type { TrainerState } from '../engine.ts';
import { createReferenceDevice } from '../devices/reference/reference-device.ts';
import { factorSegments } from './optimizer.ts';
import { sharedDevices } from './test-devices.ts';
import { aloneBatch, aloneSpec, loadedEngine, OPTIMIZER, testClip, testPopulation, testVit } from './test-models.ts';

describe.each(sharedDevices())('the trainer on %s', (_, open) => {
  it.each([
    ['CLIP', testClip(), false],
    ['ViT', testVit(), false],
    ['ViT with DoRA', testVit(), true],
  ])('leaves inactive tensors, their moments and counts bit-identical: %s', async (_name, backbone, dora) => {
    const population = testPopulation(backbone, { runs: 3, probability: 0.3, learningRate: 0.1, targets: { dora } });
    const { layout, spec, batch } = population;
    const trainer = loadedEngine(open(), backbone).createTrainer(spec);
    for (let step = 0; step < 2; step++)
      await trainer.step(batch(step, { gates: new Uint8Array(3 * layout.pairs.length).fill(1) }));
    const before = await trainer.save();
    const last = batch(2);
    await trainer.step(last);
    const after = await trainer.save();
    const vectors = (state: TrainerState) => [state.adapters, state.firstMoments, state.secondMoments];
    factorSegments(layout).forEach(({ offset, length, unit }, segment) => {
      for (let run = 0; run < 3; run++) {
        const active = unit >= layout.pairs.length || last.gates[run * layout.pairs.length + unit] === 1;
        expect(after.counts[run][unit]).toBe(before.counts[run][unit] + (active ? 1 : 0));
        vectors(before).forEach((list, which) => {
          const old = list[run].subarray(offset, offset + length);
          const now = vectors(after)[which][run].subarray(offset, offset + length);
          const same = old.every((value, i) => Object.is(value, now[i]));
          expect(same, `vector ${which}, run ${run}, segment ${segment}`).toBe(!active);
        });
      }
    });
    trainer.dispose();
  });

  it.each([
    ['LoRA', false],
    ['DoRA', true],
  ])('leaves a frozen A bit-identical, and trains B as if A were not: %s', async (_name, dora) => {
    const backbone = testVit();
    const { layout, spec, batch } = testPopulation(backbone, { runs: 2, targets: { dora } });
    const engine = loadedEngine(open(), backbone);
    const frozen = engine.createTrainer({ ...spec, frozenA: true });
    const free = engine.createTrainer(spec);
    await Promise.all([frozen.step(batch(0)), free.step(batch(0))]);
    const [ofFrozen, ofFree] = [await frozen.adapters(), await free.adapters()];
    for (let run = 0; run < 2; run++) {
      for (const { aOffset, bOffset } of layout.pairs) {
        expect(ofFrozen[run].subarray(aOffset, bOffset)).toEqual(spec.initial[run].subarray(aOffset, bOffset));
        expect(ofFree[run].subarray(aOffset, bOffset)).not.toEqual(spec.initial[run].subarray(aOffset, bOffset));
      }
      // The first update of B and of the head does not depend on that of A.
      for (const { offset, length } of factorSegments(layout).filter(({ factor }) => factor !== 'A'))
        expect(ofFrozen[run].subarray(offset, offset + length)).toEqual(ofFree[run].subarray(offset, offset + length));
    }
    frozen.dispose();
    free.dispose();
  });

  it('with SAM leaves a frozen A bit-identical, and moves a run as far as its radius says', async () => {
    const backbone = testVit();
    const { layout, spec, batch } = testPopulation(backbone, { runs: 2, radii: [0.2, 0.2] });
    const engine = loadedEngine(open(), backbone);
    const trainers = [{ frozenA: true }, {}, { radii: [0, 0] }].map((change) =>
      engine.createTrainer({ ...spec, ...change }),
    );
    const results = await Promise.all(trainers.map((trainer) => trainer.step(batch(0))));
    const [frozen, free, plain] = await Promise.all(trainers.map((trainer) => trainer.save()));
    for (const { aOffset, bOffset } of layout.pairs)
      expect(frozen.adapters[0].subarray(aOffset, bOffset)).toEqual(spec.initial[0].subarray(aOffset, bOffset));
    // Loss and norm are those at the adapter; the moments are those of the other place.
    for (const { loss } of results) expect(loss).toEqual(results[2].loss);
    expect(results[1].gradientNorm).toEqual(results[2].gradientNorm);
    expect(free.firstMoments[0]).not.toEqual(plain.firstMoments[0]);
    expect(frozen.firstMoments[0]).not.toEqual(free.firstMoments[0]);
    trainers.forEach((trainer) => trainer.dispose());
  });

  it('trains a run of a population as it trains the run alone', async () => {
    const backbone = testClip();
    const { spec, batch } = testPopulation(backbone, {
      runs: 3,
      probability: 0.5,
      sources: [0, 1, 0],
      dropout: [0, 0.3, 0],
      radii: [0, 0.1, 0.3],
    });
    const engine = loadedEngine(open(), backbone);
    const together = engine.createTrainer(spec);
    const alone = [0, 1, 2].map((run) => engine.createTrainer(aloneSpec(spec, run)));
    for (let step = 0; step < 5; step++) {
      const all = batch(step);
      const { loss, accuracy, gradientNorm } = await together.step(all);
      for (let run = 0; run < 3; run++) {
        const own = await alone[run].step(aloneBatch(all, run, 3));
        expect(own.loss[0]).toBeCloseTo(loss[run], 4);
        expect(own.accuracy[0]).toBe(accuracy[run]);
        expect(own.gradientNorm[0] / gradientNorm[run]).toBeCloseTo(1, 3);
      }
    }
    const adapters = await together.adapters();
    for (let run = 0; run < 3; run++) {
      const [own] = await alone[run].adapters();
      // Adam divides by the gradient's size, so rounding differences of tiny gradients reach the size of a step.
      const difference = Math.hypot(...own.map((value, i) => value - adapters[run][i])) / Math.hypot(...own);
      expect(difference).toBeLessThan(1e-3);
    }
    [together, ...alone].forEach((trainer) => trainer.dispose());
  });

  it.each([
    ['LoRA', false],
    ['DoRA', true],
  ])('continues bit for bit from a saved state, with dropout and holes: %s', async (_name, dora) => {
    const backbone = testClip();
    const { spec, batch } = testPopulation(backbone, { probability: 0.6, dropout: [0.25, 0], targets: { dora } });
    const engine = loadedEngine(open(), backbone);
    const straight = engine.createTrainer(spec);
    for (let step = 0; step < 3; step++) await straight.step(batch(step));
    const state = structuredClone(await straight.save());
    const resumed = engine.createTrainer(spec);
    await resumed.step(batch(9)); // restore must replace everything
    resumed.restore(state);
    expect(await resumed.save()).toEqual(state);
    if (open().info.device === 'float64 reference') return; // a state is float32, its tensors are not
    for (let step = 3; step < 6; step++)
      expect(await resumed.step(batch(step))).toEqual(await straight.step(batch(step)));
    expect(await resumed.save()).toEqual(await straight.save());
    [straight, resumed].forEach((trainer) => trainer.dispose());
  });

  it('an AdamW step by hand: of B it is the ratio of LoRA+ times as long, and magnitudes do not decay', async () => {
    const backbone = testVit();
    const { layout, spec, batch } = testPopulation(backbone, { ratios: [16, 1], targets: { dora: true } });
    const trainer = loadedEngine(open(), backbone).createTrainer(spec);
    const before = await trainer.save();
    const given = batch(0);
    await trainer.step(given);
    const after = await trainer.save();
    const { beta1, epsilon, weightDecay } = OPTIMIZER;
    [16, 1].forEach((ratio, run) => {
      for (const { factor, offset, length } of factorSegments(layout)) {
        const rate = given.learningRates[run] * (factor === 'B' ? ratio : 1);
        const decay = factor === 'magnitude' ? 0 : weightDecay;
        for (let i = offset; i < offset + length; i++) {
          const g = after.firstMoments[run][i] / (1 - beta1);
          const old = before.adapters[run][i];
          const expected = old - rate * (g / (Math.abs(g) + epsilon) + decay * old); // m̂ = g and v̂ = g² in the first step
          const error = Math.abs(after.adapters[run][i] - expected) / rate;
          if (Math.abs(g) > 1e-5) expect(error, `${factor} at ${i} of run ${run}`).toBeLessThan(1e-3);
        }
      }
    });
    trainer.dispose();
  });

  it.each<[string, boolean, readonly number[]]>([
    ['LoRA', false, [0, 0]],
    ['DoRA', true, [0, 0]],
    ['LoRA with SAM', false, [0.1, 0]],
    ['DoRA with SAM', true, [0.2, 0.05]],
  ])(
    'takes the same steps as float64 with branch factors, dropout that changes and LoRA+: %s',
    async (_name, dora, radii) => {
      const backbone = testClip();
      const { layout, spec, batch } = testPopulation(backbone, {
        probability: 0.6,
        ratios: [4, 1],
        radii,
        learningRate: 1e-3,
        targets: { dora },
      });
      const trainers = [createReferenceDevice(), open()].map((device) =>
        loadedEngine<unknown>(device, backbone).createTrainer(spec),
      );
      const pairs = 2 * layout.pairs.length;
      for (let step = 0; step < 5; step++) {
        const given = batch(step, {
          branchFactors: Float32Array.from({ length: pairs }, (_, i) => 1 + ((i + step) % 4)),
          inputDropout: Float32Array.of(0.8 - 0.2 * step, 0),
        });
        const [expected, actual] = await Promise.all(trainers.map((trainer) => trainer.step(given)));
        for (let run = 0; run < 2; run++) {
          expect(actual.loss[run]).toBeCloseTo(expected.loss[run], 4);
          expect(actual.gradientNorm[run] / expected.gradientNorm[run]).toBeCloseTo(1, 3);
        }
      }
      const [expected, actual] = await Promise.all(trainers.map((trainer) => trainer.adapters()));
      expected.forEach((values, run) => {
        const difference = Math.hypot(...values.map((value, i) => value - actual[run][i])) / Math.hypot(...values);
        expect(difference).toBeLessThan(1e-4);
      });
      trainers.forEach((trainer) => trainer.dispose());
    },
  );
});
