import { expect, test } from 'vitest';
import { distinctNames } from './distinct-names.ts';

test('names that differ stay; later ones that are alike are numbered', () => {
  expect(distinctNames(['lora', 'copra'])).toEqual(['lora', 'copra']);
  expect(distinctNames(['lora', 'lora', 'copra', 'lora'])).toEqual(['lora', 'lora-2', 'copra', 'lora-3']);
});

test('a number is not one that another name has already', () => {
  expect(distinctNames(['lora', 'lora-2', 'lora', 'lora-2'])).toEqual(['lora', 'lora-2', 'lora-3', 'lora-2-2']);
});
