/** A device that is lost may not come back at once: how long it is waited for, by whom, and what the user is told. */
import { expect, test, vi } from 'vitest';
import type { Engine } from '../engine.ts';
import { DeviceLostError, NoDeviceError, SilentDeviceError } from '../errors.ts';
import { RecoveringEngine } from './recovering-engine.ts';
import { absentFor, BACKBONE, batch, evaluating, frailEngine, solid, spec } from './test-frail-engine.ts';

/** An engine whose device is lost at once, and what opens the next one, or says that there is none, when the test wants it. */
function awaited() {
  const attempts: { readonly resolve: (engine: Engine) => void; readonly reject: (error: Error) => void }[] = [];
  const told: (string | null)[] = [];
  const engine = new RecoveringEngine(
    frailEngine(1),
    () => new Promise((resolve, reject) => attempts.push({ resolve, reject })),
    () => {},
    (message) => told.push(message),
    () => new Promise(() => {}), // until the next attempt
  );
  engine.load(BACKBONE);
  const { ask } = evaluating(engine);
  const untilAttempt = (count: number) => vi.waitUntil(() => attempts.length === count);
  return { engine, attempts, told, ask, untilAttempt };
}

test('a device that cannot be had for a while is waited for, longer every time', async () => {
  const { engine, messages, told, waits } = absentFor(6, solid);
  expect((await engine.createTrainer(spec()).step(batch(0))).loss[0]).toBeGreaterThan(0);
  expect(waits).toHaveLength(6);
  expect(waits).toEqual([...new Set(waits)].sort((a, b) => a - b));
  expect(told).toEqual([
    'The cable was pulled. It is being opened again.',
    expect.stringMatching(/^The cable was pulled\. No graphics adapter answers\. .* up to two minutes\. .*WebAssembly/),
    null,
  ]);
  expect(messages).toEqual(['The cable was pulled. It was opened again and the study goes on where it was.']);
});

test('a device that never comes back is given up with a way out, after two minutes', async () => {
  const { engine, told, waits } = absentFor(Infinity, solid);
  const step = engine.createTrainer(spec()).step(batch(0));
  await expect(step).rejects.toThrow(DeviceLostError);
  await expect(step).rejects.toThrow(/two minutes.*WebAssembly/);
  expect(told.at(-1)).toBeNull();
  expect(waits.reduce((sum, wait) => sum + wait, 0)).toBe(120_000);
});

test('nobody waits for the device of an engine that was given back', async () => {
  const { engine, waits } = absentFor(Infinity, solid);
  const step = engine.createTrainer(spec()).step(batch(0));
  engine.dispose();
  await expect(step).rejects.toThrow(DeviceLostError);
  expect(waits).toEqual([]);
});

test.each([
  ['its engine was given back', (engine: RecoveringEngine) => engine.dispose()],
  ['nobody wants it any more', (_: RecoveringEngine, question: AbortController) => question.abort()],
])('a device that comes when %s is given back, and nobody waits for it', async (_, leave) => {
  const { engine, attempts, told, ask, untilAttempt } = awaited();
  const question = new AbortController();
  engine.waitUntil(question.signal);
  const answer = ask();
  answer.catch(() => {});
  await untilAttempt(1);
  leave(engine, question);
  await expect(answer).rejects.toThrow('The cable was pulled.');
  expect(told).toEqual(['The cable was pulled. It is being opened again.', null]);
  const dispose = vi.fn();
  attempts[0].resolve({ ...solid(), dispose });
  await vi.waitUntil(() => dispose.mock.calls.length > 0);
  expect(dispose).toHaveBeenCalledOnce();
});

test('whoever asks after a question that stopped waiting has the device opened at once, however often that happens', async () => {
  const { engine, attempts, told, ask, untilAttempt } = awaited();
  const questions = 7; // more than losses in a row after which a device is given up
  for (let question = 1; question <= questions; question++) {
    const stop = new AbortController();
    engine.waitUntil(stop.signal);
    const answer = ask();
    answer.catch(() => {});
    await untilAttempt(question);
    attempts[question - 1].reject(new NoDeviceError('No adapter.'));
    await vi.waitUntil(() => told.at(-1)?.includes('up to two minutes'));
    stop.abort();
    await expect(answer).rejects.toThrow('The cable was pulled.');
    expect(told.at(-1)).toBeNull();
    await expect(ask()).rejects.toThrow('The cable was pulled.'); // it was stopped before the loss was known
  }
  engine.waitUntil(null);
  const answer = ask();
  await untilAttempt(questions + 1);
  attempts[questions].resolve(solid());
  expect((await answer).predicted).toHaveLength(1);
  expect(told.at(-1)).toBeNull();
});

test('a device that did not answer is said to be opened again before that, which may take as long', async () => {
  const told: (string | null)[] = [];
  const silent = solid();
  const step = () => Promise.reject(new SilentDeviceError('It fell silent.'));
  const engine = new RecoveringEngine(
    { ...silent, createTrainer: (given) => ({ ...silent.createTrainer(given), step }) },
    () => {
      expect(told).toEqual(['It fell silent. It is being opened again.']);
      return Promise.resolve(solid());
    },
    () => {},
    (message) => told.push(message),
  );
  engine.load(BACKBONE);
  await engine.createTrainer(spec()).step(batch(0));
  expect(told.slice(1)).toEqual([null]);
});
