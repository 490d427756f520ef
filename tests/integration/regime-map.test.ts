/** A map of tiny studies on the WebAssembly device: interrupted and resumed from its file, or with several studies at a time, it has the same cells. */
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chosenCells } from '../../scripts/map/choose-cells.ts';
import { openMap, writeMap } from '../../scripts/map/map-files.ts';
import type { Engine } from '../../src/engine/engine.ts';
import { without } from '../../src/core/without.ts';
import type { StudyConfig } from '../../src/study/config/config.ts';
import { cellResult } from '../../src/study/map/cell-result.ts';
import { cellsOf } from '../../src/study/map/cells.ts';
import type { MapConfig } from '../../src/study/map/map-config.ts';
import { emptyMap, missingCells, type MapResult } from '../../src/study/map/map-result.ts';
import { runMap, type StudyRunner } from '../../src/study/map/run-map.ts';
import type { StudyResult } from '../../src/study/result/result.ts';
import { inputsOf, record, tinyConfig } from '../support/tiny-study.ts';
import { withWasmEngine } from '../support/wasm-engine.ts';

let engine: Engine;
withWasmEngine((opened) => void (engine = opened));

let folder: string;
beforeAll(async () => void (folder = await mkdtemp(path.join(tmpdir(), 'copra-map-'))));
afterAll(() => rm(folder, { recursive: true }));

const base = tinyConfig();
const map: MapConfig = {
  version: 1,
  study: {
    ...base,
    seeds: [4, 7, 9],
    training: { ...base.training, steps: 20 },
    analyses: {
      ...base.analyses,
      shapley: { ...base.analyses.shapley, enabled: false },
      pruning: { enabled: true, sparsities: [], scopes: [], randomMasks: 0 },
    },
  },
  x: { setting: 'lr', values: [0.003, 0.03] },
  y: { setting: 'rank', values: [1, 2] },
};

/** The device runs one study at a time. */
let device: Promise<unknown> = Promise.resolve();
function study(config: StudyConfig): Promise<StudyResult> {
  const turn = device.then(async () => (await record(inputsOf(engine, config))).result);
  device = turn;
  return turn;
}

/** Runs so many studies; what comes then is stopped or fails. */
function interruptedAfter(count: number, how: 'stopped' | 'failed'): StudyRunner {
  let left = count;
  return (config) => {
    if (left-- > 0) return study(config);
    return how === 'stopped' ? Promise.resolve(null) : Promise.reject(new Error('The device is gone.'));
  };
}

/** Without dates and times. */
const numbers = ({ cells }: MapResult) => cells.map((cell) => without(cell, 'provenance'));

async function runAll(start: MapResult, runners: readonly StudyRunner[], file?: string): Promise<MapResult[]> {
  const steps: MapResult[] = [];
  for await (const next of runMap(start, missingCells(start), runners)) {
    if (file) await writeMap(file, next);
    steps.push(next);
  }
  return steps;
}

describe('a map of four studies', () => {
  let whole: MapResult;
  beforeAll(async () => {
    const steps = await runAll(emptyMap(map), [study]);
    expect(steps.map(({ cells }) => cells.length)).toEqual([1, 2, 3, 4]);
    whole = steps[3];
  });

  it('has what each study has on its own', async () => {
    for (const cell of cellsOf(map))
      expect(numbers(whole)).toContainEqual(without(cellResult(cell, await study(cell.config)), 'provenance'));
    const ids = whole.cells[0].differences.map(({ measure }) => measure);
    expect(ids).toEqual(expect.arrayContaining(['test-accuracy', 'midpoint factor', 'barrier product']));
    expect(new Set(whole.cells.map(({ differences }) => JSON.stringify(differences))).size).toBe(4);
  });

  it.each(['stopped', 'failed'] as const)(
    'is the same when %s after one cell and resumed from its file',
    async (how) => {
      const file = path.join(folder, `${how}.json`);
      const first = runAll(await openMap(file, map, false), [interruptedAfter(1, how)], file);
      if (how === 'failed') await expect(first).rejects.toThrow('The device is gone.');
      else expect(await first).toHaveLength(1);

      await expect(openMap(file, map, false)).rejects.toThrow('--resume');
      const begun = await openMap(file, map, true);
      expect(begun.cells).toHaveLength(1);
      const calls: StudyConfig[] = [];
      const counting: StudyRunner = (config) => {
        calls.push(config);
        return study(config);
      };
      const resumed = (await runAll(begun, [counting], file)).at(-1);
      expect(calls).toHaveLength(3);
      expect(resumed && numbers(resumed)).toEqual(numbers(whole));
      expect(await openMap(file, map, true)).toEqual(resumed);
      expect((await readdir(folder)).filter((name) => name.endsWith('.part'))).toEqual([]);
    },
  );

  it('has the cells of all processes that write its file', async () => {
    const file = path.join(folder, 'shared.json');
    const begun = await openMap(file, map, false);
    const [one, two] = whole.cells;
    await writeMap(file, { ...begun, cells: [one] });
    const united = await writeMap(file, { ...begun, cells: [two] });
    expect(united.cells).toEqual([one, two]);
    expect(await openMap(file, map, true)).toEqual(united);
  });

  it('is the same when several studies run at a time', async () => {
    let [underWay, most] = [0, 0];
    const counting: StudyRunner = async (config) => {
      most = Math.max(most, ++underWay);
      const result = await study(config);
      underWay--;
      return result;
    };
    const steps = await runAll(emptyMap(map), [counting, counting]);
    expect(most).toBe(2);
    expect(numbers(steps[3])).toEqual(numbers(whole));
  });

  it('keeps the cells that others had begun when one fails', async () => {
    const slow: StudyRunner = async (config) => {
      await new Promise((resolve) => setTimeout(resolve, 20));
      return study(config);
    };
    const kept: MapResult[] = [];
    const run = async (): Promise<void> => {
      for await (const next of runMap(emptyMap(map), cellsOf(map), [interruptedAfter(0, 'failed'), slow]))
        kept.push(next);
    };
    await expect(run()).rejects.toThrow('The device is gone.');
    expect(kept.map(({ cells }) => cells.length)).toEqual([1]);
  });
});

describe('the file of a map', () => {
  it('is not overwritten by another map, or when it is something else', async () => {
    const file = path.join(folder, 'other.json');
    await writeMap(file, emptyMap(map));
    const other = { ...map, x: { ...map.x, values: [0.01] } };
    await expect(openMap(file, other, true)).rejects.toThrow('other settings');
    await writeFile(file, '{"version":1}');
    await expect(openMap(file, map, true)).rejects.toThrow('holds no result of a map');
    expect(await readFile(file, 'utf8')).toBe('{"version":1}');
  });

  it('names cells by their values', () => {
    const places = (names: string[]) => chosenCells(emptyMap(map), names).map(({ x, y }) => [x, y]);
    expect(places([])).toHaveLength(4);
    expect(places(['3e-3,2', '0.03, 1'])).toEqual([
      [0.03, 1],
      [0.003, 2],
    ]);
    expect(() => places(['2,0.03'])).toThrow('such as 3e-3,1');
    expect(() => places(['0.03'])).toThrow('is no cell');
  });
});
