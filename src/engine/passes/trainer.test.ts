import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Backbone } from '../../model/backbone.ts';
import type { Device } from '../device.ts';
import type { Engine, TrainBatch, TrainerSpec, TrainerState } from '../engine.ts';
import { openNodeDevice } from '../node.ts';
import { createReferenceDevice } from '../devices/reference/reference-device.ts';
import { adamwCoefficients, factorSegments } from './optimizer.ts';
import { expectDivergenceStays } from './test-divergence.ts';
import { aloneBatch, aloneSpec, loadedEngine, OPTIMIZER, testClip, testPopulation, testVit } from './test-models.ts';

let wasm: Device<unknown>;
let tfjs: Device<unknown>;
beforeAll(async () => {
  wasm = await openNodeDevice('wasm', { threads: 2 });
  tfjs = await openNodeDevice('tfjs-cpu');
});
afterAll(() => wasm.dispose());

const devices: [string, () => Device<unknown>][] = [
  ['float64 reference', () => createReferenceDevice()],
  ['wasm', () => wasm],
  ['tfjs-cpu', () => tfjs],
];

/** Bytes after a first step of all layers: devices may prepare frozen weights for the backward when they first need it. */
async function warmBytes(
  engine: Engine,
  device: Device<unknown>,
  spec: TrainerSpec,
  batch: TrainBatch,
): Promise<number> {
  const trainer = engine.createTrainer(spec);
  await trainer.step({ ...batch, gates: new Uint8Array(batch.gates.length).fill(1) });
  trainer.dispose();
  return device.memoryBytes();
}

describe.each(devices)('the trainer on %s', (_, open) => {
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

  it.each<[string, Backbone, readonly number[]]>([
    ['CLIP', testClip(), []],
    ['ViT', testVit(), []],
    ['CLIP with SAM', testClip(), [0.1, 0, 0.2]],
  ])('frees everything: %s', async (_name, backbone, radii) => {
    const device = open();
    const engine = loadedEngine(device, backbone);
    const { layout, spec, batch } = testPopulation(backbone, {
      runs: 3,
      probability: 0.4,
      ...(radii.length > 0 && { radii }),
    });
    const before = await warmBytes(engine, device, spec, batch(0));
    const trainer = engine.createTrainer(spec);
    await trainer.step(batch(0)); // a head keeps a few constants from then on
    const opened = device.memoryBytes();
    expect(opened).toBeGreaterThan(before);
    for (const probability of [0, 0.1, 0.5, 1]) {
      const gates = Uint8Array.from({ length: 3 * layout.pairs.length }, (_, i) =>
        (i * 37) % 100 < 100 * probability ? 1 : 0,
      );
      await trainer.step(batch(1, { gates }));
      await trainer.step(batch(2, { gates, branchFactors: new Float32Array(gates.length).fill(2) }));
      expect(device.memoryBytes()).toBe(opened);
    }
    await trainer.adapters();
    await trainer.save();
    trainer.dispose();
    trainer.dispose(); // harmless
    expect(device.memoryBytes()).toBe(before);
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

  it('tells the loss of a run that diverged as it is, and leaks nothing', async () => {
    const device = open();
    const backbone = testVit();
    const engine = loadedEngine(device, backbone);
    const { spec, batch } = testPopulation(backbone);
    const before = await warmBytes(engine, device, spec, batch(0));
    spec.initial[1].fill(NaN);
    const trainer = engine.createTrainer(spec);
    expect([...(await trainer.step(batch(0))).loss].map(Number.isNaN)).toEqual([false, true]);
    const opened = device.memoryBytes();
    expect([...(await trainer.step(batch(1))).loss].map(Number.isNaN)).toEqual([false, true]);
    expect(device.memoryBytes()).toBe(opened);
    trainer.dispose();
    expect(device.memoryBytes()).toBe(before);
  });

  it.each([
    ['NaN in a CLIP', testClip(), NaN, false],
    ['infinity in a ViT', testVit(), Infinity, false],
    ['NaN in a CLIP with DoRA', testClip(), NaN, true],
  ])('a run that diverges changes no other: %s', (_name, backbone, value, dora) =>
    expectDivergenceStays(open(), backbone, value, dora),
  );

  it('refuses what does not fit before it allocates anything', async () => {
    const device = open();
    const backbone = testClip();
    const engine = loadedEngine(device, backbone);
    const { spec, batch } = testPopulation(backbone);
    const { objective, initial } = spec;
    if (objective.kind !== 'clip') throw new Error('a CLIP was made');
    const before = device.memoryBytes();
    const withToken = (at: number, id: number) => ({ ...objective, tokens: objective.tokens.with(at, id) });
    expect(() => engine.createTrainer({ ...spec, initial: [] })).toThrow('at least one run');
    expect(() => engine.createTrainer({ ...spec, initial: [initial[0], new Float32Array(3)] })).toThrow(
      'Initial adapter 1 has 3 values',
    );
    expect(() => engine.createTrainer({ ...spec, inputDropout: [0] })).toThrow('2 dropout rates');
    expect(() => engine.createTrainer({ ...spec, inputDropout: [0, 1] })).toThrow('dropout rate of run 1');
    expect(() => engine.createTrainer({ ...spec, rateRatios: [1] })).toThrow('2 positive ratios');
    expect(() => engine.createTrainer({ ...spec, rateRatios: [1, 0] })).toThrow('2 positive ratios');
    expect(() => engine.createTrainer({ ...spec, radii: [0.1] })).toThrow('2 radii');
    expect(() => engine.createTrainer({ ...spec, radii: [0.1, -1] })).toThrow('2 radii');
    expect(() => engine.createTrainer({ ...spec, objective: withToken(3, 2) })).toThrow(
      'Prompt 0 has no end token (11)',
    );
    expect(() => engine.createTrainer({ ...spec, objective: withToken(7, 12) })).toThrow(
      'Prompt 1 has token id 12, outside the vocabulary of 12',
    );
    expect(() => engine.createTrainer({ ...spec, objective: { kind: 'linear', classes: 3 } })).toThrow(
      'layout with a head',
    );
    expect(device.memoryBytes()).toBe(before);

    const trainer = engine.createTrainer(spec);
    const opened = device.memoryBytes();
    await expect(trainer.step(batch(0, { gates: new Uint8Array(3) }))).rejects.toThrow('gates');
    await expect(trainer.step(batch(0, { patches: new Float32Array(3) }))).rejects.toThrow(
      '3 patch values for 3 images',
    );
    await expect(trainer.step(batch(0, { labels: Int32Array.of(0, 3, 1) }))).rejects.toThrow('Label 3 of image 1');
    await expect(trainer.step(batch(0, { labels: Int32Array.of(0, -1, 1) }))).rejects.toThrow('Label -1 of image 1');
    await expect(trainer.step(batch(0, { sourceOfRun: [0] }))).rejects.toThrow('sources');
    await expect(trainer.step(batch(0, { sourceOfRun: [0, 1] }))).rejects.toThrow(
      '3 images do not divide into 2 sources',
    );
    await expect(trainer.step(batch(0, { learningRates: new Float32Array(1) }))).rejects.toThrow('learning rates');
    await expect(trainer.step(batch(0, { branchFactors: new Float32Array(5) }))).rejects.toThrow('branch factors');
    await expect(trainer.step(batch(0, { inputDropout: new Float32Array(1) }))).rejects.toThrow('dropout rates');
    await expect(trainer.step(batch(0, { inputDropout: Float32Array.of(0, 1) }))).rejects.toThrow('rate of run 1 is 1');
    expect(device.memoryBytes()).toBe(opened);
    expect((await trainer.save()).step).toBe(0);
    await trainer.step(batch(0)); // still usable
    trainer.dispose();
  });
});

describe('an engine without a model', () => {
  it('says what to do', () => {
    const engine = loadedEngine(createReferenceDevice(), testVit());
    const { spec } = testPopulation(testVit());
    expect(() =>
      engine.createTrainer({ ...spec, objective: { kind: 'clip', classes: 1, tokens: Int32Array.of(11) } }),
    ).toThrow('no text tower');
    engine.dispose();
    expect(() => engine.createTrainer(spec)).toThrow('Load a backbone');
  });

  it('frees the model that another replaces', () => {
    const device = createReferenceDevice();
    const engine = loadedEngine(device, testClip());
    const bytes = device.memoryBytes();
    engine.load(testVit());
    engine.load(testClip());
    expect(device.memoryBytes()).toBe(bytes);
    engine.dispose();
    expect(device.memoryBytes()).toBe(0);
  });
});

describe('adamwCoefficients', () => {
  it('counts the steps of every tensor on its own', () => {
    const counts = [Int32Array.of(0, 4)];
    const [active0, rate0, first0, second0, active1] = adamwCoefficients(
      counts,
      [
        { unit: 0, factor: 'A', offset: 0, length: 1 },
        { unit: 1, factor: 'head', offset: 1, length: 1 },
      ],
      (_, unit) => unit === 0,
      () => 0.5,
      OPTIMIZER,
    );
    expect([active0, rate0, active1]).toEqual([1, 0.5, 0]);
    expect(first0).toBeCloseTo(10, 4);
    expect(second0).toBeCloseTo(1000, 1);
    expect([...counts[0]]).toEqual([1, 4]);
  });
});
