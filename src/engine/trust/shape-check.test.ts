import { describe, expect, it, vi } from 'vitest';
import type { Backbone } from '../../model/backbone.ts';
import type { Device } from '../device.ts';
import type { Engine, KernelTuner } from '../engine.ts';
import type { GpuDescription } from '../gpu-inspector.ts';
import type { KernelChoice } from '../kernel-tuning.ts';
import { openNodeDevice } from '../node.ts';
import { createDeviceEngine } from '../passes/device-engine.ts';
import { testClip, testVit } from '../passes/test-models.ts';
import { selfTest } from './self-test.ts';
import { createReferenceDevice, type ReferenceDevice } from '../devices/reference/reference-device.ts';
import { PLAIN, testAtShapes, type TestedStudy, type TrainingKind } from './shape-check.ts';
import { tried } from '../../../tests/support/sample.ts';

const BUDGET = { rows: 4096, tensorBytes: 2 ** 30, adapterBytes: 2 ** 30 };
const engineOf = <T>(device: Device<T>) => createDeviceEngine(device, BUDGET);

/** Wider than the tiny model of the first self-test in every way: heads of 16 instead of 8 columns, 17 tokens instead of 5. */
const WIDE = { layers: 3, width: 64, heads: 4, imageSize: 32, patchSize: 8 };

const STUDY: TestedStudy = { trainings: [PLAIN], trains: true, classes: 3, promptTokens: 4 };

type Replaced = Partial<ReferenceDevice>;
type Change = (device: ReferenceDevice) => Replaced;

/** The reference device with some operations replaced. */
function faulty(change: Change): ReferenceDevice {
  const device = createReferenceDevice();
  return { ...device, ...change(device) };
}

/** Every one is right in the shapes of the first self-test. */
const FAULTS: readonly (readonly [string, Change])[] = [
  [
    'attention scaled for 8 columns whatever the width of a head',
    (right) => ({
      attention: (q, k, v, shape, keep) => {
        const factor = Math.sqrt(q.cols / shape.heads / 8);
        q.data.forEach((value, i) => (q.data[i] = value * factor));
        const result = right.attention(q, k, v, shape, keep);
        q.data.forEach((value, i) => (q.data[i] = value / factor));
        return result;
      },
    }),
  ],
  [
    'attention that sees no token behind the 16th',
    (right) => ({
      attention: (q, k, v, shape, keep) => {
        const result = right.attention(q, k, v, shape, keep);
        if (shape.tokens <= 16) return result;
        const { data } = result.out;
        const missing = shape.sequences * shape.queries * q.cols;
        for (let i = missing - q.cols; i < missing; i++) data[i] *= 16 / shape.tokens;
        return result;
      },
    }),
  ],
  [
    'a backward of attention that is wrong in wide heads',
    (right) => ({
      attentionGradient: (dOut, q, k, v, softmax, shape) => {
        const result = right.attentionGradient(dOut, q, k, v, softmax, shape);
        if (q.cols / shape.heads > 8) result.dk.data.forEach((value, i, all) => (all[i] = 1.5 * value));
        return result;
      },
    }),
  ],
  [
    'layer norms of wide rows over their first half',
    (right) => ({
      layerNorm: (x, gain, bias, epsilon, groups) => {
        const result = right.layerNorm(x, gain, bias, epsilon, groups);
        if (x.cols > 32)
          for (let row = 0; row < x.rows; row++) {
            const values = x.data.subarray(row * x.cols, row * x.cols + x.cols / 2);
            const shift = values.reduce((sum, value) => sum + value, 0) / values.length - result.stats.data[2 * row];
            for (let c = 0; c < x.cols; c++)
              result.y.data[row * x.cols + c] -= shift * result.stats.data[2 * row + 1] * gain.data[c];
          }
        return result;
      },
    }),
  ],
  [
    'activations that stop after 128 columns',
    (right) => ({
      activation: (x, kind, groups) => {
        const y = right.activation(x, kind, groups);
        for (let i = 0; i < y.data.length; i++) if (i % y.cols >= 128) y.data[i] = 0;
        return y;
      },
    }),
  ],
  [
    'linear maps of wide rows without the last bias',
    (right) => ({
      linear: (weights) => {
        const bias = weights.bias?.slice() ?? null;
        if (bias && weights.inFeatures > 64) bias[bias.length - 1] = 0;
        return right.linear({ ...weights, bias });
      },
    }),
  ],
  [
    'not-a-number from long rows',
    (right) => ({
      normalizeRows: (x) => {
        const result = right.normalizeRows(x);
        if (x.cols > 32) result.y.data[0] = NaN;
        return result;
      },
    }),
  ],
  // Each of these shows in one kind of answer, or in one layer, alone.
  [
    'gradients of the wrong sign behind wide rows',
    (right) => ({
      loraGradient: (dy, x, groups, lora, gradients) => {
        const before = gradients.data.slice();
        right.loraGradient(dy, x, groups, lora, gradients);
        if (x.cols > 64) gradients.data.forEach((value, i, all) => (all[i] = 2 * before[i] - value));
      },
    }),
  ],
  [
    'attention of wide rows that is wrong where nothing is kept for a backward',
    (right) => ({
      attention: (q, k, v, shape, keep) => {
        const result = right.attention(q, k, v, shape, keep);
        if (!keep && q.cols > 32) result.out.data.forEach((value, i, all) => (all[i] = 1.1 * value));
        return result;
      },
    }),
  ],
  [
    'a backward of attention that is wrong below the last layer',
    (right) => ({
      attentionGradient: (dOut, q, k, v, softmax, shape) => {
        const result = right.attentionGradient(dOut, q, k, v, softmax, shape);
        if (q.cols > 32 && !shape.causal && shape.queries > 1)
          result.dq.data.forEach((value, i, all) => (all[i] = -value));
        return result;
      },
    }),
  ],
  [
    'wide prompts that see what follows',
    (right) => ({
      attention: (q, k, v, shape, keep) =>
        right.attention(q, k, v, { ...shape, causal: shape.causal && q.cols <= 32 }, keep),
    }),
  ],
  [
    'a backward of wide prompts that is wrong',
    (right) => ({
      attentionGradient: (dOut, q, k, v, softmax, shape) => {
        const result = right.attentionGradient(dOut, q, k, v, softmax, shape);
        if (q.cols > 32 && shape.causal) result.dq.data.forEach((value, i, all) => (all[i] = -value));
        return result;
      },
    }),
  ],
];

const clip = testClip('quick_gelu', WIDE);

describe('the test at the shapes of a backbone', () => {
  it.each<[string, Backbone]>([
    ['CLIP', clip],
    ['a ViT', testVit('gelu', WIDE)],
    ['one layer', testVit('gelu_tanh', { ...WIDE, layers: 1 })],
  ])('accepts the kernels for %s, and leaves nothing but its model behind', async (_, backbone) => {
    const [engine, untested] = [engineOf(await openNodeDevice('wasm')), engineOf(await openNodeDevice('wasm'))];
    await testAtShapes(engine, backbone, STUDY);
    for (const one of [engine, untested]) one.load(backbone);
    expect(engine.memoryBytes()).toBe(untested.memoryBytes());
    await testAtShapes(engine, backbone, STUDY); // of shapes that passed: nothing is done
    expect(engine.memoryBytes()).toBe(untested.memoryBytes());
    for (const one of [engine, untested]) one.dispose();
  });

  it('of adapters that are only evaluated compares evaluations, and makes no trainer', async () => {
    const engine = engineOf(createReferenceDevice());
    const createTrainer = vi.spyOn(engine, 'createTrainer');
    await testAtShapes(engine, clip, { ...STUDY, trains: false });
    expect(createTrainer).not.toHaveBeenCalled();
    await testAtShapes(engine, clip, STUDY); // which proves nothing of steps
    expect(createTrainer).toHaveBeenCalledOnce();
  });

  it('knows evaluations of adapters that were tested with their training', async () => {
    const engine = engineOf(createReferenceDevice());
    await testAtShapes(engine, clip, STUDY);
    const load = vi.spyOn(engine, 'load');
    await testAtShapes(engine, clip, { ...STUDY, trains: false });
    expect(load).not.toHaveBeenCalled();
  });

  it.each(FAULTS.slice(0, tried(FAULTS.length)))(
    'refuses %s, which the first self-test lets pass',
    async (_, change) => {
      const engine = engineOf(faulty(change));
      await selfTest(engine);
      await expect(testAtShapes(engine, clip, STUDY)).rejects.toThrow(
        /^float64 reference computes this backbone wrongly: in its shapes \(4 heads, width 64, 17 tokens\) the .* differ/,
      );
    },
  );

  it('refuses also when asked again', async () => {
    const [[, change]] = FAULTS;
    const engine = engineOf(faulty(change));
    for (let time = 0; time < 2; time++) await expect(testAtShapes(engine, clip, STUDY)).rejects.toThrow('differ');
  });

  it('is made anew for heads of another width', async () => {
    const engine = engineOf(
      faulty((right) => ({
        attention: (q, k, v, shape, keep) => {
          const result = right.attention(q, k, v, shape, keep);
          if (q.cols / shape.heads > 8) result.out.data.fill(0);
          return result;
        },
      })),
    );
    await testAtShapes(engine, testClip('quick_gelu', { ...WIDE, heads: 8 }), STUDY);
    await expect(testAtShapes(engine, clip, STUDY)).rejects.toThrow('4 heads');
  });

  it('is made anew in half precision, and compares with the same halves', async () => {
    const right = engineOf(createReferenceDevice());
    const wrong = engineOf(
      faulty((device) => ({
        linear: (weights, precision) =>
          device.linear(
            precision === 'f16' ? { ...weights, weight: weights.weight.map(Math.abs) } : weights,
            precision,
          ),
      })),
    );
    for (const engine of [right, wrong]) await testAtShapes(engine, clip, STUDY);
    for (const engine of [right, wrong]) engine.choosePrecision('f16');
    await testAtShapes(right, clip, STUDY);
    await expect(testAtShapes(wrong, clip, STUDY)).rejects.toThrow('differ');
  });
});

describe('on a device whose kernels depend on how much there is to compute', () => {
  /** An engine that pretends to have other kernels for large problems, and says which ones were asked for. */
  function ofSizes(engine: Engine, onChoose: (choice: KernelChoice) => void = () => {}) {
    let chosen: KernelChoice = { 'product: a': 'tuned' };
    const choices: KernelChoice[] = [];
    const tuner: KernelTuner = {
      key: null,
      choose(choice) {
        chosen = choice;
        choices.push(choice);
        onChoose(choice);
      },
      get chosen() {
        return chosen;
      },
      bySize: [{ product: 'large' }, { product: 'small' }],
      prove: () => Promise.resolve({ choice: {}, refused: [], faults: {} }),
      tune: () => ({ slice: () => Promise.resolve(true), isWaiting: false, end: () => {} }),
    };
    return { engine: Object.assign(engine, { tuner }), choices };
  }

  const trainings: [string, Backbone, Partial<TrainingKind>][] = [
    ['nothing else', clip, {}],
    ['branch factors and DoRA', testVit('gelu', { ...WIDE, width: 192, heads: 3 }), { rescales: true, dora: true }],
    ['two passes and dropout', clip, { perturbs: true, drops: true }],
  ];
  it.each(trainings.slice(0, tried(trainings.length)))(
    'right steps of a study pass with those for every size: %s',
    async (_, backbone, training) => {
      const { engine, choices } = ofSizes(engineOf(await openNodeDevice('wasm')));
      const study = { ...STUDY, trainings: [{ ...PLAIN, ...training }] };
      await testAtShapes(engine, backbone, study);
      expect(choices.slice(-3)).toEqual([{ product: 'large' }, { product: 'small' }, { 'product: a': 'tuned' }]);
      const { length } = choices;
      await testAtShapes(engine, backbone, study);
      expect(choices).toHaveLength(length);
      engine.dispose();
    },
  );

  it('of adapters that are only evaluated, evaluations are compared and steps are not', async () => {
    let product: string | undefined;
    const wrongSteps =
      (size?: string): Change =>
      (right) => ({
        linearInputGradient: (...given) => {
          const dx = right.linearInputGradient(...given);
          if (product === size) dx.data[dx.data.length - 1] += 1;
          return dx;
        },
      });
    const wrongEvaluations =
      (size?: string): Change =>
      (right) => ({
        activation: (...given) => {
          const y = right.activation(...given);
          if (product === size) y.data.fill(0);
          return y;
        },
      });
    const test = (change: Change, trains: boolean) => {
      product = undefined;
      const { engine } = ofSizes(engineOf(faulty(change)), (choice) => (product = choice.product));
      return testAtShapes(engine, clip, { ...STUDY, trains });
    };
    // Of the kernels for large problems, and of those that are there before any size is chosen: those at the shapes of the backbone.
    for (const size of ['large', undefined]) {
      await expect(test(wrongSteps(size), true)).rejects.toThrow('computes this backbone wrongly');
      await test(wrongSteps(size), false);
      await expect(test(wrongEvaluations(size), false)).rejects.toThrow('computes this backbone wrongly');
    }
  });

  const evaluated: [string, TrainingKind, number][] = [
    ['a training that drops', { ...PLAIN, drops: true }, 3],
    ['DoRA', { ...PLAIN, dora: true }, 3],
    ['many classes', PLAIN, 1000],
  ];
  it.each(evaluated.slice(0, tried(evaluated.length)))(
    'evaluations of adapters that were tested with their training are not tested again: %s',
    async (_, kind, classes) => {
      const { engine, choices } = ofSizes(engineOf(await openNodeDevice('wasm')));
      const study = { ...STUDY, trainings: [kind], classes };
      await testAtShapes(engine, clip, study);
      const { length } = choices;
      await testAtShapes(engine, clip, { ...study, trains: false });
      expect(choices).toHaveLength(length);
      engine.dispose();
    },
  );

  it('scores of many classes pass too', async () => {
    const { engine } = ofSizes(engineOf(await openNodeDevice('wasm')));
    for (const backbone of [clip, testVit('gelu', WIDE)])
      await testAtShapes(engine, backbone, { ...STUDY, classes: 1000 });
    engine.dispose();
  });

  it.each(['large', 'small'])(
    'a kernel for %s problems that is wrong is found, whatever the backbone takes',
    async (size) => {
      let product = '';
      const device = faulty((right) => ({
        linearInputGradient: (dy, map, groups, lora, accumulate) => {
          const dx = right.linearInputGradient(dy, map, groups, lora, accumulate);
          if (product === size) dx.data[dx.data.length - 1] += 1;
          return dx;
        },
      }));
      const { engine, choices } = ofSizes(engineOf(device), (choice) => (product = choice.product));
      await expect(testAtShapes(engine, clip, STUDY)).rejects.toThrow('computes this backbone wrongly');
      expect(choices.at(-1)).toEqual({ 'product: a': 'tuned' });
    },
  );
});

it('refuses a card that is wrong now and then only', async () => {
  let evaluations = 0;
  const engine = engineOf(
    faulty((right) => ({
      layerNorm: (...given) => {
        const result = right.layerNorm(...given);
        if (evaluations === 3) result.y.data[0] += 1e-6;
        return result;
      },
    })),
  );
  const card: Engine = {
    ...engine,
    info: { ...engine.info, gpu: {} as GpuDescription, software: false },
    createEvaluator: (spec) => (evaluations++, engine.createEvaluator(spec)),
  };
  await expect(testAtShapes(card, testClip(), STUDY)).rejects.toThrow('gives other numbers');
});
