/** The section of the regime map: a cell of fewer seeds than the others does not look like them. */
import { expect, it } from 'vitest';
import { regimeMapSection } from '../../scripts/figures/regime-map.ts';

it('names seeds and interval of a cell that has fewer, and leaves cells that cannot be compared out of means and counts', () => {
  const gains = regimeMapSection()
    .split('\n\n')
    .flatMap((text, i, all) => (text.startsWith('Gain kept') ? [text, all[i + 1]] : []));
  const [caption, table] = gains;
  expect(caption).toContain('CopRA is better than LoRA in 2 of 10 cells');
  expect(caption).toContain('2 further cells have too few seeds to say');
  // No cell at 0.03 has the measure.
  expect(caption).toContain('2 of 3 cells with learning rate 0.01,');
  expect(table).toContain('+65.6 ± 145.5 (1 seed, over images, for these seeds alone)');
  const means = table.split('\n').at(-1)!;
  for (const [value] of means.matchAll(/\d+\.\d/g)) expect(Number(value)).toBeLessThan(110);
});
