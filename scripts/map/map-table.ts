/** Prints the differences of a map to the terminal. */
import { clearSide } from '../../src/copra/seed-differences.ts';
import { MEASURES } from '../../src/study/result/measures/measures.ts';
import { cellAt, differenceAt, intervalOf, type MapResult } from '../../src/study/map/map-result.ts';
import { mapSetting, mapSettingName, mapValueText } from '../../src/study/map/map-settings.ts';
import { CellTable } from '../terminal-table.ts';
import { differenceCell } from './cell-text.ts';

/** One table per measure that any cell has: in points, with half the width of the interval; * where it excludes 0. */
export function printMap(map: MapResult): void {
  const { x, y, study } = map.config;
  const [across, upwards] = [mapSetting(x.setting), mapSetting(y.setting)];
  const [baseline, other] = study.arms.map(({ name }) => name);
  for (const { id, name } of MEASURES) {
    const rowName = mapSettingName(upwards);
    const table = new CellTable(rowName);
    for (const yValue of y.values)
      for (const xValue of x.values) {
        const difference = differenceAt(cellAt(map, { x: xValue, y: yValue }), id);
        const mark = difference && clearSide(intervalOf(difference)) ? '*' : ' ';
        table.set(
          mapValueText(upwards, yValue),
          `${mapSettingName(across)} ${mapValueText(across, xValue)}`,
          difference ? `${differenceCell(map, difference)} ${mark}` : '',
        );
      }
    if (table.isEmpty) continue;
    console.log(
      `${other} − ${baseline}, points of ${name}; ${rowName} by ${mapSettingName(across)}; * where the 95 % interval excludes 0`,
    );
    table.print();
  }
}
