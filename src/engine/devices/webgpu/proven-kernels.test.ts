/**
 * What a study on a card dispatches was compared with float64 before. Nothing is compiled and nothing executed here: kernels are told by their keys, which name all that is
 * baked into them.
 */
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { installDawn } from '../../dawn-node.ts';
import { countingDevice } from '../../memory/counting-device.ts';
import { plainMemory } from '../../memory/plain-memory.ts';
import { createDeviceEngine } from '../../passes/device-engine.ts';
import {
  randomAdapter,
  randomGates,
  testClip,
  testPopulation,
  testVit,
  type PopulationOptions,
} from '../../passes/test-models.ts';
import { selfTest } from '../../trust/self-test.ts';
import { PLAIN, testAtShapes, type TestedStudy, type TrainingKind } from '../../trust/shape-check.ts';
import { requestGpu, type RequestedDevice } from './request-device.ts';
import { Runtime } from './runtime.ts';
import { asCard } from './test-card.ts';
import { createWebgpuDevice } from './webgpu-device.ts';

// A device that executes nothing answers nothing, so its answers are compared with none.
vi.mock('../../trust/agreement.ts', async (original) => ({ ...(await original<object>()), relativeError: () => 0 }));
vi.mock('../reference/reference-device.ts', () => ({
  createReferenceDevice() {
    const device = countingDevice(plainMemory());
    return { ...device, info: { ...device.info, halves: true } };
  },
}));

let card: RequestedDevice;
beforeAll(async () => {
  await installDawn();
  card = asCard(await requestGpu());
});
afterAll(() => card.device.destroy());

function notingEngine() {
  const runtime = new Runtime(card);
  const asked = new Set<string>();
  vi.spyOn(runtime, 'dispatch').mockImplementation(({ key }, _tensors, _values, workgroups) => {
    if (!workgroups.includes(0)) asked.add(key);
  });
  const device = createWebgpuDevice(runtime, card.description);
  const engine = createDeviceEngine(device, { rows: 4096, tensorBytes: 2 ** 30, adapterBytes: 2 ** 20 });
  const during = async (work: () => Promise<void>): Promise<Set<string>> => {
    asked.clear();
    await work();
    return new Set(asked);
  };
  return { engine, during };
}

/** Of Emoji-CLIP's widths. */
const SHAPE = { layers: 5, width: 64, heads: 4, imageSize: 32, patchSize: 8 };
const RUNS = 4;
const ATTENTION = ['q', 'k', 'v', 'o'] as const;

const CASES: [string, TrainingKind, PopulationOptions][] = [
  ['LoRA on q, k, v and o', PLAIN, { targets: { projections: ATTENTION, rank: 4 } }],
  ['LoRA on v of images', PLAIN, { targets: { projections: ['v'], towers: ['vision'] } }],
  ['DoRA', { ...PLAIN, dora: true }, { targets: { dora: true } }],
  ['dropout', { ...PLAIN, drops: true }, { dropout: new Array<number>(RUNS).fill(0.5) }],
  ['factors and two passes', { ...PLAIN, rescales: true, perturbs: true }, { radii: new Array<number>(RUNS).fill(1) }],
];
/** Which tile a product has depends on how many rows there are. */
const BATCHES = [2, 48];

describe.each([
  ['CLIP', testClip('quick_gelu', SHAPE)],
  ['ViT', testVit('gelu_tanh', { ...SHAPE, layers: 3, width: 192, heads: 3 })],
] as const)('%s', (_, backbone) => {
  const { vision } = backbone;

  it.each(CASES)('every kernel of a study was tested before it: %s', async (_name, training, options) => {
    await proves(training, options, true);
  });

  it.each(CASES.filter(([, kind]) => kind === PLAIN || kind.dora))(
    'every kernel that evaluates adapters was tested before that: %s',
    async (_name, training, options) => {
      await proves(training, options, false);
    },
  );

  async function proves(training: TrainingKind, options: PopulationOptions, trains: boolean): Promise<void> {
    const { engine, during } = notingEngine();
    const study: TestedStudy = { trainings: [training], trains, classes: 3, promptTokens: null };
    const tested = await during(async () => {
      await selfTest(engine);
      await testAtShapes(engine, backbone, study);
    });
    const asked = await during(async () => {
      engine.load(backbone);
      for (const batchSize of BATCHES) {
        const { spec, layout, batch } = testPopulation(backbone, { runs: RUNS, batchSize, ...options });
        const given = batch(0);
        const patches = new Float32Array(batchSize * (vision.config.tokens - 1) * vision.patchEmbedding.inFeatures);
        const branchFactors = new Float32Array(RUNS * layout.pairs.length).fill(2);
        const trainer = engine.createTrainer(spec);
        for (let seed = 0; trains && seed < 6; seed++) {
          const gates = randomGates(layout, RUNS, seed, [1, 0, 0.5, 0.1][seed % 4]);
          await trainer.step({ ...given, patches, gates, ...(training.rescales && { branchFactors }) });
        }
        trainer.dispose();
        const evaluator = engine.createEvaluator({ objective: spec.objective, layout, scale: 1 });
        const images = evaluator.imageSet(patches, given.labels);
        for (const variants of [1, 5])
          await evaluator.evaluate(
            Array.from({ length: variants }, (_, i) => ({
              adapter: randomAdapter(layout, i),
              gates: randomGates(layout, 1, i, i / 4),
            })),
            images,
          );
        images.dispose();
        evaluator.dispose();
      }
    });
    if (trains) {
      const { spec } = testPopulation(backbone, { runs: RUNS, batchSize: BATCHES[1], ...options });
      const warmed = await during(() => engine.warmUp({ spec, batchSize: BATCHES[1], examples: [{}] }, () => {}));
      expect(warmed.size).toBeGreaterThan(0);
      expect(
        [...warmed].filter((key) => !tested.has(key)),
        'the study waits for them',
      ).toEqual([]);
    }
    const tiles = new Set([...asked].map((key) => /^matmul (\S+ staged),/.exec(key)?.[1]).filter(Boolean));
    expect(tiles.size).toBe(3);
    expect([...asked].filter((key) => !tested.has(key))).toEqual([]);
  }
});
