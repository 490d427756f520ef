/** A study in less memory than its steps would take. */
import * as v from 'valibot';
import { expect, it, vi } from 'vitest';
import type { Engine, Trainer } from '../../src/engine/engine.ts';
import { OutOfMemoryError } from '../../src/engine/errors.ts';
import type { StudyControl } from '../../src/study/run/control.ts';
import { memoryText } from '../../src/study/result/memory-text.ts';
import { StudyResultSchema } from '../../src/study/result/result.ts';
import { inputsOf, noticesOf, record, tinyArm, trainingOnly } from '../support/tiny-study.ts';
import { withWasmEngine } from '../support/wasm-engine.ts';

let engine: Engine;
withWasmEngine((opened) => void (engine = opened));

it('cuts its steps to the memory it may take, says so, and trains the same', async () => {
  const config = trainingOnly();
  const whole = await record(inputsOf(engine, config));
  const { memory: needs } = whole.result.provenance;
  if (!needs) throw new Error('The study did not note its memory.');
  expect(needs).toMatchObject({ bytes: needs.uncut });
  expect(memoryText(needs)).toMatch(/^needs \d+ MB of memory$/);
  expect(noticesOf(whole)).toEqual([]);

  const memoryBytes = needs.bytes - 1;
  const cut = await record(inputsOf(engine, config, { memoryBytes }));
  const { memory } = cut.result.provenance;
  expect(memory?.bytes).toBeLessThanOrEqual(memoryBytes);
  expect(memory).toMatchObject({ uncut: needs.bytes, limit: memoryBytes });
  expect(memory && memoryText(memory)).toMatch(/ at a time|checkpointed/);
  expect(v.parse(StudyResultSchema, cut.result)).toEqual(cut.result);
  cut.result.runs.forEach(({ losses, gates }, run) => {
    expect(gates).toBe(whole.result.runs[run].gates);
    losses.forEach((loss, i) => expect(loss).toBeCloseTo(whole.result.runs[run].losses[i], 3));
  });
  expect(noticesOf(cut)).toEqual([]);

  const short = await record(inputsOf(engine, config, { memoryBytes: 1 }));
  expect(noticesOf(short).join()).toMatch(/at least \d+ MB .* you allow 1 MB/);
  expect(short.result.status).toBe('complete');
});

it.each([
  ['ends', () => {}],
  ['is stopped', (control: StudyControl) => control.stop()],
])('gives back what it kept on the device when it %s', async (_, act) => {
  const release = vi.fn(() => engine.release());
  const inputs = inputsOf({ ...engine, release }, trainingOnly());
  act(inputs.control);
  await record(inputs);
  expect(release).toHaveBeenCalledOnce();
});

it.each([
  ['a population', 1],
  ['a run that is timed alone', 3],
])('%s that finds no memory leaves none of those that were opened before it', async (_, opened) => {
  const plain = trainingOnly({ arms: [tinyArm('lora'), tinyArm('lora', 'wide', { rank: 4 })] });
  const config = { ...plain, analyses: { ...plain.analyses, timing: { enabled: true, steps: 1 } } };
  const open = new Set<Trainer>();
  let left = opened;
  const full: Engine = {
    ...engine,
    createTrainer(spec) {
      if (left-- === 0) throw new OutOfMemoryError('full');
      const trainer = engine.createTrainer(spec);
      open.add(trainer);
      return {
        ...trainer,
        dispose() {
          open.delete(trainer);
          trainer.dispose();
        },
      };
    },
  };
  await expect(record(inputsOf(full, config))).rejects.toThrow(OutOfMemoryError);
  expect(left).toBe(-1);
  expect([...open]).toEqual([]);
});
