import { expect, it } from 'vitest';
import { imagesProblem } from './use-run.ts';

it.each([
  ['empty', /^Bring your images first, under Task/],
  ['listing', /being prepared/],
  ['planned', /^Prepare your images first/],
  ['preparing', /being prepared/],
  ['failed', /Task says why/],
] as const)('own images that are %s are told as such', (phase, told) => {
  expect(imagesProblem({ task: 'dropped' }, { phase })).toMatch(told);
  expect(imagesProblem({ task: 'food' }, { phase })).toBeNull();
});

it('images that are ready are no problem', () => {
  expect(imagesProblem({ task: 'dropped' }, { phase: 'ready' })).toBeNull();
});
