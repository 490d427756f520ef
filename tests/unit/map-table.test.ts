import { afterEach, expect, it, vi } from 'vitest';
import { printMap } from '../../scripts/map/map-table.ts';
import { mapSetting, mapSettingName, mapValueText } from '../../src/study/map/map-settings.ts';
import { MAP_PRESETS } from '../../src/study/map/presets.ts';
import { mapResultFixture } from '../fixtures/map-result.ts';

afterEach(() => void vi.restoreAllMocks());

/** Whether a text holds words one after the other. */
const inOrder = (text: string, words: readonly string[]): boolean =>
  words.reduce((from, word) => (from < 0 ? from : text.indexOf(word, from)), 0) >= 0;

it('has its columns and rows in the order of the map, whether their values are whole numbers or not', () => {
  const said = vi.spyOn(console, 'log').mockReturnValue();
  for (const preset of MAP_PRESETS)
    for (const [x, y] of [
      [preset.config.x, preset.config.y],
      [preset.config.y, preset.config.x],
    ]) {
      const turned = { ...preset, config: { ...preset.config, x, y } };
      printMap(mapResultFixture(turned));
      // A wide table comes in parts, which hold the columns in their order.
      const parts = String(said.mock.lastCall?.[0]).split('\n\n');
      const [across, upwards] = [mapSetting(x.setting), mapSetting(y.setting)];
      const columns = x.values.map((value) => `${mapSettingName(across)} ${mapValueText(across, value)}`);
      const heads = parts.map((part) => part.split(/\n─/)[0]).join(' ');
      expect(
        inOrder(
          heads,
          columns.map((column) => column.split(' ').at(-1)!),
        ),
      ).toBe(true);
      const names = y.values.map((value) => mapValueText(upwards, value));
      for (const part of parts) {
        const rows = part.split('\n').slice(-names.length);
        expect(rows.map((row) => row.trim().split(/ {2,}/)[0])).toEqual(names);
      }
    }
});
