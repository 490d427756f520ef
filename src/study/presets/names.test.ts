import { afterEach, expect, it } from 'vitest';
import { speak, speakEnglish } from '../../core/language/catalogue.ts';
import { MAP_PRESETS } from '../map/presets.ts';
import { REGIMES } from '../schedules/regimes.ts';
import { PRESET_WORDS } from './messages.ts';
import { presets } from './messages.de.ts';
import { PRESETS } from './presets.ts';

afterEach(speakEnglish);

it('every study, map and search that is ready to open has a German name of its own', () => {
  const names = [...new Set([...PRESETS, ...MAP_PRESETS, ...REGIMES].map(({ name }) => name))];
  expect(names.map((name) => PRESET_WORDS.called(name))).toEqual(names);
  speak('de', (area) => (area === 'presets' ? presets : null));
  const german = names.map((name) => PRESET_WORDS.called(name));
  expect(german.filter((name, i) => name === names[i] || /few|images/.test(name))).toEqual([]);
  expect(new Set(german).size).toBe(names.length);
});
