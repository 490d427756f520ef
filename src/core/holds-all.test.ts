import { expect, it } from 'vitest';
import { holdsAll } from './holds-all.ts';

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
