/** What a study's steps dispatch was named when it was warmed up. Nothing is compiled and nothing executed here: kernels are told by their keys. */
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { installDawn } from '../../dawn-node.ts';
import type { StepExample } from '../../engine.ts';
import { createDeviceEngine } from '../../passes/device-engine.ts';
import {
  randomGates,
  SMALL_BUDGET,
  testClip,
  testPopulation,
  testVit,
  type PopulationOptions,
} from '../../passes/test-models.ts';
import { requestGpu, type RequestedDevice } from './request-device.ts';
import { Runtime } from './runtime.ts';
import { createWebgpuDevice } from './webgpu-device.ts';

const RUNS = 3;

let requested: RequestedDevice;
beforeAll(async () => {
  await installDawn();
  requested = await requestGpu();
});
afterAll(() => requested.device.destroy());

/** A device that only notes which kernels it is asked for. */
function notingDevice(software: boolean) {
  const description = { ...requested.description, software };
  const runtime = new Runtime({ ...requested, description });
  const asked = new Set<string>();
  vi.spyOn(runtime, 'dispatch').mockImplementation(({ key }, _tensors, _values, workgroups) => {
    if (!workgroups.includes(0)) asked.add(key);
  });
  const take = () => {
    const keys = [...asked];
    asked.clear();
    return keys;
  };
  return { device: createWebgpuDevice(runtime, description), take };
}

const CASES: [string, (pairs: number) => StepExample[]][] = [
  ['nothing else', () => [{}]],
  [
    'dropout that ends',
    () => [{ inputDropout: Float32Array.of(0.5, 0, 0) }, { inputDropout: new Float32Array(RUNS) }, {}],
  ],
  ['branch factors', (pairs) => [{ branchFactors: new Float32Array(RUNS * pairs).fill(2) }, {}]],
];

describe.each([
  ['a software adapter', true, 4],
  ['a GPU', false, 4],
  // One run fills a GPU with small tiles of products, two with large ones.
  ['a GPU with large batches', false, 700],
])('on %s', (_, software, batchSize) => {
  let noting: ReturnType<typeof notingDevice>;
  beforeAll(() => {
    noting = notingDevice(software);
  });

  it.each(
    CASES.flatMap(([name, examples]) => [
      [`CLIP, ${name}`, testClip(), false, examples] as const,
      [`ViT, ${name}`, testVit(), false, examples] as const,
      [`CLIP with DoRA, ${name}`, testClip(), true, examples] as const,
    ]),
  )('%s: steps ask for no kernel that was not warmed up', async (_, backbone, dora, examplesOf) => {
    const options: PopulationOptions = { runs: RUNS, batchSize, targets: { dora } };
    const { spec, layout } = testPopulation(backbone, options);
    const examples = examplesOf(layout.pairs.length);
    const { device, take } = noting;
    const engine = createDeviceEngine(device, SMALL_BUDGET);
    engine.load(backbone);
    take();
    await engine.warmUp({ spec, batchSize, examples }, () => {});
    const known = new Set(take());
    const given = testPopulation(backbone, options).batch(0);
    const trainer = engine.createTrainer(spec);
    const seeds = fc.record({
      seed: fc.nat(),
      example: fc.nat(examples.length - 1),
      probability: fc.double({ min: 0, max: 1, noNaN: true }),
    });
    await fc.assert(
      fc.asyncProperty(seeds, async ({ seed, example, probability }) => {
        const gates = randomGates(layout, RUNS, seed, probability);
        await trainer.step({ ...given, ...examples[example], gates });
        const missing = take().filter((key) => !known.has(key));
        expect(missing, 'not warmed up').toEqual([]);
      }),
      { numRuns: 40 },
    );
    trainer.dispose();
  });
});
