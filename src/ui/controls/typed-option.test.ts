import { expect, it } from 'vitest';
import { typedOption } from './typed-option.ts';

const OPTIONS = ['Adam', 'SGD', 'AdamW', 'Sophia', 'Äpfel'].map((name) => ({ name }));
const led = (from: number, text: string) => typedOption(OPTIONS, from, text)?.name;

it('leads typed letters to the next option that begins with them', () => {
  expect(led(0, 's')).toBe('SGD');
  expect(led(1, 's')).toBe('Sophia');
  expect(led(3, 's')).toBe('SGD');
  expect(led(1, 'ss')).toBe('Sophia');
  expect(led(1, 'so')).toBe('Sophia');
  expect(led(2, 'adam')).toBe('AdamW');
  expect(led(-1, 'a')).toBe('Adam');
  expect(led(0, 'ä')).toBe('Äpfel');
  expect(led(0, 'x')).toBeUndefined();
});
