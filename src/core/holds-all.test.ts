import { expect, it } from 'vitest';
import { holdsAll, leftOut } from './holds-all.ts';

it('looks for keys at any depth, and takes undefined for absent', () => {
  const known = { steps: 3, arms: [{ id: 'a', rank: null }], more: undefined };
  for (const other of [known, { steps: 9 }, { arms: [] }, { arms: [{ rank: 4 }] }, { later: undefined }, null, 'x'])
    expect(holdsAll(known, other)).toBe(true);
  for (const other of [
    { later: 1 },
    { more: 1 },
    { arms: [{ later: 0 }] },
    { arms: [{}, {}] },
    { arms: [{ rank: { a: 1 } }] },
  ])
    expect(holdsAll(known, other)).toBe(false);
});

it('names what is left out by where it is', () => {
  const known = { training: { steps: 3 }, arms: [{ rank: 4 }] };
  const read = { training: { steps: 3, stpes: 5 }, arms: [{ rank: 4, alpa: 8 }], later: {} };
  expect(leftOut(known, read)).toEqual(['training.stpes', 'arms.0.alpa', 'later']);
});
