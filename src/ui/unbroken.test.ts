import { expect, it } from 'vitest';
import { unbrokenHyphens, unbrokenUnits, withoutJoiners } from './unbroken.ts';

it.each([
  ['it is 35.4 %, and 1.8 points more', 'it is 35.4~%, and 1.8~points more'],
  ['1,8 Punkte, um 3,5 Punkten, 1 Punkt, 1 point', '1,8~Punkte, um 3,5~Punkten, 1~Punkt, 1~point'],
  ['6 adapters, 43 kB in all; 64 kB received, 1,5 MB', '6 adapters, 43~kB in all; 64~kB received, 1,5~MB'],
  ['56.7 ± 0.4 % (95 % interval)', '56.7~±~0.4~% (95~% interval)'],
  ['2 pointers, Seite 4 Punktwolke, 6 seeds', '2 pointers, Seite 4 Punktwolke, 6 seeds'],
  ['Testgenauigkeit, % und Barriere, Punkte', 'Testgenauigkeit,~% und Barriere, Punkte'],
  ['bei λ = 0 und λ = 1', 'bei λ~=~0 und λ~=~1'],
  ['step 2,000 · p ≈ 1.00, r ≤ 4 and more', 'step 2,000 · p~≈~1.00, r~≤~4 and more'],
  ['2 arms × 6 seeds × 2,000 steps', '2~arms~×~6~seeds ×~2,000~steps'],
  ['32 × 32 px', '32~×~32~px'],
  ['Merge 1 : 1, %', 'Merge 1~:~1,~%'],
  ['LoRA / CopRA: a single run 56.7 / 54.9 %, ±', 'LoRA / CopRA: a single run 56.7~/~54.9~%, ±'],
  ['CopRA − LoRA −0,147; zwei − drei', 'CopRA~−~LoRA −0,147; zwei~−~drei'],
  ['less (0.2 to 3.4), from 2 to 3', 'less (0.2~to~3.4), from 2 to 3'],
  ['64 images, ± sampling error', '64 images, ±~sampling error'],
  ['Means ± one standard deviation', 'Means~±~one standard deviation'],
])('%s', (text, expected) => {
  expect(unbrokenUnits(text).replaceAll('\u00a0', '~')).toBe(expected);
});

it('breaks no interval and no number at its hyphens', () => {
  const shown = unbrokenHyphens('95-%-Intervall, Top-5, lr 3e-3 and 1.5e-10, the-3');
  expect(shown.replaceAll('\u2060', '·')).toBe('95-·%-·Intervall, Top-5, lr 3e-·3 and 1.5e-·10, the-3');
  expect(withoutJoiners(shown)).toBe('95-%-Intervall, Top-5, lr 3e-3 and 1.5e-10, the-3');
});
