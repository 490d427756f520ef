import { expect, it } from 'vitest';
import { withOrWithout } from './with-or-without.ts';

it('adds a key to a copy or takes it away, also where that changes nothing', () => {
  const set = new Set(['a', 'b']);
  expect([...withOrWithout(set, 'c', true)]).toEqual(['a', 'b', 'c']);
  expect([...withOrWithout(set, 'a', true)]).toEqual(['a', 'b']);
  expect([...withOrWithout(set, 'a', false)]).toEqual(['b']);
  expect([...withOrWithout(set, 'c', false)]).toEqual(['a', 'b']);
  expect([...set]).toEqual(['a', 'b']);
});
