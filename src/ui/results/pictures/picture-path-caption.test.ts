import { expect, it } from 'vitest';
import { NBSP } from '../../../study/readings/numbers.ts';
import { picturePathReading } from './picture-path-caption.ts';

it('says how sure each arm is at the ends and half-way, and over what', () => {
  const one = { name: 'LoRA', ends: [0.9], halfway: [0.4] };
  expect(picturePathReading([one]).replaceAll(NBSP, ' ')).toBe(
    'LoRA: 90.0 % at the ends, 40.0 % half-way; probability of the true class, from one pair of seeds: one picture says nothing of others.',
  );
  const several = [
    { name: 'LoRA', ends: [0.9, 0.7], halfway: [0.4, 0.4] },
    { name: 'CopRA', ends: [0.8, 0.8], halfway: [0.8, 0.6] },
    { name: 'Empty', ends: [], halfway: [] },
  ];
  const told = picturePathReading(several).replaceAll(NBSP, ' ');
  expect(told).toContain('LoRA: 80.0 ± 14.1 % at the ends, 40.0 ± 0.0 % half-way');
  expect(told).toContain('mean ± one standard deviation over pairs of seeds (2 pairs each)');
  expect(told).not.toContain('Empty');
  expect(picturePathReading([])).toBe('');
});
