/** Sweeps on a tiny model, on the WebAssembly device: populations that are cut, and what the figure of a sweep reads. */
import { describe, expect, it } from 'vitest';
import type { Engine } from '../../src/engine/engine.ts';
import { measured, sweepTable } from '../../src/study/result/sweep-table.ts';
import { sweepOf } from '../../src/study/config/sweep.ts';
import { inputsOf, record, tinyArm, tinyConfig } from '../support/tiny-study.ts';
import { withWasmEngine } from '../support/wasm-engine.ts';
import { runOf } from '../../src/study/result/run-names.ts';

let engine: Engine;
withWasmEngine((opened) => void (engine = opened));

const config = (() => {
  const base = tinyConfig();
  const { analyses } = base;
  const arms = (['lora', 'copra'] as const).flatMap((method) =>
    [0.003, 0.01, 0.03].map((learningRate, i) => tinyArm(method, `${method}-${i + 1}`, { learningRate })),
  );
  return {
    ...base,
    arms,
    analyses: {
      ...analyses,
      landscape: { ...analyses.landscape, points: 3 },
      shapley: { ...analyses.shapley, enabled: false },
      pruning: { enabled: true, sparsities: [], scopes: [], randomMasks: 0 },
    },
  };
})();

describe('a sweep', () => {
  it('gives bit for bit the same whether its runs fit one population or are cut into pieces', async () => {
    const whole = (await record(inputsOf(engine, config))).result;
    for (const populationBytes of [120_000, 1]) {
      const cut = (await record(inputsOf(engine, config, { populationBytes }))).result;
      for (const run of whole.runs) expect(runOf(cut.runs, run.arm, run.seed)).toEqual(run);
      expect(cut.landscape).toEqual(whole.landscape);
      expect(cut.pruning).toEqual(whole.pruning);
    }
  });

  it('has every measure at every value, for every method', async () => {
    const { result } = await record(inputsOf(engine, config));
    const sweep = sweepOf(config);
    if (!sweep) throw new Error('no sweep');
    const rows = sweepTable(result, sweep);
    expect(rows).toHaveLength(6 * (2 + 1));
    for (const method of ['lora', 'copra'])
      for (const value of sweep.values) {
        expect(measured(rows, method, value, 'accuracy')).toHaveLength(2);
        expect(measured(rows, method, value, 'everyOther')).toHaveLength(2);
        expect(measured(rows, method, value, 'midpointFactor')).toHaveLength(1);
      }
  });
});
