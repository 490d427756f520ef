import { expect, test } from 'vitest';
import { frozenOf, frozenScores, isSameFrozen } from './frozen.ts';

test('losses of one backbone on the same images differ by rounding, also of half precision, and not on other images', () => {
  const of = (loss: number) => ({ accuracy: 0.5, loss, name: 'zero-shot' as const });
  for (const loss of [0.02, 1.9, 6.4]) {
    expect(isSameFrozen(of(loss), of(loss + 1e-5))).toBe(true);
    expect(isSameFrozen(of(loss), of(loss * 1.0008))).toBe(true);
    expect(isSameFrozen(of(loss), of(loss + 0.02))).toBe(false);
  }
});

test('the prompts classify where a backbone has them, and their scores have their name', () => {
  const [zeroShot, headOnly] = [0.4, 0.6].map((accuracy) => ({ accuracy, loss: 1 }));
  expect(frozenScores({ zeroShot, headOnly })).toBe(zeroShot);
  expect(frozenOf({ zeroShot, headOnly })).toEqual({ ...zeroShot, name: 'zero-shot' });
  expect(frozenOf({ zeroShot: null, headOnly })).toEqual({ ...headOnly, name: 'head only' });
  expect(frozenOf({ zeroShot: null })).toBeNull();
});
