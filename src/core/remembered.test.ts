import { expect, it } from 'vitest';
import { remembered } from './remembered.ts';

it('computes once per object and key, also where nothing is found', () => {
  const once = remembered<number | null>();
  const [one, other] = [{}, {}];
  const calls: string[] = [];
  const compute = (name: string, value: number | null) => () => {
    calls.push(name);
    return value;
  };
  expect(once(one, 'a', compute('one a', 1))).toBe(1);
  expect(once(one, 'a', compute('one a again', 2))).toBe(1);
  expect(once(one, 'b', compute('one b', null))).toBeNull();
  expect(once(one, 'b', compute('one b again', 3))).toBeNull();
  expect(once(other, 'a', compute('other a', 4))).toBe(4);
  expect(calls).toEqual(['one a', 'one b', 'other a']);
});
