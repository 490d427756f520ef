/** The spectra of whole studies on a tiny model, on the WebAssembly device. */
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { factorsOf } from '../../src/copra/merging/low-rank.ts';
import { alignmentCondition } from '../../src/copra/spectra/alignment-condition.ts';
import { denseOf, eigen, flipped, product, singularValues, sumOf } from '../../src/copra/test-dense.ts';
import type { Engine } from '../../src/engine/engine.ts';
import { adaptedMap } from '../../src/model/backbone.ts';
import { spectrumOf } from '../../src/study/analyses/spectra/measures.ts';
import { applyEvent } from '../../src/study/result/events.ts';
import { StudyResultSchema } from '../../src/study/result/result.ts';
import { adaptersOf, inputsOf, noticesOf, record, tinyArm, tinyModel, trainingOnly } from '../support/tiny-study.ts';
import { withWasmEngine } from '../support/wasm-engine.ts';
import { runOf } from '../../src/study/result/run-names.ts';

let engine: Engine;
withWasmEngine((opened) => void (engine = opened), 1);

const [DIRECTIONS, THRESHOLD] = [4, 0.9];
const config = (seeds: number[], directions = DIRECTIONS) => {
  // One arm adapts other projections, and one is of full rank. Updates do not count once.
  const arms = [
    tinyArm('lora', 'lora', { alpha: 5 }),
    tinyArm('copra', 'wide', { projections: ['q', 'fc1'], alpha: 3 }),
    tinyArm('lora', 'dora', { dora: true }),
  ];
  const plain = trainingOnly({ seeds, arms });
  return { ...plain, analyses: { ...plain.analyses, spectra: { enabled: true, directions, threshold: THRESHOLD } } };
};

describe('the spectra of a study', () => {
  it('are those of the trained adapters, for every run but those of full rank', async () => {
    const study = await record(inputsOf(engine, config([4, 7])));
    const { result } = study;
    expect(() => v.parse(v.strictObject(StudyResultSchema.entries), structuredClone(result))).not.toThrow();
    const [started] = study.events;
    if (started.type !== 'started') throw new Error('no start');
    expect(study.events.slice(1, -1).reduce(applyEvent, started.result).spectra).toEqual(result.spectra);
    expect(result.spectra!.map(({ arm, seed }) => [arm, seed])).toEqual([['lora', 4], ['lora', 7], ['wide', 4], ['wide', 7]]); // prettier-ignore
    expect(noticesOf(study).join()).toContain('dora');
    const { backbone } = tinyModel();
    for (const entry of result.spectra!) {
      const own = runOf(adaptersOf(study), entry.arm, entry.seed)!;
      const first = adaptersOf(study).find(({ arm }) => arm === entry.arm)!;
      expect(entry.maps).toHaveLength(own.layout.pairs.length);
      entry.maps.forEach((map, m) => {
        const pair = own.layout.pairs.find(
          ({ tower, layer, projection }) => tower === map.tower && layer === map.layer && projection === map.projection,
        )!;
        const factors = factorsOf(own.layout, own.values, pair);
        const update = product(denseOf(factors.b), denseOf(factors.a)).map((row) => row.map((x) => own.scale * x));
        const dense = singularValues(update);
        spectrumOf(entry, m).forEach((value, i) => expect(value).toBeCloseTo(dense[i], 5));
        const { weight } = adaptedMap(backbone, pair);
        const frozen = denseOf({ rows: pair.outFeatures, columns: pair.inFeatures, data: weight });
        const left = (matrix: number[][], count: number) =>
          flipped(eigen(product(matrix, flipped(matrix))).vectors).slice(0, count);
        const known = left(frozen, Math.min(pair.outFeatures, pair.inFeatures));
        const fresh = left(sumOf([frozen, update]), DIRECTIONS).filter((vector) =>
          known.every((other) => Math.abs(vector.reduce((sum, x, i) => sum + x * other[i], 0)) < THRESHOLD),
        );
        expect(entry.intruders![m]).toBeCloseTo(fresh.length / DIRECTIONS, 9);
        const reference = factorsOf(first.layout, first.values, pair);
        if (entry.seed === 7) expect(entry.condition![m]).toBeCloseTo(alignmentCondition(reference, factors)!, 2);
      });
      expect('condition' in entry).toBe(entry.seed === 7);
    }
  });

  it('are of the new runs alone when seeds are added, and of all of them in the end', async () => {
    const before = await record(inputsOf(engine, config([4], 0)));
    expect(before.result.spectra!.every((entry) => !('intruders' in entry))).toBe(true);
    const known = { result: before.result, adapters: adaptersOf(before) };
    const after = await record(inputsOf(engine, config([4, 7], 0), { known }));
    const whole = await record(inputsOf(engine, config([4, 7], 0)));
    expect(after.result.spectra).toEqual(whole.result.spectra);
    const found = after.events.flatMap((event) =>
      event.type === 'found' && event.part === 'spectra' ? event.found : [],
    );
    expect(found.map(({ seed }) => seed)).toEqual([7, 7]);
  });
});
