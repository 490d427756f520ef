import { expect, it } from 'vitest';
import { armStyles } from '../arm-style.ts';
import { studyResultFixture } from '../../../tests/fixtures/study-result.ts';
import { meanLine } from './marks.ts';

it('a mean over seeds is read with its spread, that of a single seed without', () => {
  const style = armStyles(studyResultFixture().config.arms).get('lora')!;
  const spreads = [
    { mean: 0.5, sd: 0.02, n: 2 },
    { mean: 0.6, sd: null, n: 1 },
  ];
  const { reading, band } = meanLine([0, 1], spreads, { style, name: 'LoRA', factor: 100, unit: ' %' });
  expect([0, 1].map((i) => reading!(i))).toEqual(['LoRA 50.0 ± 2.0 %', 'LoRA 60.0 %']);
  expect(band).toEqual([2, 0]);
});
