import { expect, it } from 'vitest';
import { newestOnly, newestThatComes } from './newest-only.ts';

it('only what was begun last is the newest, in each line of its own', () => {
  const [begin, other] = [newestOnly(), newestOnly()];
  const first = begin();
  expect(first()).toBe(true);
  const second = begin();
  other();
  expect([first(), second(), second()]).toEqual([false, true, true]);
});

it('one that comes to nothing stands in no other’s way, whichever is ready first', async () => {
  const begin = newestThatComes();
  const first = begin(Promise.resolve('first'));
  expect(await first()).toBe(true);
  let end: (found: string) => void = () => {};
  const second = begin(new Promise((resolve) => (end = resolve)));
  begin(Promise.resolve(null));
  begin(Promise.reject(new Error('unreadable')));
  const waiting = first();
  end('second');
  expect(await waiting).toBe(false);
  expect(await second()).toBe(true);
});
