/** Seeds added to a study give what all seeds at once would have given, bit for bit. */
import { describe, expect, it } from 'vitest';
import type { LabelledImages, Task } from '../../src/data/task.ts';
import type { Engine } from '../../src/engine/engine.ts';
import type { RunAdapter } from '../../src/study/result/run-adapter.ts';
import type { StudyResult } from '../../src/study/result/result.ts';
import { adaptersOf, inputsOf, noticesOf, record, tinyConfig, tinyTask, trainingOnly } from '../support/tiny-study.ts';
import { withWasmEngine } from '../support/wasm-engine.ts';
import { runOf } from '../../src/study/result/run-names.ts';

let engine: Engine;
withWasmEngine((opened) => void (engine = opened));

const MERGING = { enabled: true, scales: [0.5, 1], density: 0.5 };
const config = tinyConfig({
  analyses: { ...tinyConfig().analyses, merging: MERGING },
});
const findings = ({ provenance, ...found }: StudyResult) => ({ ...found, backend: provenance.backend });

describe('seeds added to a study', () => {
  it('make it the study of all seeds at once, and train only themselves', async () => {
    const more = { ...config, seeds: [4, 7, 9] };
    const at = await record(inputsOf(engine, more));
    const before = await record(inputsOf(engine, config));
    const known = { result: before.result, adapters: adaptersOf(before) };
    const after = await record(inputsOf(engine, more, { known }));
    expect(findings(after.result)).toEqual(findings(at.result));
    expect(adaptersOf(after).map(({ arm, seed }) => `${arm} ${seed}`)).toEqual(['lora 9', 'copra 9']);
    for (const { arm, seed, values } of adaptersOf(after))
      expect(values).toEqual(runOf(adaptersOf(at), arm, seed)!.values);
    const measured = after.events.flatMap((event) =>
      event.type === 'found' && event.part === 'landscape' ? event.found.map(({ seeds }) => seeds) : [],
    );
    expect(measured.every((seeds) => seeds.includes(9))).toBe(true);
    expect(measured).toHaveLength(2 * 2 * 2); // arms × paths × pairs with the new seed
    expect(after.result.provenance.seconds).toBeGreaterThan(before.result.provenance.seconds);
  });

  it('or none: what was missing is found as it would have been, by layers in the order of Shapley values that are known', async () => {
    const whole = await record(inputsOf(engine, config));
    const known = { result: { ...whole.result, pruning: [] }, adapters: adaptersOf(whole) };
    const completed = await record(inputsOf(engine, config, { known }));
    expect(findings(completed.result)).toEqual(findings(whole.result));
  });

  it('need the same settings and every adapter', async () => {
    const before = await record(inputsOf(engine, config));
    const adapters = adaptersOf(before);
    const add = (known: { result: StudyResult; adapters: RunAdapter[] }) =>
      record(inputsOf(engine, { ...config, seeds: [4, 7, 9] }, { known }));
    await expect(add({ result: before.result, adapters: adapters.slice(1) })).rejects.toThrow(
      'The adapter of lora, seed 4, is not at hand',
    );
    const other = { ...before.result, config: { ...config, shots: 2 } };
    await expect(add({ result: other, adapters })).rejects.toThrow('with its own settings');
    const elsewhere = { ...before.result, task: { ...before.result.task, train: 31 } };
    await expect(add({ result: elsewhere, adapters })).rejects.toThrow('on the same images');
  });

  it('need the same images, split alike', async () => {
    const plain = trainingOnly();
    const before = await record(inputsOf(engine, plain));
    const known = { result: before.result, adapters: adaptersOf(before) };
    const task = tinyTask();
    const { test } = task;
    const add = (images: Partial<LabelledImages>) =>
      record(
        inputsOf(engine, { ...plain, seeds: [4, 7, 9] }, { known, task: { ...task, test: { ...test, ...images } } }),
      );
    await expect(add({ labels: test.labels.toReversed() })).rejects.toThrow('the test images are others');
    const fewer = { count: 39, labels: test.labels.slice(1), pixels: test.pixels.slice(test.pixels.length / 40) };
    await expect(add(fewer)).rejects.toThrow('the test images are others');
    // As many of every class, in the same order.
    await expect(add({ pixels: test.pixels.toReversed() })).rejects.toThrow(
      /the loss without an adapter is [\d.]+ now/,
    );
    await expect(add({})).resolves.toMatchObject({ result: { status: 'complete' } });
  });

  it('of own images say where these have other pixels, and need the same loss without an adapter', async () => {
    const plain = trainingOnly();
    const task = { ...tinyTask(), id: 'dropped' };
    const before = await record(inputsOf(engine, plain, { task }));
    const adapters = adaptersOf(before);
    const known = { result: before.result, adapters };
    const add = (changes: Partial<Task>) =>
      record(inputsOf(engine, { ...plain, seeds: [4, 7, 9] }, { known, task: { ...task, ...changes } }));
    const flipped = (images: LabelledImages) => ({ ...images, pixels: images.pixels.toReversed() });
    await expect(add({ test: flipped(task.test) })).rejects.toThrow(/the loss without an adapter is [\d.]+ now/);
    const said = async (changes: Partial<Task>) => noticesOf(await add(changes)).join('');
    expect(await said({ train: flipped(task.train) })).toMatch(/other pixels/);
    expect(await said({ validation: flipped(task.validation) })).toMatch(/other pixels/);
    expect(await said({})).not.toMatch(/other pixels/);
  });
});
