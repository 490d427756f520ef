/** The arithmetic that a step is said to take, against the operations that the trainer calls for it on a device that counts them. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { layoutOfLayers, PROJECTIONS, type Projection } from '../../src/core/adapter-layout.ts';
import { createGateSampler } from '../../src/copra/gate-sampler.ts';
import { meanSpending, spendingOf, spentAt, stepAt } from '../../src/copra/spending/spending.ts';
import { stepWork, type TowersWork } from '../../src/copra/spending/step-work.ts';
import type { AttentionShape, DeviceLinear, LoraUse } from '../../src/engine/operands.ts';
import { createReferenceDevice } from '../../src/engine/devices/reference/reference-device.ts';
import type { ReferenceTensor } from '../../src/engine/devices/reference/tensor.ts';
import { loadedEngine, testClip, testPopulation } from '../../src/engine/passes/test-models.ts';
import { defaultArm } from '../../src/study/config/default-arm.ts';

type Lora = LoraUse<unknown> | null;

/** Multiplications and additions of matrix products, from the shapes of the operands of every call. */
function counting() {
  let work = 0;
  const merged = (lora: Lora, map: DeviceLinear) => (lora ? 2 * lora.rank * map.inFeatures * map.outFeatures : 0);
  const device = createReferenceDevice();
  const isOfBlock = (width: number, map: DeviceLinear): boolean =>
    [width, 4 * width].includes(map.inFeatures) && [width, 4 * width].includes(map.outFeatures);
  const counted = (width: number) =>
    new Proxy(device, {
      get(target, key) {
        const member: unknown = Reflect.get(target, key);
        if (typeof member !== 'function') return member;
        return (...args: unknown[]) => {
          const [x, map] = args as [ReferenceTensor, DeviceLinear];
          if (key === 'applyLinear' && isOfBlock(width, map))
            work += 2 * x.rows * map.inFeatures * map.outFeatures + merged(args[3] as Lora, map);
          if (key === 'linearInputGradient' && isOfBlock(width, map))
            work += 2 * x.rows * map.inFeatures * map.outFeatures;
          if (key === 'loraGradient') {
            const [dy, input, , { rank }] = args as [ReferenceTensor, ReferenceTensor, unknown, LoraUse<unknown>];
            work += 4 * rank * dy.rows * (dy.cols + input.cols);
          }
          if (key === 'attention' || key === 'attentionGradient') {
            const { sequences, queries, tokens } = args.find(
              (arg): arg is AttentionShape => typeof arg === 'object' && arg !== null && 'queries' in arg,
            )!;
            work += (key === 'attention' ? 4 : 8) * sequences * queries * tokens * x.cols;
          }
          return Reflect.apply(member, target, args) as unknown;
        };
      },
    });
  return { counted, taken: () => work, reset: () => (work = 0) };
}

/** Prompts of tinyPrompts are computed up to their end token. */
async function measure(gates: Uint8Array, projections: readonly Projection[]): Promise<{ real: number; said: number }> {
  const backbone = testClip('gelu', { layers: 3, width: 8, heads: 2, imageSize: 4, patchSize: 2 });
  const { layout, spec, batch } = testPopulation(backbone, { runs: 1, batchSize: 2, targets: { projections } });
  const { counted, taken, reset } = counting();
  const trainer = loadedEngine(counted(8), backbone).createTrainer(spec);
  reset(); // the frozen prompts are computed before the first step
  const own = Uint8Array.from(layout.pairs, (_, i) => gates[i % gates.length]);
  await trainer.step(batch(0, { gates: own }));
  trainer.dispose();
  if (spec.objective.kind !== 'clip') throw new Error('a CLIP objective');
  const { tokens, classes } = spec.objective;
  const { endToken } = backbone.text.config;
  const context = tokens.length / classes;
  const ends = Array.from({ length: classes }, (_, c) =>
    tokens.subarray(c * context, (c + 1) * context).indexOf(endToken),
  );
  const facts = ({ layers, width, mlpWidth }: typeof backbone.vision.config | typeof backbone.text.config) => ({
    layers,
    width,
    mlpWidth,
  });
  const towers: TowersWork = {
    vision: {
      ...facts(backbone.vision.config),
      tokens: backbone.vision.config.tokens,
      sequences: 2,
      lastIsPooled: true,
      isAlwaysNeeded: true,
    },
    text: {
      ...facts(backbone.text.config),
      tokens: Math.max(...ends) + 1,
      sequences: classes,
      lastIsPooled: false,
      isAlwaysNeeded: false,
    },
  };
  // Both projections to the shared space, forward and backward, have the shape of a map here: they are not of blocks.
  const projected = ({ inFeatures, outFeatures }: DeviceLinear, rows: number) => 4 * rows * inFeatures * outFeatures;
  const isTextActive = layout.pairs.some(({ tower }, i) => tower === 'text' && own[i]);
  const apart =
    projected(backbone.visionProjection, 2) + (isTextActive ? projected(backbone.textProjection, classes) : 0);
  return { real: taken() - apart, said: stepWork(towers, layout, own) };
}

describe('the work of a step', () => {
  it('is that of the operations which the trainer calls, whatever is active', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uint8Array({ min: 0, max: 1, minLength: 36, maxLength: 36 }),
        fc.constantFrom<readonly Projection[]>(PROJECTIONS, ['q', 'k', 'v'], ['o'], ['fc2'], ['fc1', 'v']),
        async (gates, projections) => {
          const { real, said } = await measure(gates, projections);
          expect(said).toBe(real);
        },
      ),
      { numRuns: 30 },
    );
  });

  it('is that of one forward without any adapter, and most with all of them', async () => {
    const none = await measure(new Uint8Array(1), PROJECTIONS);
    const all = await measure(new Uint8Array(1).fill(1), PROJECTIONS);
    expect(none.said).toBe(none.real);
    expect(all.said).toBe(all.real);
    expect(all.said).toBeGreaterThan(2 * none.said);
  });
});

describe('the spending of a run', () => {
  const WHOLE = { passes: 1, end: 40 };
  const layout = layoutOfLayers(
    { vision: 5, text: 2 },
    { rank: 2, towers: ['vision', 'text'], projections: ['q', 'v'] },
  );
  const tower = { width: 1, mlpWidth: 1, tokens: 4, sequences: 3 };
  const towers: TowersWork = {
    vision: { ...tower, layers: 5, lastIsPooled: true, isAlwaysNeeded: true },
    text: { ...tower, layers: 2, lastIsPooled: false, isAlwaysNeeded: false },
  };

  it.each(['lora', 'copra', 'layer-drop', 'stochastic-depth'] as const)(
    'sums the gates of %s step by step',
    (method) => {
      for (const granularity of ['layer', 'module'] as const) {
        const arm = { ...defaultArm(method, 'a', 'a'), granularity };
        const { updates, work } = spendingOf(arm, layout, towers, 40, 7, WHOLE);
        const sample = createGateSampler(arm, layout, 40, 7);
        expect([updates[0], work[0], updates.length, work.length]).toEqual([0, 0, 41, 41]);
        let [sumUpdates, sumWork] = [0, 0];
        for (let step = 0; step < 40; step++) {
          const { pairs, players } = sample(step);
          sumUpdates += pairs.filter((gate) => gate === 1).length / 14;
          if (granularity === 'layer')
            expect(updates[step + 1] - updates[step]).toBeCloseTo(players.filter((gate) => gate === 1).length / 7, 9);
          sumWork += stepWork(towers, layout, pairs);
          expect(updates[step + 1]).toBeCloseTo(sumUpdates, 9);
          expect(work[step + 1]).toBeCloseTo(sumWork, 6);
        }
      }
    },
  );

  it('ends where the run is taken, and is twice the work where a step has two passes', () => {
    const arm = defaultArm('copra', 'a', 'a');
    const whole = spendingOf(arm, layout, towers, 40, 7, WHOLE);
    const taken = spendingOf(arm, layout, towers, 40, 7, { passes: 2, end: 25 });
    for (let step = 0; step <= 40; step++) {
      const at = Math.min(step, 25);
      expect(whole.steps[step]).toBe(step);
      expect([taken.steps[step], taken.updates[step]]).toEqual([at, whole.updates[at]]);
      expect(taken.work[step]).toBeCloseTo(2 * whole.work[at], 6);
    }
  });

  it('is averaged over runs, and found again from what was spent', () => {
    const runs = [1, 2, 3].map((seed) =>
      spendingOf(defaultArm('copra', 'a', 'a'), layout, towers, 30, seed, { ...WHOLE, end: 30 }),
    );
    const { updates } = meanSpending(runs);
    expect(updates[30]).toBeCloseTo((runs[0].updates[30] + runs[1].updates[30] + runs[2].updates[30]) / 3, 9);
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1, noNaN: true }), (share) => {
        const at = stepAt(updates, share * updates[30]);
        const below = Math.floor(at);
        const back = updates[below] + (at - below) * ((updates[below + 1] ?? updates[below]) - updates[below]);
        expect(back).toBeCloseTo(share * updates[30], 6);
        expect(spentAt(updates, at)).toBeCloseTo(back, 9);
      }),
    );
    expect(stepAt(updates, 2 * updates[30])).toBe(30);
  });
});
