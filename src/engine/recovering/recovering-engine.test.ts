/** How often a device may be lost, and what becomes of what it was asked. */
import { expect, test, vi } from 'vitest';
import { BACKBONE, batch, evaluating, frailEngine, losses, recovering, solid, spec } from './test-frail-engine.ts';

test('an evaluation that was cut off is repeated on the new device', async () => {
  const engine = recovering(frailEngine(1));
  engine.load(BACKBONE);
  const { evaluator, ask } = evaluating(engine, 4);
  const { predicted } = await ask();
  expect(predicted).toHaveLength(4);
  expect(evaluator.blockEvaluations).toBe(4);
});

test('a device that is lost again and again is given up with a way out', async () => {
  const engine = recovering(frailEngine(1), () => frailEngine(1));
  engine.load(BACKBONE);
  const trainer = engine.createTrainer(spec());
  await expect(trainer.step(batch(0))).rejects.toThrow(/lost 5 times.*WebAssembly/);
});

test('losses count in a row: a device that works in between may be lost more often', async () => {
  const messages: string[] = [];
  const engine = recovering(
    frailEngine(4),
    () => frailEngine(messages.length === 8 ? Infinity : 3 * messages.length + 8),
    (message) => messages.push(message),
  );
  engine.load(BACKBONE);
  const trainer = engine.createTrainer(spec());
  await losses(trainer, 40, 1);
  expect(messages).toHaveLength(9);
});

test('a device that was given up is tried again by whoever asks again', async () => {
  let isFree = false;
  const engine = recovering(frailEngine(1), () => (isFree ? solid() : frailEngine(1)));
  engine.load(BACKBONE);
  const { ask } = evaluating(engine);
  await expect(ask()).rejects.toThrow('WebAssembly');
  isFree = true;
  expect((await ask()).predicted).toHaveLength(1);
});

test('a loss is forgiven for three studies in a row that work without one', async () => {
  const forgive = vi.fn();
  const pace = { learned: { perMillisecond: null, losses: 0 }, beginAfterLoss: () => {}, forgive };
  const engine = recovering({ ...frailEngine(7), pace }, () => ({ ...solid(), pace }));
  engine.load(BACKBONE);
  const forgiven: number[] = [];
  const study = async (steps: number): Promise<void> => {
    const trainer = engine.createTrainer(spec());
    await losses(trainer, steps, 1);
    trainer.dispose();
    engine.release();
    forgiven.push(forgive.mock.calls.length);
  };
  await study(2);
  await study(2);
  await study(4); // the third is lost
  for (const steps of [2, 2, 0, 2]) await study(steps); // one of them does nothing
  expect(forgiven).toEqual([0, 0, 0, 0, 0, 0, 1]);
});
