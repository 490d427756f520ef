import { afterEach, expect, it } from 'vitest';
import { speak, speakEnglish } from '../../core/language/catalogue.ts';
import { listedSettings } from './differing-settings.ts';
import { studyState } from './messages.de.ts';

afterEach(speakEnglish);

it('lists six settings and how many more there are, in the language of the page', () => {
  const labels = ['A', 'B', 'C', 'D', 'E', 'F', 'G', 'H'];
  expect(listedSettings(labels.slice(0, 2))).toBe('A and B');
  expect(listedSettings(labels)).toBe('A, B, C, D, E, F and 2 more');
  speak('de', (area) => (area === 'studyState' ? studyState : null));
  expect(listedSettings(labels)).toBe('A, B, C, D, E, F und 2 weitere');
});
