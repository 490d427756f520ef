/** Pruning by hand by the worker gives what the exact Shapley analysis found for the same coalitions. */
import { expect, it } from 'vitest';
import type { Engine } from '../../src/engine/engine.ts';
import { gatesOfMask } from '../../src/copra/shapley/coalitions.ts';
import { interactionsOf } from '../../src/copra/shapley/interactions.ts';
import { mean } from '../../src/core/statistics.ts';
import { gatesOfPlayers } from '../../src/core/adapter-layout.ts';
import { unpackBits } from '../../src/platform/bits.ts';
import { openGatesBench } from '../../src/study/run/gates-bench.ts';
import { adaptersOf, coalitionsOf, inputsOf, record, tinyArm, tinyConfig } from '../support/tiny-study.ts';
import { withWasmEngine } from '../support/wasm-engine.ts';

const maskSize = (mask: number): number => [...mask.toString(2)].filter((bit) => bit === '1').length;

let engine: Engine;
withWasmEngine((opened) => void (engine = opened));

it.each([
  { towers: ['vision'] as const, players: 3 },
  { towers: ['vision', 'text'] as const, players: 4 },
])('agrees with the coalition values of a study of $towers, and stops when asked', async ({ towers, players }) => {
  const arms = (['lora', 'copra'] as const).map((method) => tinyArm(method, method, { towers: [...towers] }));
  const config = tinyConfig({ seeds: [4], arms });
  const { shapley, landscape, pruning } = config.analyses;
  const analyses = {
    testImages: 36,
    landscape: { ...landscape, enabled: false },
    shapley,
    pruning: { ...pruning, enabled: false },
  };
  const inputs = inputsOf(engine, { ...config, analyses });
  const study = await record(inputs);
  const { result } = study;
  const adapters = adaptersOf(study);
  const tables = coalitionsOf(study);
  expect(tables).toHaveLength(2);
  tables.forEach((table, i) => {
    expect(table.players).toHaveLength(players);
    const { everyCoalition } = result.shapley[i];
    everyCoalition?.interactions.accuracy.forEach((value, pair) =>
      expect(value).toBeCloseTo(interactionsOf(Float64Array.from(table.accuracy))[pair], 6),
    );
    everyCoalition?.bestMasks.forEach((mask, size) => {
      const ofSize = [...table.accuracy].filter((_, other) => maskSize(other) === size);
      expect(table.accuracy[mask]).toBe(Math.max(...ofSize));
      expect(everyCoalition.mean.accuracy[size]).toBeCloseTo(mean(ofSize), 6);
    });
    expect(everyCoalition?.bestMasks).toHaveLength(players + 1);
    expect(everyCoalition?.first.accuracy[1]).toBeCloseTo(table.accuracy[1], 6);
    expect(everyCoalition?.last.loss.at(-1)).toBeCloseTo(table.loss.at(-1) ?? NaN, 4);
  });
  const bench = await openGatesBench({ ...inputs, precision: undefined });
  for (let mask = 0; mask < 2 ** players; mask++) {
    const gated = adapters.map(({ layout, scale, values }) => {
      const gates = gatesOfPlayers(layout, gatesOfMask(mask, layout.players.length));
      return { layout, scale, values, gates };
    });
    const { images, scores } = await bench.score(gated, new AbortController().signal);
    expect(images).toBe(36);
    tables.forEach(({ accuracy }, i) => {
      const { gated: some, full, none, right } = scores[i];
      expect(mean(unpackBits(right.gated, images, 'gated'))).toBeCloseTo(some, 6);
      expect(mean(unpackBits(right.full, images, 'full'))).toBeCloseTo(full, 6);
      expect(some).toBeCloseTo(accuracy[mask], 6);
      expect(full).toBeCloseTo(accuracy[2 ** players - 1], 6);
      expect(none).toBeCloseTo(accuracy[0], 6);
    });
  }
  await expect(bench.score([], AbortSignal.abort())).resolves.toEqual({ images: 36, scores: [] });
  const [{ layout, scale, values }] = adapters;
  const one = [{ layout, scale, values, gates: new Uint8Array(layout.pairs.length) }];
  await expect(bench.score(one, AbortSignal.abort(new Error('newer')))).rejects.toThrow('newer');
});
