import { afterEach, expect, it, vi } from 'vitest';
import { printMap } from '../../scripts/map/map-table.ts';
import { mapSetting, mapSettingName, mapValueText } from '../../src/study/map/map-settings.ts';
import { MAP_PRESETS } from '../../src/study/map/presets.ts';
import { mapResultFixture } from '../fixtures/map-result.ts';

afterEach(() => void vi.restoreAllMocks());

it('has its columns and rows in the order of the map, whether their values are whole numbers or not', () => {
  vi.spyOn(console, 'log').mockReturnValue();
  const table = vi.spyOn(console, 'table').mockReturnValue();
  for (const preset of MAP_PRESETS)
    for (const [x, y] of [
      [preset.config.x, preset.config.y],
      [preset.config.y, preset.config.x],
    ]) {
      const turned = { ...preset, config: { ...preset.config, x, y } };
      printMap(mapResultFixture(turned));
      const rows = table.mock.lastCall?.[0] as Record<string, string>[];
      const [across, upwards] = [mapSetting(x.setting), mapSetting(y.setting)];
      const columns = x.values.map((value) => `${mapSettingName(across)} ${mapValueText(across, value)}`);
      for (const row of rows) expect(Object.keys(row)).toEqual([mapSettingName(upwards), ...columns]);
      const left = rows.map((row) => row[mapSettingName(upwards)]);
      expect(left).toEqual(y.values.map((value) => mapValueText(upwards, value)));
    }
});
