/** The times that presets state are those of their saved results, or counted from their work. */
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { PRESET_TIMES_FILE, presetTimes, presetTimesFile } from '../../scripts/figures/preset-times.ts';
import { readSaved } from '../../scripts/figures/saved.ts';
import { MAP_PRESETS } from '../../src/study/map/presets.ts';
import { presetDescription } from '../../src/study/presets/descriptions/preset-description.ts';
import { presetTime } from '../../src/study/presets/preset-time.ts';
import { PRESET_TIMES } from '../../src/study/presets/preset-times.ts';
import { PRESETS } from '../../src/study/presets/presets.ts';
import { presetDescriptions } from '../../src/study/presets/descriptions/messages.de.ts';
import { PRESET_DESCRIPTIONS } from '../../src/study/presets/descriptions/messages.ts';

it('are written from the saved results (npm run figures -- --report)', async () => {
  const times = await presetTimes(readSaved);
  expect(readFileSync(PRESET_TIMES_FILE, 'utf8')).toBe(await presetTimesFile(times));
});

it('are stated of every preset: as measured where a result is saved, else as about', () => {
  for (const { id, saved } of PRESETS) {
    const time = PRESET_TIMES[id]!;
    expect(time.isMeasured, id).toBe(saved ?? false);
    if (saved) {
      const { seconds, device } = readSaved(PRESETS.find((preset) => preset.id === id)!).provenance;
      expect(time.seconds).toBe(Math.round(seconds));
      expect(device).toContain(`${time.threads} thread`);
    }
    expect(presetTime(id)).toMatch(
      saved
        ? /^It took \d+ (minute|hour)s? on \d+ processor cores?\.$/
        : /^Without a saved result: it takes about \d+ minutes? on /,
    );
  }
  for (const { id } of MAP_PRESETS)
    expect(presetTime(id)).toMatch(/^It took \d+ (?:minutes|hours) on \d+ processor cores?\.$/);
  expect(presetTime('none')).toBe('');
});

it('are written by hand nowhere', () => {
  for (const text of Object.values(PRESET_DESCRIPTIONS)) expect(text).not.toMatch(/minute|hour/i);
  for (const text of Object.values(presetDescriptions)) expect(text).not.toMatch(/Minute|Stunde/);
});

it('stand behind what every preset and map asks', () => {
  for (const { id } of [...PRESETS, ...MAP_PRESETS]) expect(presetDescription(id), id).not.toBe('');
});
