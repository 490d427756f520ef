import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Silence } from './silence.ts';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

const after = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));

it('a card that owes an answer is given up when none came for as long as the limit, once', async () => {
  const giveUp = vi.fn();
  const silence = new Silence(() => 30_000, giveUp);
  void silence.endOf(new Promise(() => {}));
  await vi.advanceTimersByTimeAsync(29_500);
  expect(giveUp).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(100_000);
  expect(giveUp.mock.calls).toEqual([[30_000]]);
});

it('any answer begins it anew, and a card that owes none may be silent', async () => {
  const giveUp = vi.fn();
  const silence = new Silence(() => 30_000, giveUp);
  const answers = [20_000, 45_000, 70_000].map((milliseconds) => silence.endOf(after(milliseconds)));
  await vi.advanceTimersByTimeAsync(500_000);
  await Promise.all(answers);
  const last = silence.endOf(after(25_000));
  await vi.advanceTimersByTimeAsync(500_000);
  await last;
  expect(giveUp).not.toHaveBeenCalled();
});

it('a computer that sleeps counts as one tick, and a limit that grows meanwhile holds', async () => {
  const giveUp = vi.fn();
  let limit = 5000;
  const silence = new Silence(() => limit, giveUp);
  void silence.endOf(new Promise(() => {}));
  await vi.advanceTimersByTimeAsync(3000);
  vi.setSystemTime(Date.now() + 3_600_000);
  limit = 8000;
  await vi.advanceTimersByTimeAsync(3000);
  expect(giveUp).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(3000);
  expect(giveUp).toHaveBeenCalledWith(8000);
});

it('whatever else shows that the card is alive begins it anew, as kernels do that come one after another', async () => {
  const giveUp = vi.fn();
  const silence = new Silence(() => 30_000, giveUp);
  const all = silence.endOf(after(100_000));
  for (let kernel = 0; kernel < 4; kernel++) {
    await vi.advanceTimersByTimeAsync(25_000);
    silence.heard();
  }
  await all;
  expect(giveUp).not.toHaveBeenCalled();
});
