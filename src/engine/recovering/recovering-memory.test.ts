/** A step that finds no memory is repeated with less of it, and what was found holds for what it was found of. */
import { expect, test } from 'vitest';
import { OutOfMemoryError } from '../errors.ts';
import {
  BACKBONE,
  BATCH,
  batch,
  expectSameRun,
  frailEngine,
  losses,
  recovering,
  solid,
  spec,
} from './test-frail-engine.ts';

test.each<[string, number, readonly number[], number, readonly string[]]>([
  ['once', 1, [7], Infinity, ['given back']],
  ['once, with three steps in flight', 3, [7], Infinity, ['given back']],
  ['again while steps are repeated', 3, [60, 64], Infinity, ['take less at a time']],
  ['twice, on either side of a checkpoint', 3, [60, 90], Infinity, ['given back', 'take less at a time']],
  ['at the checkpoint itself', 3, [50, 51], Infinity, ['take less at a time']],
  ['and the device is lost while steps are repeated', 3, [60], 65, ['The cable was pulled.']],
])('memory that ends does not change a run: %s', async (_, inFlight, full, dieAt, told) => {
  const messages: string[] = [];
  const engine = recovering(frailEngine(dieAt, full), solid, (message) => messages.push(message));
  await expectSameRun(engine, inFlight);
  expect(messages).toEqual(told.map((part) => expect.stringContaining(part) as string));
});

test('work that was refused with that of others is repeated as it is, however often', async () => {
  const messages: string[] = [];
  const engine = recovering(frailEngine(Infinity, [], [5, 6, 12, 20, 21, 40]), solid, (message) =>
    messages.push(message),
  );
  await expectSameRun(engine, 3, 30);
  expect(messages).toEqual([]);
  expect(engine.planMemory(spec(), BATCH).limit.kind).toBe('guessed');
});

test('what was found holds for a step alone, whatever lies beside it, and whatever the reader allows', async () => {
  const engine = recovering(frailEngine(Infinity, [3, 5]));
  engine.load(BACKBONE);
  const trainer = engine.createTrainer(spec());
  await losses(trainer, 8, 1);
  const alone = engine.planMemory(spec(), BATCH);
  expect(alone).toMatchObject({ fits: true, limit: { kind: 'found' } });
  expect(alone.cost).toBeGreaterThan(1);
  const { plan, fits } = engine.planMemory(spec(), BATCH, { otherBytes: 1e9, chosenBytes: 2 ** 40 });
  expect({ plan, fits }).toEqual({ plan: alone.plan, fits: true });
});

test.each([
  ['holds on the same device', {}, 'found'],
  ['does not hold on another device', { device: 'another card' }, 'guessed'],
])('what was found %s that goes on after a loss', async (_, change, kind) => {
  const other = solid();
  const engine = recovering(frailEngine(12, [3, 5]), () => ({ ...other, info: { ...other.info, ...change } }));
  engine.load(BACKBONE);
  const trainer = engine.createTrainer(spec());
  await losses(trainer, 4, 1);
  expect(engine.planMemory(spec(), BATCH).limit.kind).toBe('found');
  await losses(trainer, 8, 1);
  expect(engine.engine.info).toEqual({ ...other.info, ...change });
  expect(engine.planMemory(spec(), BATCH).limit.kind).toBe(kind);
});

test('what was found on a device in between does not hold on the one that comes back', async () => {
  const [lost, between, back] = [frailEngine(2), frailEngine(3, [1, 2]), solid()];
  const opened = [{ ...between, info: { ...between.info, device: 'another card' } }, back];
  const engine = recovering(lost, () => opened.shift()!);
  engine.load(BACKBONE);
  await losses(engine.createTrainer(spec()), 4, 1);
  expect(engine.engine).toBe(back);
  expect(engine.planMemory(spec(), BATCH).limit.kind).toBe('guessed');
});

test('memory that never suffices ends every step under way, and none hangs', async () => {
  const always = Array.from({ length: 100 }, (_, i) => i + 1);
  const engine = recovering(frailEngine(Infinity, always));
  engine.load(BACKBONE);
  const trainer = engine.createTrainer(spec());
  const outcomes = await Promise.allSettled([0, 1, 2].map((step) => trainer.step(batch(step))));
  for (const outcome of outcomes)
    expect(outcome).toMatchObject({ status: 'rejected', reason: expect.any(OutOfMemoryError) as Error });
});
