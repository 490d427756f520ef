import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { createAdapterLayout } from '../../core/adapter-layout.ts';
import type { Evaluator, Objective, Variant } from '../../engine/engine.ts';
import { AnswerMemory } from './answer-memory.ts';

const TOWER = { layers: 2, width: 4, mlpWidth: 8 };
const layout = createAdapterLayout({ vision: TOWER }, { rank: 1, towers: ['vision'], projections: ['q', 'v'] });
const objective: Objective = { kind: 'linear', classes: 3 };
const IMAGES = 5;
const CLASSES = 3;
const patches = Float32Array.from({ length: IMAGES }, (_, i) => i);
const labels = new Int32Array(IMAGES);

/** Answers that depend on everything that an evaluation reads, and on nothing else. */
function exact(asked: Variant[]): Evaluator {
  const pairSum = ({ adapter, gates }: Variant): number =>
    layout.pairs.reduce((sum, { aOffset, bOffset, outFeatures }, pair) => {
      if (!gates[pair]) return sum;
      const values = [...adapter.subarray(aOffset, bOffset + outFeatures)];
      return values.reduce((total, value, i) => total + value * (1 + i + 31 * pair), sum);
    }, 0.5);
  return {
    imageSet: () => ({ count: IMAGES, dispose: () => undefined }),
    blockEvaluations: 0,
    dispose: () => undefined,
    evaluate(variants, { count }, { logits = false, onProgress } = {}) {
      asked.push(...variants);
      onProgress?.(1);
      const loss = Float32Array.from({ length: variants.length * count }, (_, i) => {
        return pairSum(variants[Math.floor(i / count)]) + patches[i % count];
      });
      return Promise.resolve({
        loss,
        predicted: Int32Array.from(loss, (value) => Math.abs(Math.round(value)) % CLASSES),
        logits: logits
          ? Float32Array.from(
              { length: loss.length * CLASSES },
              (_, i) => loss[Math.floor(i / CLASSES)] + (i % CLASSES),
            )
          : null,
      });
    },
  };
}

const adapterOf = (seed: number): Float32Array =>
  Float32Array.from({ length: layout.size }, (_, i) => ((seed * 7 + i) % 5) - 2);
const gatesOf = (mask: number): Uint8Array => Uint8Array.from(layout.pairs, (_, pair) => (mask >> pair) & 1);
const ALL = 2 ** layout.pairs.length - 1;

let asked: Variant[];
let memory: AnswerMemory;
beforeEach(() => {
  asked = [];
  memory = new AnswerMemory();
});

const remembering = (of = memory, images = { patches, labels }, scale = 1) =>
  of.remembering(exact(asked), { objective, layout, scale }, images);
const variant = (seed: number, mask = ALL): Variant => ({ adapter: adapterOf(seed), gates: gatesOf(mask) });

describe('a study that remembers answers', () => {
  it('gets what it would have got, whatever it asks in whatever order', async () => {
    const call = fc.record({
      variants: fc.array(fc.tuple(fc.nat(4), fc.integer({ min: 0, max: ALL })), { minLength: 1, maxLength: 8 }),
      logits: fc.boolean(),
    });
    const bytes = fc.constantFrom(0, 200, 10000);
    await fc.assert(
      fc.asyncProperty(fc.array(call, { maxLength: 6 }), bytes, async (calls, mostBytes) => {
        const own = remembering(new AnswerMemory(mostBytes));
        for (const { variants, logits } of calls) {
          const wanted = variants.map(([seed, mask]) => variant(seed, mask));
          const set = own.imageSet(patches, labels);
          expect(await own.evaluate(wanted, set, { logits })).toEqual(
            await exact([]).evaluate(wanted, set, { logits }),
          );
        }
      }),
    );
  });

  it('asks for nothing twice, also of another evaluator and within one call', async () => {
    const first = remembering();
    await first.evaluate([variant(1), variant(2), variant(1)], first.imageSet(patches, labels));
    expect(asked).toHaveLength(2);
    const second = remembering(memory, { patches: patches.slice(), labels });
    await second.evaluate([variant(2), variant(3)], second.imageSet(patches, labels));
    expect(asked).toHaveLength(3);
  });

  it('knows that closed gates are not read: everything off is the backbone, whose ever adapter it is', async () => {
    const own = remembering();
    const set = own.imageSet(patches, labels);
    await own.evaluate([variant(1, 0), variant(2, 0)], set);
    await remembering(memory, undefined, 2).evaluate([variant(3, 0)], set);
    expect(asked).toHaveLength(1);
    const changed = variant(1, 1);
    changed.adapter[layout.pairs[1].aOffset]++;
    await own.evaluate([variant(1, 1), changed], set);
    expect(asked).toHaveLength(2);
  });

  it('takes other factors, scales, tasks and images for others', async () => {
    const set = remembering().imageSet(patches, labels);
    await remembering().evaluate([variant(1)], set);
    await remembering().evaluate([variant(1, ALL - 1)], set);
    await remembering(memory, undefined, 2).evaluate([variant(1)], set);
    await remembering(memory, { patches: patches.map((value) => value + 1), labels }).evaluate([variant(1)], set);
    await remembering(memory, { patches, labels: labels.slice(1) }).evaluate([variant(1)], set);
    const other: Objective = { kind: 'linear', classes: 3 };
    await memory
      .remembering(exact(asked), { objective: other, layout, scale: 1 }, { patches, labels })
      .evaluate([variant(1)], set);
    expect(asked).toHaveLength(6);
  });

  it('takes other magnitudes of a DoRA adapter, and another head, for another adapter', async () => {
    const targets = { rank: 1, towers: ['vision'] as const, projections: ['q'] as const };
    const whole = createAdapterLayout(
      { vision: TOWER },
      { ...targets, towers: [...targets.towers], projections: [...targets.projections], dora: true },
      { classes: 3, features: 4 },
    );
    const own = memory.remembering(exact(asked), { objective, layout: whole, scale: 1 }, { patches, labels });
    const set = own.imageSet(patches, labels);
    const gates = new Uint8Array(whole.pairs.length).fill(1);
    const adapter = new Float32Array(whole.size).fill(1);
    const changed = [whole.pairs[1].magnitudeOffset! + 3, whole.head!.weightOffset, whole.head!.biasOffset + 2];
    const others = changed.map((at) => adapter.with(at, 2));
    await own.evaluate(
      [adapter, ...others, adapter.slice()].map((values) => ({ adapter: values, gates })),
      set,
    );
    expect(asked).toHaveLength(4);
  });

  it('asks again for logits that nobody wanted before, and not the other way round', async () => {
    const own = remembering();
    const set = own.imageSet(patches, labels);
    await own.evaluate([variant(1)], set);
    const { logits } = await own.evaluate([variant(1)], set, { logits: true });
    expect(logits).toHaveLength(IMAGES * CLASSES);
    await own.evaluate([variant(1)], set);
    expect(asked).toHaveLength(2);
  });

  it('keeps no more than it may, and forgets first what was not used for longest', async () => {
    const own = remembering(new AnswerMemory(2 * 8 * IMAGES));
    const set = own.imageSet(patches, labels);
    for (const seed of [1, 2, 1, 3, 1]) await own.evaluate([variant(seed)], set);
    expect(asked).toHaveLength(3);
    await own.evaluate([variant(2)], set);
    expect(asked).toHaveLength(4);
  });

  it('reports, pauses and stops where everything is known, too', async () => {
    const own = remembering();
    const set = own.imageSet(patches, labels);
    const shares: number[] = [];
    let pauses = 0;
    const options = {
      onProgress: (share: number) => void shares.push(share),
      between: () => Promise.resolve(void pauses++),
    };
    await own.evaluate([variant(1)], set, options);
    await own.evaluate([variant(1)], set, options);
    expect([shares, pauses]).toEqual([[1, 1], 1]);
    const stop = new AbortController();
    stop.abort();
    await expect(own.evaluate([variant(1)], set, { signal: stop.signal })).rejects.toThrow();
  });
});
