import { expect, it } from 'vitest';
import { unbrokenHyphens, unbrokenUnits } from './unbroken.ts';

it.each([
  ['it is 35.4 %, and 1.8 points more', 'it is 35.4~%, and 1.8~points more'],
  ['1,8 Punkte, um 3,5 Punkten, 1 Punkt, 1 point', '1,8~Punkte, um 3,5~Punkten, 1~Punkt, 1~point'],
  ['56.7 ± 0.4 % (95 % interval)', '56.7 ±~0.4~% (95~% interval)'],
  ['2 pointers, Seite 4 Punktwolke, 6 seeds', '2 pointers, Seite 4 Punktwolke, 6 seeds'],
])('%s', (text, expected) => {
  expect(unbrokenUnits(text).replaceAll('\u00a0', '~')).toBe(expected);
});

it('breaks no interval at its hyphens', () => {
  expect(unbrokenHyphens('95-%-Intervall, Top-5').replaceAll('\u2060', '·')).toBe('95-·%-·Intervall, Top-5');
});
