import { expect, it } from 'vitest';
import { presenterAction } from './presented.ts';

it('knows the keys of keyboards and of presenting remotes', () => {
  for (const key of ['ArrowRight', 'PageDown', ' ', 'Enter'])
    expect(presenterAction(key, 3)).toEqual({ kind: 'forward' });
  expect(presenterAction('R', 3)).toEqual({ kind: 'run' });
  expect(presenterAction('2', 3)).toEqual({ kind: 'choose', choice: 1 });
  expect(presenterAction('4', 3)).toBeNull();
  expect(presenterAction('x', 3)).toBeNull();
});
