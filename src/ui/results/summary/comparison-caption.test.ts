import { describe, expect, it } from 'vitest';
import { independentImages } from '../../../core/clusters.ts';
import { comparisonReading } from './comparison-caption.ts';

const arm = (name: string, whole: number | null, midpoint: number | null) => ({ name, whole, midpoint, seeds: 2 });
const plain = (text: string) => text.replaceAll('\u00a0', ' ');

describe('comparisonReading', () => {
  it('names the ends of the table, and says what they rest on', () => {
    const arms = [
      arm('LoRA', 0.565, 0.491),
      arm('CopRA', 0.538, 0.521),
      arm('Short', 0.5, 0.51),
      arm('Late', null, null),
    ];
    expect(plain(comparisonReading(arms, independentImages(400)))).toBe(
      'With every layer on, “LoRA” is highest of 3 arms, at 56.5 %; half-way between two seeds “Short” gains 1.0 points and “LoRA” ' +
        'loses 7.4 points, the ends of the range; 2 seeds each, 400 test images, sampling error 2.5 points, and the highest of ' +
        'many is partly luck.',
    );
  });

  it('does without midpoints, and waits for numbers', () => {
    expect(comparisonReading([arm('LoRA', 0.5, null), arm('CopRA', 0.6, null)], independentImages(100))).not.toContain(
      'half-way',
    );
    expect(comparisonReading([arm('LoRA', null, null)], independentImages(100))).toBe('Nothing measured yet.');
  });
});
