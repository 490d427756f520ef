import { expect, it } from 'vitest';
import { newestOnly } from './newest-only.ts';

it('only what was begun last is the newest, in each line of its own', () => {
  const [begin, other] = [newestOnly(), newestOnly()];
  const first = begin();
  expect(first()).toBe(true);
  const second = begin();
  other();
  expect([first(), second(), second()]).toEqual([false, true, true]);
});
