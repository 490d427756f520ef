/** The device as a whole: every operation, whole training steps, and what a step costs, against float64. */
import { describe, expect, it } from 'vitest';
import { drawGates, gateGroups } from '../../../copra/gates.ts';
import { rampProbability } from '../../../copra/schedule.ts';
import type { AdapterLayout } from '../../../core/adapter-layout.ts';
import { stream } from '../../../core/rng.ts';
import { ATTENTION_CASES, describeAllPrograms } from '../../test-device-programs.ts';
import { expectDivergenceStays } from '../../passes/test-divergence.ts';
import { images, labelsOf, loadedEngine, testClip, testPopulation, testVit } from '../../passes/test-models.ts';
import { createReferenceDevice } from '../reference/reference-device.ts';
import type { TinyClipShape } from '../../tiny-clip.ts';
import { deviation, expectAgreement } from '../test-programs.ts';
import type { WebgpuDevice } from './webgpu-device.ts';
import { COMPILING, withWebgpu } from '../../../../tests/support/webgpu-devices.ts';

let device: WebgpuDevice;
withWebgpu((opened) => (device = opened));

// What attention keeps for its backward is the logarithm of the sum of exponentials, not the probabilities. Its kernels are compiled for every shape;
// gpu-kernels.test.ts has those for long sequences.
describeAllPrograms(
  (name, program, tolerance) => it(name, () => expectAgreement([device], program, tolerance), COMPILING),
  false,
  ATTENTION_CASES,
);

const SHAPE: TinyClipShape = { layers: 3, width: 16, heads: 2, imageSize: 8, patchSize: 4 };
const STEPS = 5;

const METHODS: Record<string, (layout: AdapterLayout, step: number, run: number) => Uint8Array> = {
  LoRA: (layout) => new Uint8Array(layout.pairs.length).fill(1),
  CopRA: (layout, step, run) => {
    const { depths, groupOfPair } = gateGroups(layout, 'layer');
    const probability = rampProbability(step, STEPS, { schedule: 'linear', p0: 0, rampFraction: 0.75 });
    const gates = drawGates(
      depths.map(() => probability),
      stream(40 + step + 100 * run, 'gates'),
    );
    return Uint8Array.from(groupOfPair, (group) => gates[group]);
  },
};

/**
 * factors: branch factors, dropout rates that change from step to step, and LoRA+ beside a method's gates.
 * dora: magnitudes in the layout. sam: gradients at moved adapters.
 */
const EXTRAS: Record<string, { factors: boolean; dora: boolean; sam?: true }> = {
  LoRA: { factors: false, dora: false },
  CopRA: { factors: false, dora: false },
  'CopRA with factors': { factors: true, dora: false },
  'CopRA with factors and DoRA': { factors: true, dora: true },
  'CopRA with factors and SAM': { factors: true, dora: false, sam: true },
};

describe('training', { timeout: COMPILING }, () => {
  it.each([false, true])('a run that diverges changes no other, DoRA %s', (dora) =>
    expectDivergenceStays(device, testClip(), NaN, dora),
  );

  describe.each([
    ['CLIP', testClip('quick_gelu', SHAPE)],
    ['ViT', testVit('gelu', SHAPE)],
  ])('of a %s', (_, backbone) => {
    it.each(Object.keys(EXTRAS))('takes the same steps as float64: %s', async (method) => {
      const { factors, dora, sam } = EXTRAS[method];
      const { layout, spec, batch } = testPopulation(backbone, {
        runs: 3,
        dropout: [0, 0.25, 0],
        sources: [0, 1, 0],
        targets: { dora },
        ...(factors ? { ratios: [2, 1, 1] } : {}),
        ...(sam ? { radii: [0.1, 0, 0.05] } : {}),
      });
      const trainers = [createReferenceDevice(), device].map((d) => {
        return loadedEngine<unknown>(d, backbone).createTrainer(spec);
      });
      for (let step = 0; step < STEPS; step++) {
        const gates = [0, 1, 2].flatMap((run) => [...METHODS[method.split(' ')[0]](layout, step, run)]);
        const extras = {
          branchFactors: Float32Array.from(gates, (_, i) => 1 + (i % 3)),
          inputDropout: Float32Array.of(0.5 - 0.1 * step, 0, 0.3),
        };
        const given = batch(step, {
          patches: images(6, step, SHAPE),
          labels: labelsOf(6, step),
          gates: Uint8Array.from(gates),
          ...(factors ? extras : {}),
        });
        const [expected, actual] = await Promise.all(trainers.map((trainer) => trainer.step(given)));
        expect(deviation(actual.loss, expected.loss), `loss of step ${step}`).toBeLessThan(1e-5);
        expect(deviation(actual.gradientNorm, expected.gradientNorm), `gradient norm of step ${step}`).toBeLessThan(
          1e-4,
        );
        expect(actual.accuracy).toEqual(expected.accuracy);
        const [before, after] = await Promise.all(trainers.map((trainer) => trainer.save()));
        expect(after.counts).toEqual(before.counts);
        for (const part of ['adapters', 'firstMoments', 'secondMoments'] as const)
          before[part].forEach((values, run) => {
            const error = deviation(after[part][run], values);
            expect(error, `${part} of run ${run} after step ${step}`).toBeLessThan(1e-3);
          });
      }
      trainers.forEach((trainer) => trainer.dispose());
    });
  });

  it('repeats bit for bit', async () => {
    const backbone = testClip('quick_gelu', SHAPE);
    const { spec, batch } = testPopulation(backbone, { probability: 0.6, dropout: [0.25, 0] });
    const engine = loadedEngine(device, backbone);
    const train = async () => {
      const trainer = engine.createTrainer(spec);
      const steps = [];
      for (let step = 0; step < 3; step++)
        steps.push(await trainer.step(batch(step, { patches: images(3, step, SHAPE) })));
      const state = await trainer.save();
      trainer.dispose();
      return { steps, state };
    };
    expect(await train()).toEqual(await train());
  });
});

/** Emoji-CLIP's layers and population; how wide a layer is changes nothing about what is asked of the GPU. */
describe('a step of 12 layers and 4 runs with LoRA on q, k, v, o', { timeout: COMPILING }, () => {
  const shape: TinyClipShape = { ...SHAPE, layers: 12 };
  const backbone = testClip('quick_gelu', shape);
  const targets = { rank: 4, towers: ['vision'], projections: ['q', 'k', 'v', 'o'] } as const;
  const population = testPopulation(backbone, { runs: 4, batchSize: 4, targets });
  const { layout, spec } = population;
  const batchOf = (step: number, gates = new Uint8Array(4 * layout.pairs.length).fill(1)) =>
    population.batch(step, { patches: images(4, step, shape), labels: labelsOf(4, step), gates });

  it('asks little of the GPU, creates nothing after the second and keeps nothing', async () => {
    const engine = loadedEngine(device, backbone);
    const trainer = engine.createTrainer(spec);
    await trainer.step(batchOf(0));
    await trainer.step(batchOf(1));
    device.runtime.counter.take();
    const bytes = device.memoryBytes();
    await trainer.step(batchOf(2));
    const statistics = device.runtime.counter.take();
    expect(statistics).toMatchObject({ buffersCreated: 0, bindGroupsCreated: 0, pipelinesCreated: 0 });
    expect(statistics.dispatches).toBeLessThanOrEqual(320);
    expect(statistics.uploads).toBeLessThanOrEqual(3);
    expect(statistics.submits).toBeLessThanOrEqual(2);
    expect(device.memoryBytes()).toBe(bytes);
    trainer.dispose();
  });

  it('costs less when gates are closed', async () => {
    const engine = loadedEngine(device, backbone);
    const trainer = engine.createTrainer(spec);
    await trainer.step(batchOf(0));
    const costOf = async (open: (pair: number, run: number) => boolean) => {
      const gates = Uint8Array.from({ length: 4 * layout.pairs.length }, (_, i) =>
        open(i % layout.pairs.length, Math.floor(i / layout.pairs.length)) ? 1 : 0,
      );
      device.runtime.counter.take();
      await trainer.step(batchOf(1, gates));
      const { dispatches, kinds } = device.runtime.counter.take();
      return { dispatches, flops: Object.values(kinds).reduce((sum, { flops }) => sum + flops, 0) };
    };
    const all = await costOf(() => true);
    const oneRun = await costOf((_, run) => run === 0);
    const topHalf = await costOf((pair) => layout.pairs[pair].layer >= 6);
    expect(oneRun.flops).toBeLessThan(0.8 * all.flops);
    expect(topHalf.flops).toBeLessThan(0.8 * all.flops);
    expect(topHalf.dispatches).toBeLessThan(0.8 * all.dispatches);
    trainer.dispose();
  });
});
