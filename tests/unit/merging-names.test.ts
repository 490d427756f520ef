import { afterEach, expect, it } from 'vitest';
import { speakEnglish } from '../../src/core/language/catalogue.ts';
import { loadLanguage } from '../support/load-language.ts';
import { mergeMethod } from '../../src/copra/merging/methods.ts';
import { mergeName } from '../../src/ui/results/names.ts';

afterEach(speakEnglish);

it('ways of merging have names and descriptions in the language of the page', async () => {
  const rotated = { method: 'factors', alignment: 'orthogonal' } as const;
  expect(mergeName(rotated)).toBe('Average A and B, rotated');
  await loadLanguage('de');
  expect(mergeName(rotated)).toBe('Mittel von A und B, gedreht');
  expect(mergeMethod('updates').description).toMatch(/^Σ w·ΔW exakt/);
});
