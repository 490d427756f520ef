/** A study that is tested on validation images, so that its test images stay unseen. */
import { expect, it } from 'vitest';
import type { Engine } from '../../src/engine/engine.ts';
import { inputsOf, record, tinyConfig, tinyTask } from '../support/tiny-study.ts';
import { withWasmEngine } from '../support/wasm-engine.ts';

let engine: Engine;
withWasmEngine((opened) => void (engine = opened), 1);

it('tests and analyses on validation images exactly as on test images, and sees no other', async () => {
  const plain = tinyConfig();
  const config = { ...plain, analyses: { ...plain.analyses, shapley: { ...plain.analyses.shapley, enabled: false } } };
  const task = tinyTask();
  const chosen = await record(inputsOf(engine, config, { task, testedOn: 'validation' }));
  const { result: expected } = await record(inputsOf(engine, config, { task: { ...task, test: task.validation } }));
  const { result } = chosen;
  expect(result.task.test).toBe(9);
  expect(result.runs).toEqual(expected.runs);
  expect(result.pruning).toEqual(expected.pruning);
  expect(result.landscape).toEqual(expected.landscape);
  const { result: usual } = await record(inputsOf(engine, config, { task }));
  expect(usual.task.test).toBe(40);
});
