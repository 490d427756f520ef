import { expect, it } from 'vitest';
import { tinyArm } from '../../../../tests/support/tiny-study.ts';
import { referenceArm, withReferences } from './taking.ts';

it('an arm is held equal with the first of another method that is taken with its last adapter', () => {
  const early = tinyArm('lora', 'early', { take: 'loss' });
  const averaged = tinyArm('copra', 'averaged', { take: 'average' });
  const [copra, dropped] = [tinyArm('copra'), tinyArm('layer-drop')];
  const arms = [tinyArm('lora'), averaged, early, copra, dropped];
  expect(referenceArm(arms, early)).toBe(copra);
  expect(referenceArm([averaged, early], early)).toBeNull();
  expect(withReferences(arms, [early, dropped])).toEqual([early, copra, dropped]);
  expect(withReferences(arms, [averaged])).toEqual([averaged]);
});
