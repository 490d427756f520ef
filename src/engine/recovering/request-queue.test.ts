import { expect, it } from 'vitest';
import { RequestQueue } from './request-queue.ts';

/** Steps that are repeated until the test says that they are done, or have failed. */
function repetition() {
  let work: Promise<void> | null = null;
  let end: { readonly done: () => void; readonly fail: () => void } | null = null;
  const begin = (): void => {
    const running = new Promise<void>((resolve, reject) => {
      end = { done: resolve, fail: () => reject(new Error('The device is gone.')) };
    }).finally(() => (work = null));
    running.catch(() => {});
    work = running;
  };
  return { turns: new RequestQueue(() => work), begin, done: () => end?.done(), fail: () => end?.fail() };
}

it('requests begin when nothing is repeated any more, in the order in which they came', async () => {
  const { turns, begin, done } = repetition();
  expect(turns.isBusy).toBe(false);
  begin();
  const begun: string[] = [];
  const taken = ['a', 'b', 'c'].map((name) => turns.take(() => begun.push(name)));
  await Promise.resolve();
  expect([turns.isBusy, begun]).toEqual([true, []]);
  done();
  await Promise.all(taken);
  expect(begun).toEqual(['a', 'b', 'c']);
  expect(turns.isBusy).toBe(false);
});

it('a request waits for what is repeated because of the one before it', async () => {
  const { turns, begin, done } = repetition();
  const begun: string[] = [];
  const first = turns.take(() => {
    begun.push('a');
    begin(); // it fails, and steps are repeated
  });
  const second = turns.take(() => begun.push('b'));
  await first;
  await new Promise((resolve) => setTimeout(resolve));
  expect(begun).toEqual(['a']);
  done();
  await second;
  expect(begun).toEqual(['a', 'b']);
});

it('a repetition or a request that fails does not hold up those behind it', async () => {
  const { turns, begin, fail } = repetition();
  begin();
  const broken = turns.take(() => {
    throw new Error('No such adapter.');
  });
  const next = turns.take(() => 'begun');
  const quiet = turns.untilQuiet();
  fail();
  await expect(broken).rejects.toThrow('No such adapter.');
  expect(await next).toBe('begun');
  await quiet;
});
