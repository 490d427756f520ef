import { expect, it } from 'vitest';
import { columnChoice } from './column-choice.ts';

it('tells the values of a column, and nothing of one that was not read', () => {
  expect(columnChoice({ name: 'label', distinct: 2, examples: ['cat', 'dog'] }).description).toMatch(/^2 values: cat/);
  expect(columnChoice({ name: 'source', distinct: 0, examples: [] })).toEqual({ id: 'source', name: 'source' });
});
