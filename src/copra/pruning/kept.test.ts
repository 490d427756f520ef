import { describe, expect, it } from 'vitest';
import { EVERY_OTHER, isAboutHalf, keptBy, masksNamed, nearestHalf, THIRDS } from './kept.ts';

const mask = (label: string, accuracy: number, retainedGain: number | null) => ({ label, accuracy, retainedGain });

describe('what masks keep', () => {
  const masks = [mask('all', 0.9, 1), mask('even', 0.5, 0.4), mask('odd', 0.7, 0.8), mask('low', 0.3, null)];

  it('is averaged over the masks that are named', () => {
    expect(keptBy(masks, EVERY_OTHER, 'accuracy')).toBeCloseTo(0.6, 12);
    expect(keptBy(masks, EVERY_OTHER, 'retainedGain')).toBeCloseTo(0.6, 12);
    expect(keptBy(masks, ['odd'], 'retainedGain')).toBe(0.8);
    expect(masksNamed(masks, EVERY_OTHER)).toEqual([masks[1], masks[2]]);
  });

  it('is not known without the masks, or where one of them does not tell', () => {
    expect(keptBy([], EVERY_OTHER, 'accuracy')).toBeNull();
    expect(keptBy(masks, THIRDS, 'retainedGain')).toBeNull();
    expect(keptBy(masks, THIRDS, 'accuracy')).toBe(0.3);
    expect(keptBy([mask('even', 0.5, 0.4), mask('odd', 0.5, null)], EVERY_OTHER, 'retainedGain')).toBeNull();
  });
});

it('the sparsity nearest one half is the smaller of two that are as near', () => {
  expect(nearestHalf([0, 0.4, 0.5, 0.9])).toBe(2);
  expect(nearestHalf([0, 0.25, 0.75])).toBe(1);
  expect(nearestHalf([0.95])).toBe(0);
});

it('about half is what lies within 5 points of it', () => {
  expect([0.45, 0.5, 0.55].every(isAboutHalf)).toBe(true);
  expect([0, 0.4, 0.6, 0.9].some(isAboutHalf)).toBe(false);
});
