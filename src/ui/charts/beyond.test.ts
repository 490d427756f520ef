import { describe, expect, it } from 'vitest';
import { beyond } from './beyond.ts';

describe('beyond', () => {
  const numbers = 'LoRA loses 12.4 points and CopRA 5.8.';

  it('goes on behind the numbers, at the next sentence or the next part of theirs', () => {
    expect(beyond(numbers, `${numbers} Means over 6 seeds.`)).toBe('Means over 6 seeds.');
    expect(beyond(numbers, 'LoRA loses 12.4 points and CopRA 5.8; clearly higher on none.')).toBe(
      'Clearly higher on none.',
    );
  });

  it('is all of a reading in other words, and of one without numbers', () => {
    const other = 'LoRA loses 12.4 points and CopRA 5.81 of 30.';
    expect(beyond(numbers, other)).toBe(other);
    expect(beyond('', numbers)).toBe(numbers);
  });

  it('is empty where the numbers are all', () => {
    expect(beyond(numbers, numbers)).toBe('');
  });
});
