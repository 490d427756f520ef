/** Pruning by hand by the worker gives what the exact Shapley analysis found for the same coalitions. */
import { expect, it } from 'vitest';
import type { Engine } from '../../src/engine/engine.ts';
import { gatesOfMask } from '../../src/copra/shapley/coalitions.ts';
import { gatesOfPlayers } from '../../src/core/adapter-layout.ts';
import { openGatesBench } from '../../src/study/run/gates-bench.ts';
import { inputsOf, record, tinyConfig } from '../support/tiny-study.ts';
import { withWasmEngine } from '../support/wasm-engine.ts';

let engine: Engine;
withWasmEngine((opened) => void (engine = opened));

it('agrees with the coalition values of the study, and stops when asked', async () => {
  const config = tinyConfig({ seeds: [4] });
  const { shapley, landscape, pruning } = config.analyses;
  const analyses = {
    testImages: 36,
    landscape: { ...landscape, enabled: false },
    shapley,
    pruning: { ...pruning, enabled: false },
  };
  const inputs = inputsOf(engine, { ...config, analyses });
  const { events } = await record(inputs);
  const adapters = events.flatMap((event) => (event.type === 'adapter' ? [event.adapter] : []));
  const tables = events.flatMap((event) => (event.type === 'coalitions' ? [event.coalitions] : []));
  expect(tables).toHaveLength(2);
  const bench = await openGatesBench(inputs);
  for (let mask = 0; mask < 8; mask++) {
    const gated = adapters.map(({ layout, scale, values }) => {
      const gates = gatesOfPlayers(layout, gatesOfMask(mask, layout.players.length));
      return { layout, scale, values, gates };
    });
    const { images, scores } = await bench.score(gated, new AbortController().signal);
    expect(images).toBe(36);
    tables.forEach(({ accuracy }, i) => {
      const { gated: some, full, none } = scores[i];
      expect(some).toBeCloseTo(accuracy[mask], 6);
      expect(full).toBeCloseTo(accuracy[7], 6);
      expect(none).toBeCloseTo(accuracy[0], 6);
    });
  }
  await expect(bench.score([], AbortSignal.abort())).resolves.toEqual({ images: 36, scores: [] });
  const [{ layout, scale, values }] = adapters;
  const one = [{ layout, scale, values, gates: new Uint8Array(layout.pairs.length) }];
  await expect(bench.score(one, AbortSignal.abort(new Error('newer')))).rejects.toThrow('newer');
});
