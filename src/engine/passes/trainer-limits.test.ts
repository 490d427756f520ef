/** What a trainer refuses, what it does with numbers that are not finite, and what it leaves in memory. */
import { describe, expect, it } from 'vitest';
import type { Backbone } from '../../model/backbone.ts';
import type { Device } from '../device.ts';
import type { Engine, TrainBatch, TrainerSpec } from '../engine.ts';
import { sharedDevices } from './test-devices.ts';
import { expectDivergenceStays } from './test-divergence.ts';
import { loadedEngine, testClip, testPopulation, testVit } from './test-models.ts';

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

describe.each(sharedDevices())('the trainer on %s', (_, open) => {
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
    for (const radius of [-1, NaN, Infinity])
      expect(() => engine.createTrainer({ ...spec, radii: [0.1, radius] })).toThrow('2 radii');
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
