/** Prints the differences of a map to the terminal. */
import { clearSide } from '../../src/copra/seed-differences.ts';
import { MEASURES } from '../../src/study/result/measures/measures.ts';
import { cellAt, differenceAt, intervalOf, type MapResult } from '../../src/study/map/map-result.ts';
import { mapSetting, mapSettingName, mapValueText } from '../../src/study/map/map-settings.ts';
import { differenceCell } from './cell-text.ts';

/** One table per measure that any cell has: in points, with half the width of the interval; * where it excludes 0. */
export function printMap(map: MapResult): void {
  const { x, y, study } = map.config;
  const [across, upwards] = [mapSetting(x.setting), mapSetting(y.setting)];
  const [baseline, other] = study.arms.map(({ name }) => name);
  for (const { id, name } of MEASURES) {
    const text = (difference: ReturnType<typeof differenceAt>): string => {
      if (!difference) return '';
      return `${differenceCell(map, difference)}${clearSide(intervalOf(difference)) ? ' *' : ''}`;
    };
    const rows = y.values.map((yValue) => {
      const columns = x.values.map((xValue) => [
        `${mapSettingName(across)} ${mapValueText(across, xValue)}`,
        text(differenceAt(cellAt(map, { x: xValue, y: yValue }), id)),
      ]);
      return [mapValueText(upwards, yValue), Object.fromEntries(columns) as Record<string, string>] as const;
    });
    if (rows.every(([, columns]) => Object.values(columns).every((cell) => cell === ''))) continue;
    console.log(
      `${other} − ${baseline}, points of ${name}; ${mapSettingName(upwards)} by ${mapSettingName(across)}; * where the 95 % interval excludes 0`,
    );
    // Keys that are whole numbers would come first, whatever their order: rows have none, and those of columns begin with a name.
    console.table(rows.map(([value, columns]) => ({ [mapSettingName(upwards)]: value, ...columns })));
  }
}
