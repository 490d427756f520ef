/** Times of steps of whole studies on a tiny model, on the WebAssembly device. How long they are is not asserted. */
import * as v from 'valibot';
import { expect, it } from 'vitest';
import type { Engine } from '../../src/engine/engine.ts';
import { StudyResultSchema } from '../../src/study/result/result.ts';
import { inputsOf, record, tinyArm, trainingOnly } from '../support/tiny-study.ts';
import { withWasmEngine } from '../support/wasm-engine.ts';

let engine: Engine;
withWasmEngine((opened) => void (engine = opened), 1);

it('every run is timed at the middles of equal parts of its training, and the rest of the result is as without', async () => {
  const plain = trainingOnly({
    arms: [tinyArm('lora'), tinyArm('copra'), tinyArm('lora', 'mean', { take: 'average' })],
  });
  const timed = { ...plain, analyses: { ...plain.analyses, timing: { enabled: true, steps: 3 } } };
  const { result } = await record(inputsOf(engine, timed));
  expect(() => v.parse(v.strictObject(StudyResultSchema.entries), structuredClone(result))).not.toThrow();
  const { timing = [] } = result;
  expect(timing.map(({ arm, seed, steps }) => [arm, seed, steps])).toEqual(
    ['lora', 'copra', 'mean'].flatMap((arm) => [4, 7].map((seed) => [arm, seed, [3, 7, 11]])),
  );
  for (const { seconds } of timing) expect(seconds.every((value) => Number.isFinite(value) && value > 0)).toBe(true);
  // What is taken of one training was timed once.
  expect(timing.filter(({ arm }) => arm === 'mean').map(({ seconds }) => seconds)).toEqual(
    timing.filter(({ arm }) => arm === 'lora').map(({ seconds }) => seconds),
  );
  const without = await record(inputsOf(engine, plain));
  expect(result.runs).toEqual(without.result.runs);
  expect('timing' in without.result).toBe(false);
});
