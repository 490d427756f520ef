/** A whole search for a schedule on a tiny model: its studies, its end, and what it does after an interruption. */
import { expect, it } from 'vitest';
import { runHalving, unknownSearch, type Halving } from '../../scripts/figures/schedule-halving.ts';
import { candidatesOf, CONFIRMATION, REFERENCES, RUNGS } from '../../scripts/figures/schedule-search.ts';
import type { Engine } from '../../src/engine/engine.ts';
import { plenty } from '../../src/study/schedules/regimes.ts';
import { readSearch } from '../../src/study/schedules/read-search.ts';
import type { ScheduleSearch } from '../../src/study/schedules/schedule-search.ts';
import type { StudyResult } from '../../src/study/result/result.ts';
import { inputsOf, record } from '../support/tiny-study.ts';
import { withWasmEngine } from '../support/wasm-engine.ts';

let engine: Engine;
withWasmEngine((opened) => void (engine = opened), 1);

/** Two to four steps, on as many images as the tiny task has. */
const BUDGET = 0.002;

/** Equal studies have equal results, so each is computed once. */
const results = new Map<string, StudyResult>();

/** @param most studies that run before the search is interrupted */
async function search(start: ScheduleSearch, most = Infinity) {
  const names: string[] = [];
  let known = start;
  const halving: Halving = {
    regime: plenty,
    budget: BUDGET,
    async run(name, config, testedOn) {
      if (names.length >= most) throw new Error('interrupted');
      names.push(`${testedOn}: ${name}`);
      const analyses = { ...config.analyses, testImages: null };
      const own = { ...config, backbone: 'tiny', analyses, training: { ...config.training, batchSize: 4 } };
      const key = JSON.stringify([own, testedOn]);
      const result = results.get(key) ?? (await record(inputsOf(engine, own, { testedOn }))).result;
      results.set(key, result);
      return result;
    },
    save(next) {
      known = readSearch(JSON.parse(JSON.stringify(next)));
      return Promise.resolve();
    },
    onConfirmed: () => Promise.resolve(),
  };
  const interrupted = await runHalving(halving, start).then(
    () => false,
    () => true,
  );
  return { known, names, interrupted };
}

it('a search judges on validation images, tests its winner once, and goes on after an interruption as if there were none', async () => {
  const whole = await search(unknownSearch(plenty, BUDGET));
  const { rungs, confirmed } = whole.known;
  const trained = rungs.map(({ tried }) => new Set(tried.map(({ candidate }) => candidate)).size);
  expect(trained).toEqual([
    candidatesOf(plenty).length,
    REFERENCES.length + RUNGS[0].leaves,
    REFERENCES.length + RUNGS[1].leaves,
  ]);
  expect(rungs.map(({ images }) => images)).toEqual([9, 9, 9]);
  expect(confirmed!.images).toBe(40);
  expect(confirmed!.seeds).toEqual(CONFIRMATION.seeds);
  expect(confirmed!.differences.map(({ reference }) => reference)).toEqual(expect.arrayContaining([...REFERENCES]));
  expect(whole.names.filter((name) => name.startsWith('test:'))).toEqual(['test: confirmation']);
  expect(new Set(whole.names).size).toBe(whole.names.length);

  const first = await search(unknownSearch(plenty, BUDGET), 3);
  expect([first.interrupted, first.names.length]).toEqual([true, 3]);
  const rest = await search(first.known);
  expect([...first.names, ...rest.names]).toEqual(whole.names);
  expect(rest.known).toEqual(whole.known);
});
