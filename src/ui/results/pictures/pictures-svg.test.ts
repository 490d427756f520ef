import { expect, it } from 'vitest';
import { cut } from './pictures-svg.ts';

const measure = (text: string): number => text.length;

it('a text is cut where it would run into the next picture, and no sooner', () => {
  expect(cut('boots', 5, measure)).toBe('boots');
  expect(cut('long sleeve shirts', 12, measure)).toBe('long sleeve…');
  expect(cut('long sleeve shirts', 13, measure)).toBe('long sleeve…');
  expect(cut('👢👢👢', 5, measure)).toBe('👢👢…');
  expect(cut('shirts', 0, measure)).toBe('…');
});
