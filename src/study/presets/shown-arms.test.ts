import { afterEach, expect, it } from 'vitest';
import { studyResultFixture } from '../../../tests/fixtures/study-result.ts';
import { speak, speakEnglish } from '../../core/language/catalogue.ts';
import { controls } from './controls.ts';
import { presets } from './messages.de.ts';
import { ofShownArms, withShownArms } from './shown-arms.ts';

afterEach(speakEnglish);

const speakGerman = (): void => speak('de', (area) => (area === 'presets' ? presets : null));

it('calls the arms of ready-made studies in the language of the page, and those that somebody named as they are', () => {
  const [first, ...others] = controls.config.arms;
  const config = { ...controls.config, arms: [{ ...first, name: 'LoRA with SAM' }, ...others] };
  const names = (): string[] => withShownArms(config).arms.map(({ name }) => name);
  expect(names()).toEqual(config.arms.map(({ name }) => name));
  speakGerman();
  expect(names()).toEqual([
    'LoRA with SAM',
    'CopRA',
    'LoRA gemittelt',
    'LoRA bei gleichen Updates',
    'LoRA bei gleichem Loss',
    'LoRA mit SAM',
    'Layer Drop mit fester Rate',
  ]);
  speakEnglish();
  expect(names()).toEqual(config.arms.map(({ name }) => name));
});

it('makes of a result and of settings one copy, so that nothing is drawn twice', () => {
  const result = studyResultFixture();
  expect(ofShownArms(result)).toBe(ofShownArms(result));
  expect(ofShownArms({ ...result }).config).toBe(ofShownArms(result).config);
});
