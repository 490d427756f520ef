/** A map as CSV, in the conventions of csv.ts. */
import { inEnglish } from '../../core/language/catalogue.ts';
import type { MapResult } from '../../study/map/map-result.ts';
import { mapSetting, mapValueText } from '../../study/map/map-settings.ts';
import { armsInTable } from './arms-in-table.ts';
import { csv, type Cell } from './csv.ts';

/** One row per cell and measure; values of the settings as in addresses. */
export const mapCsv = (map: MapResult): string => inEnglish(() => tableOf(map));

function tableOf({ config, cells }: MapResult): string {
  const { x, y, study } = config;
  const [across, upwards] = [mapSetting(x.setting), mapSetting(y.setting)];
  const nameOf = armsInTable({ config: study });
  const [baseline, other] = study.arms.map(({ id }) => nameOf(id));
  const rows = cells.flatMap((cell) =>
    cell.differences.map((difference): Cell[] => [
      cell.x ?? mapValueText(across, null),
      cell.y ?? mapValueText(upwards, null),
      difference.measure,
      ...difference.arms,
      ...[difference.mean, difference.low, difference.high, difference.scope],
      ...[difference.seeds, difference.images, ...cell.diverged],
      ...[cell.provenance.date, cell.provenance.device, cell.provenance.seconds],
    ]),
  );
  const head = [x.setting, y.setting, 'measure', baseline, other, 'difference', 'low', 'high', 'scope'];
  return csv(
    [...head, 'seeds', 'images', `diverged_${baseline}`, `diverged_${other}`, 'date', 'device', 'seconds'],
    rows,
  );
}
