/** Which cells of a map to run: all that are missing, or the named ones among them. */
import type { MapCell } from '../../src/study/map/cells.ts';
import { missingCells, type MapResult } from '../../src/study/map/map-result.ts';
import { mapSetting, mapValueText } from '../../src/study/map/map-settings.ts';

/**
 * @param names "x,y" each, values as written in tables ("3e-3,16", "0.01,all"); none: all cells
 * @throws RangeError naming a cell that the map does not have
 */
export function chosenCells(map: MapResult, names: readonly string[]): MapCell[] {
  const missing = missingCells(map);
  if (names.length === 0) return missing;
  const axes = [map.config.x, map.config.y].map((axis) => ({ ...axis, of: mapSetting(axis.setting) }));
  const places = names.map((name) => {
    const texts = name.split(',').map((text) => text.trim());
    const values = axes.map(({ values, of }, i) =>
      values.find((value) => mapValueText(of, value) === texts[i] || (value !== null && value === Number(texts[i]))),
    );
    const [x, y] = values;
    if (x === undefined || y === undefined || texts.length !== 2)
      throw new RangeError(
        `“${name}” is no cell. A cell is a value of ${axes.map(({ setting }) => setting).join(' and one of ')}, such as ${axes.map(({ of, values: [first] }) => mapValueText(of, first)).join(',')}.`,
      );
    return { x, y };
  });
  return missing.filter((cell) => places.some(({ x, y }) => x === cell.x && y === cell.y));
}
