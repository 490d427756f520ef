/** Every operation composed from tfjs against float64, on random small shapes; nothing may stay allocated. */
import * as tf from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Device } from '../../device.ts';
import type { Groups } from '../../operands.ts';
import { openTfjsCpu } from '../../open-tfjs.ts';
import { loadedEngine, testClip, testPopulation } from '../../passes/test-models.ts';
import { createReferenceDevice } from '../reference/reference-device.ts';
import { describeAllPrograms } from '../../test-device-programs.ts';
import { deviation, Draw, expectAgreement as agreesOn } from '../test-programs.ts';
import type { TfjsTensor } from './tensor.ts';

let tfjs: Device<TfjsTensor>;
beforeAll(async () => void (tfjs = await openTfjsCpu()));

const TOLERANCE = 2e-5;

/** Operations on any device; the tensors to compare by name. */
type Operations = <T>(device: Device<T>, draw: Draw<T>) => Record<string, T>;

async function expectAgreement(seed: number, operations: Operations): Promise<void> {
  const reference = createReferenceDevice();
  const expected = operations(reference, new Draw(reference, seed));
  const draw = new Draw(tfjs, seed);
  const actual = operations(tfjs, draw);
  for (const [name, tensor] of Object.entries(expected)) {
    expect(tfjs.shape(actual[name]), name).toEqual(reference.shape(tensor));
    expect(deviation(await tfjs.read(actual[name]), await reference.read(tensor)), name).toBeLessThan(TOLERANCE);
  }
}

const small = (max: number) => fc.integer({ min: 1, max });
const seeds = fc.nat(10_000);
const RUNS = { numRuns: 25, seed: 4 };

const groupsOf = fc.record({ count: small(4), rowsPerGroup: small(5) }).chain(({ count, rowsPerGroup }) =>
  fc.record({
    groups: fc
      .array(fc.constantFrom(0, 1), { minLength: count, maxLength: count })
      .map((live): Groups => ({ count, rowsPerGroup, live: Uint8Array.from(live) })),
    slots: fc.array(fc.integer({ min: -1, max: 2 }), { minLength: count, maxLength: count }),
    rates: fc.option(fc.array(fc.constantFrom(0, 0.2, 0.5), { minLength: count, maxLength: count })),
  }),
);

describe('tfjs operations agree with float64', () => {
  it('DoRA', async () => {
    await fc.assert(
      fc.asyncProperty(groupsOf, small(9), small(9), small(4), seeds, (setting, inputs, outputs, rank, seed) => {
        const { groups, slots } = setting;
        const rows = groups.count * groups.rowsPerGroup;
        return expectAgreement(seed, (d, draw) => {
          const w = draw.linear(inputs, outputs, seed % 2 === 0);
          const { factors, offset } = draw.dora(inputs, outputs, rank, 3);
          const scales = d.doraScales(w, factors, offset);
          const dora = { scales, offset, slotOfGroup: Int32Array.from(slots) };
          const z = draw.tensor(rows, outputs);
          const gradients = draw.tensor(3, d.shape(factors.params).cols);
          const dz = d.doraGradient(draw.tensor(rows, outputs), z, w, groups, dora, gradients);
          const y = d.applyDora(z, w, groups, dora, draw.tensor(rows, outputs));
          return { scales, y, plain: d.applyDora(z, w, groups, dora, null), dz, gradients };
        });
      }),
      RUNS,
    );
  });

  it('linear maps with LoRA and dropout', async () => {
    await fc.assert(
      fc.asyncProperty(groupsOf, small(9), small(9), small(4), seeds, (setting, inputs, outputs, rank, seed) => {
        const { groups, rates } = setting;
        const rows = groups.count * groups.rowsPerGroup;
        // A group that is not needed has no active LoRA: that is what the passes promise.
        const slots = setting.slots.map((slot, g) => (groups.live?.[g] ? slot : -1));
        return expectAgreement(seed, (d, draw) => {
          const w = draw.linear(inputs, outputs, seed % 2 === 0);
          const lora = draw.lora(inputs, outputs, rank, slots, rates);
          const used = slots.some((slot) => slot >= 0) ? lora : null; // passes leave out what no group uses
          const x = draw.tensor(rows, inputs);
          const dy = draw.tensor(rows, outputs);
          const { rows: slotCount, cols } = d.shape(lora.params);
          const gradients = draw.tensor(slotCount, cols);
          const dx = d.linearInputGradient(dy, w, groups, used, draw.tensor(rows, inputs));
          if (used) {
            d.loraGradient(dy, x, groups, used, gradients);
            d.loraGradient(dy, x, groups, used, gradients); // accumulates
          }
          return {
            y: d.applyLinear(x, w, groups, used, draw.tensor(rows, outputs)),
            frozen: d.applyLinear(x, w, groups, null, null),
            dx,
            frozenDx: d.linearInputGradient(dy, w, groups, null, null),
            gradients,
          };
        });
      }),
      RUNS,
    );
  });

  it('norms and activations', async () => {
    await fc.assert(
      fc.asyncProperty(groupsOf, fc.integer({ min: 4, max: 9 }), seeds, ({ groups }, cols, seed) =>
        expectAgreement(seed, (d, draw) => {
          const rows = groups.count * groups.rowsPerGroup;
          const all = { ...groups, live: undefined };
          const x = draw.tensor(rows, cols, 2);
          const dy = draw.tensor(rows, cols);
          const gain = draw.tensor(1, cols);
          const { y, stats } = d.layerNorm(x, gain, draw.tensor(1, cols), 1e-5, groups);
          const { stats: complete } = d.layerNorm(x, gain, gain, 1e-5, all);
          const unit = d.normalizeRows(x);
          const scaled = draw.tensor(rows, cols);
          d.scaleSegments(scaled, [{ offset: 1, length: 2 }], draw.values(rows));
          const acts = (['quick_gelu', 'gelu', 'gelu_tanh'] as const).map((kind) => ({
            [kind]: d.activation(x, kind, groups),
            [`${kind} gradient`]: d.activationGradient(dy, x, kind, groups),
          }));
          return {
            y,
            stats,
            dx: d.layerNormGradient(dy, x, complete, gain, draw.tensor(rows, cols), all),
            plain: d.layerNormGradient(dy, x, complete, gain, null, groups),
            unit: unit.y,
            norms: unit.norms,
            dUnit: d.normalizeRowsGradient(dy, unit.y, unit.norms),
            rowNorms: d.rowNorms(x),
            scaled,
            ...acts[0],
            ...acts[1],
            ...acts[2],
          };
        }),
      ),
      RUNS,
    );
  });

  it('attention', async () => {
    await fc.assert(
      fc.asyncProperty(
        small(3),
        fc.integer({ min: 2, max: 6 }),
        small(3),
        small(4),
        fc.constantFrom('causal', 'full', 'one query'),
        seeds,
        (sequences, tokens, heads, size, kind, seed) =>
          expectAgreement(seed, (d, draw) => {
            const queries = kind === 'one query' ? 1 : tokens;
            const groups = { count: 1, rowsPerGroup: sequences * queries };
            const shape = { sequences, queries, tokens, heads, causal: kind === 'causal', groups };
            const q = draw.tensor(sequences * queries, heads * size);
            const dOut = draw.tensor(sequences * queries, heads * size);
            const [k, v] = [
              draw.tensor(sequences * tokens, heads * size),
              draw.tensor(sequences * tokens, heads * size),
            ];
            const { out, softmax } = d.attention(q, k, v, shape, true);
            const light = d.attention(q, k, v, shape, false);
            expect(light.softmax).toBeNull();
            return {
              out,
              softmax: softmax!,
              light: light.out,
              ...d.attentionGradient(dOut, q, k, v, softmax!, shape),
            };
          }),
      ),
      RUNS,
    );
  });

  it('gathering, scattering and slots', async () => {
    await fc.assert(
      fc.asyncProperty(small(5), small(4), seeds, (cols, tokens, seed) =>
        expectAgreement(seed, (d, draw) => {
          const x = draw.tensor(12, cols);
          const gradients = draw.tensor(2, 40 * cols);
          const positions = draw.tensor(tokens + 1, cols);
          const dy = draw.tensor(12, cols);
          d.addToSlots(dy, gradients, 2, Int32Array.of(1, 0));
          d.addToSlots(dy, gradients, 5, Int32Array.of(0, 1)); // overlaps the range before
          return {
            rows: d.gatherRows(x, draw.integers(9, 12)),
            scattered: d.scatterRows(x, draw.integers(12, 7), 8),
            groups: d.gatherGroups(x, Int32Array.of(3, 0, 0, 2), 3),
            tokens: d.assembleTokens(draw.tensor(3 * tokens, cols), draw.tensor(1, cols), positions),
            embedded: d.embedTokens(draw.integers(2 * (tokens + 1), 12), x, positions),
            slices: d.sliceSlots(gradients, 5, 3, cols, Int32Array.of(1, 0, 1)),
            gradients,
          };
        }),
      ),
      RUNS,
    );
  });

  it('scores, cross-entropy and AdamW', async () => {
    await fc.assert(
      fc.asyncProperty(
        small(3),
        small(4),
        fc.integer({ min: 2, max: 5 }),
        small(6),
        fc.boolean(),
        seeds,
        (groups, m, classes, features, shared, seed) =>
          expectAgreement(seed, (d, draw) => {
            const wGroups = shared ? 1 : groups;
            const x = draw.tensor(groups * m, features);
            const w = draw.tensor(wGroups * classes, features);
            const given = draw.tensor(groups * m, classes, 3);
            const labels = draw.integers(groups * m, classes);
            const { loss, predicted, dScores } = d.crossEntropy(given, labels, 0.25);
            const plain = d.crossEntropy(given, labels, null);
            expect(plain.dScores).toBeNull();
            const [params, gradients, first] = [draw.tensor(2, 20), draw.tensor(2, 20), draw.tensor(2, 20)];
            const second = d.upload(draw.values(40).map(Math.abs), 2, 20);
            const segments = [
              { offset: 1, length: 7 },
              { offset: 8, length: 11 },
            ];
            const coefficients = Float32Array.from(
              { length: 16 },
              (_, i) => [(seed >> (i >> 2)) & 1, 0.01, 1.5, 2][i % 4],
            );
            const decay = Float32Array.of(1, 0);
            for (let step = 0; step < 3; step++)
              d.adamw(params, gradients, first, second, segments, coefficients, {
                beta1: 0.9,
                beta2: 0.999,
                epsilon: 1e-8,
                weightDecay: 0.1,
                decay,
              });
            return {
              scores: d.groupScores(x, w, draw.tensor(groups, classes), 0.7, groups, wGroups),
              bare: d.groupScores(x, w, null, 2, groups, wGroups),
              loss,
              plain: plain.loss,
              predicted,
              dScores: dScores!,
              dx: d.groupScoresInputGradient(given, w, 0.7, groups, wGroups),
              dw: d.groupScoresWeightGradient(given, x, 0.7, groups, wGroups),
              params,
              first,
              second,
            };
          }),
      ),
      RUNS,
    );
  });
});

describe('memory of the tfjs device', () => {
  it('does not grow over 200 steps', async () => {
    const backbone = testClip('quick_gelu', { layers: 1, width: 4, heads: 1, imageSize: 2, patchSize: 1 });
    const engine = loadedEngine(tfjs, backbone);
    const { spec, batch } = testPopulation(backbone, { probability: 0.5, batchSize: 1, dropout: [0.2, 0] });
    const trainer = engine.createTrainer(spec);
    const input = batch(0);
    const patches = new Float32Array(4 * 3);
    await trainer.step({ ...input, patches, labels: Int32Array.of(1) });
    const before = tf.memory().numTensors;
    for (let step = 0; step < 200; step++) await trainer.step({ ...batch(step), patches, labels: Int32Array.of(1) });
    expect(tf.memory().numTensors).toBe(before);
    trainer.dispose();
  });
});

/** Programs have tensors of one value, such as that of a saturated activation: few of its digits are left. */
const ONE_VALUE = 1e-3;

describeAllPrograms(
  (name, program, tolerance = ONE_VALUE) => it(name, () => agreesOn([tfjs], program, tolerance)),
  true,
);
