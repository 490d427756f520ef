import { describe, expect, it } from 'vitest';
import { editPlan } from './edit.ts';
import { planFolders } from './test-plans.ts';

const plan = planFolders(
  ['ant', 'bee', 'cow'].flatMap((name) => Array.from({ length: 4 }, (_, i) => ({ path: `${name}/${i}.png`, size: 9 }))),
);

describe('editPlan', () => {
  it('renames, merges and leaves out', () => {
    const edited = editPlan(plan, ['insect', ' insect ', 'cattle']);
    expect(edited.classes).toEqual(['insect', 'cattle']);
    expect(edited.counts).toEqual([8, 4]);
    expect(edited.bytes).toEqual([72, 36]);
    const two = editPlan(plan, [null, 'bee', 'cow']);
    expect(two.classes).toEqual(['bee', 'cow']);
    expect(two.images).toHaveLength(8);
    expect(two.problems).toEqual([]);
  });

  it('says when fewer than two classes are left', () => {
    const one = editPlan(plan, [null, '', 'cow']);
    expect(one.problems.map(({ message }) => message).join()).toMatch(/Fewer than two classes are left/);
  });

  it('refuses a list of another length', () => {
    expect(() => editPlan(plan, ['x'])).toThrow(RangeError);
  });
});
