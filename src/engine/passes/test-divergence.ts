/** The law that runs of a population are independent, for the tests of every device. */
import { expect } from 'vitest';
import type { Backbone } from '../../model/backbone.ts';
import type { Device } from '../device.ts';
import { loadedEngine, testPopulation } from './test-models.ts';

/** Trains three runs twice, the second time with a middle run that diverged: the others must be the same bit for bit. */
export async function expectDivergenceStays<T>(
  device: Device<T>,
  backbone: Backbone,
  value: number,
  dora = false,
): Promise<void> {
  const engine = loadedEngine(device, backbone);
  const { layout, spec, batch } = testPopulation(backbone, {
    runs: 3,
    probability: 0.7,
    dropout: [0, 0.3, 0.3],
    targets: { dora },
  });
  const diverged = spec.initial.map((adapter, run) =>
    run === 1 ? new Float32Array(layout.size).fill(value) : adapter,
  );
  const trainers = [spec, { ...spec, initial: diverged }].map((given) => engine.createTrainer(given));
  const [healthy, sick] = trainers;
  for (let step = 0; step < 3; step++) {
    const branchFactors = new Float32Array(3 * layout.pairs.length).fill(1 + step);
    const given = batch(step, { branchFactors });
    await healthy.step(given);
    expect([...(await sick.step(given)).loss].map(Number.isFinite)).toEqual([true, false, true]);
    const [expected, actual] = await Promise.all([healthy.save(), sick.save()]);
    for (const run of [0, 2]) {
      expect(actual.adapters[run]).toEqual(expected.adapters[run]);
      expect(actual.secondMoments[run]).toEqual(expected.secondMoments[run]);
    }
    expect(actual.adapters[0].every(Number.isFinite)).toBe(true);
  }
  trainers.forEach((trainer) => trainer.dispose());
}
