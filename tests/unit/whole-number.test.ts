/** Numbers in options of commands. */
import { describe, expect, it } from 'vitest';
import { runCheckpointed } from '../../scripts/checkpointed-study.ts';
import { threadsOf, wholeNumber } from '../../scripts/whole-number.ts';
import { quick } from '../../src/study/presets/quick.ts';

describe('a whole number', () => {
  it('is read', () => {
    expect(wholeNumber('seed', '12', 0)).toBe(12);
    expect(threadsOf('3')).toBe(3);
    expect(threadsOf(undefined)).toBeUndefined();
  });

  it.each(['', ' ', 'two', '1.5', 'NaN', 'Infinity', '-1', '0'])('is refused where it is "%s"', (text) => {
    expect(() => threadsOf(text)).toThrow(`--threads takes a whole number of at least 1, not "${text}".`);
  });
});

it('a study whose threads are no number does not begin', async () => {
  const begun = runCheckpointed(quick.name, quick.config, { checkpoint: 'none.checkpoint', threads: 'two' });
  await expect(begun).rejects.toThrow('--threads takes a whole number');
});
