import { describe, expect, it } from 'vitest';
import { unknown, plain, path } from '../../../study/readings/test-readings.ts';
import { without } from '../../../core/without.ts';
import { independentImages } from '../../../core/clusters.ts';
import { readSaved } from '../../../../scripts/figures/saved.ts';
import { controls } from '../../../study/presets/controls.ts';
import { landscapeReading, landscapeTold } from './landscape-caption.ts';

describe('landscapeReading', () => {
  it('reads the chosen path only', () => {
    const arms = [
      { id: 'LoRA', name: 'LoRA', results: [path(0.091, 0.42), path(0, 1, 'product')] },
      { id: 'CopRA', name: 'CopRA', results: [path(0.012, 0.88), path(0, 1, 'product')] },
    ];
    expect(plain(landscapeReading(arms, 'factor', independentImages(800), unknown))).toBe(
      'At the midpoint of the factor path LoRA keeps 42 % of its gain and CopRA 88 % (1 seed pair each, 800 test images); ' +
        'barriers 9.1 and 1.2 points (largest of 3 values of λ); CopRA is 7.9 points lower than LoRA, but the seeds are too few to tell.',
    );
    expect(plain(landscapeReading(arms, 'product', independentImages(800), unknown))).toContain(
      'CopRA and LoRA do not differ here',
    );
  });

  it('never drops a pair without saying so', () => {
    const some = [{ id: 'lora', name: 'LoRA', results: [path(0, 0.9), path(0, null), path(0, 0.7)] }];
    expect(plain(landscapeReading(some, 'factor', independentImages(800), unknown))).toContain(
      'LoRA keeps 80 % of its gain (2 of 3 pairs; the others gained too little to say) (3 seed pairs',
    );
  });

  it('says when CopRA is worse, and when there was no gain', () => {
    const arms = [
      { id: 'LoRA', name: 'LoRA', results: [path(0.01, 0.9)] },
      { id: 'CopRA', name: 'CopRA', results: [path(0.2, null), path(0.2, null)] },
    ];
    const text = plain(landscapeReading(arms, 'factor', independentImages(800), unknown));
    expect(text).toContain('LoRA keeps 90 % of its gain and CopRA gained too little to say (');
    expect(plain(landscapeReading([...arms].reverse(), 'factor', independentImages(800), unknown))).toContain(
      'LoRA keeps 90 % of its gain and CopRA gained too little to say (',
    );
    const none = arms.map((arm) => ({ ...arm, results: [path(0, null)] }));
    expect(landscapeReading(none, 'factor', independentImages(800), unknown)).toContain(
      ' LoRA and CopRA gained too little to say (',
    );
    expect(text).toContain('CopRA is 19.0 points higher than LoRA');
    expect(text).toContain('1 to 2 seed pairs');
    expect(landscapeReading(arms, 'product', independentImages(800), unknown)).toBe('Nothing measured yet.');
  });
});

it('the message of a result whose arm loses less from a lower start is that of the first screen', () => {
  // Over seeds alone the barriers differ clearly.
  const saved = without(readSaved(controls), 'imageVariances');
  expect(plain(landscapeTold(saved).message)).toBe('Half-way between two seeds both reach 52 %: CopRA starts lower.');
  const landscape = saved.landscape.map((entry) => ({ ...entry, alignment: 'orthogonal' as const }));
  expect(landscapeTold({ ...saved, landscape }, 'orthogonal').message).not.toContain('starts lower');
});
