import { afterEach, expect, it } from 'vitest';
import { METHODS } from '../../copra/methods/registry.ts';
import { speak, speakEnglish } from '../../core/language/catalogue.ts';
import { MAP_PRESETS } from '../map/presets.ts';
import { REGIMES } from '../schedules/regimes.ts';
import { PRESET_WORDS } from './messages.ts';
import { presets } from './messages.de.ts';
import { PRESETS } from './presets.ts';

afterEach(speakEnglish);

const speakGerman = (): void => speak('de', (area) => (area === 'presets' ? presets : null));

it('every study, map and search that is ready to open has a German name of its own', () => {
  const names = [...new Set([...PRESETS, ...MAP_PRESETS, ...REGIMES].map(({ name }) => name))];
  expect(names.map((name) => PRESET_WORDS.called(name))).toEqual(names);
  speakGerman();
  const german = names.map((name) => PRESET_WORDS.called(name));
  expect(german.filter((name, i) => name === names[i] || /few|images/.test(name))).toEqual([]);
  expect(new Set(german).size).toBe(names.length);
});

it('every arm of a study that is ready to open has a German name of its own, unless its name is that of a method', () => {
  const methods = new Set<string>([...METHODS.map(({ label }) => label), 'rsLoRA', 'DoRA']);
  const read = (): string[] => PRESETS.flatMap(({ config: { arms } }) => arms.map((arm) => PRESET_WORDS.arm(arm)));
  const names = PRESETS.flatMap(({ config: { arms } }) => arms.map(({ name }) => name));
  expect(read()).toEqual(names);
  speakGerman();
  const german = read();
  // Rates without a point are written alike.
  const same = names.filter((name, i) => name === german[i] && !methods.has(name) && !/, lr \de-\d$/.test(name));
  expect(same).toEqual([]);
  expect(new Set(german).size).toBe(new Set(names).size);
});
