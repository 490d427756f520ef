/** The saved result of the regime map: where which arm is better, for docs/results.md. */
import { clearSide } from '../../src/copra/seed-differences.ts';
import { hundredths } from '../../src/core/number-format.ts';
import { mean } from '../../src/core/statistics.ts';
import { TEST_ACCURACY } from '../../src/study/result/measures/accuracy.ts';
import { OTHER_DOMAINS_ACCURACY } from '../../src/study/result/measures/domains.ts';
import type { Measure } from '../../src/study/result/measures/measure.ts';
import { midpointMeasure } from '../../src/study/result/measures/paths.ts';
import { EVERY_OTHER_KEPT } from '../../src/study/result/measures/pruning.ts';
import { cellAt, differenceAt, intervalOf, type MapResult } from '../../src/study/map/map-result.ts';
import { mapSetting, mapSettingName, mapValueText, type MapValue } from '../../src/study/map/map-settings.ts';
import { presetDescription } from '../../src/study/presets/descriptions/preset-description.ts';
import { mapPreset } from '../../src/study/map/presets.ts';
import { mapCaption } from '../../src/ui/map/map-plot.ts';
import { markdownCell } from '../map/cell-text.ts';
import { markdownTable } from '../markdown-table.ts';
import { ownMotifsSentence } from './own-motifs.ts';
import { savedMap } from './saved-map.ts';

const SHOWN: readonly Measure[] = [TEST_ACCURACY, midpointMeasure('factor'), EVERY_OTHER_KEPT, OTHER_DOMAINS_ACCURACY];

/**
 * "47.3 / 45.1": both arms' values, mean over the cells of a column that are compared: where one of them fails, the difference is no merit of the other. A share
 * of one seed may be many times as large as all others.
 */
function armsText(map: MapResult, x: MapValue, { id }: Measure): string {
  const own = map.config.y.values.flatMap((y) => {
    const difference = differenceAt(cellAt(map, { x, y }), id);
    return difference && clearSide(intervalOf(difference)) !== null ? [difference.arms] : [];
  });
  if (own.length === 0) return '–';
  return [0, 1].map((arm) => hundredths(mean(own.map((arms) => arms[arm])))).join(' / ');
}

function measureTable(map: MapResult, measure: Measure): string {
  const { x, y, study } = map.config;
  const [across, upwards] = [mapSetting(x.setting), mapSetting(y.setting)];
  const head = `${mapSettingName(upwards)}, by ${mapSettingName(across)}`;
  const table = markdownTable(
    [head, ...x.values.map((value) => mapValueText(across, value))],
    [
      ...y.values.map((row) => [
        mapValueText(upwards, row),
        ...x.values.map((column) => markdownCell(map, { x: column, y: row }, measure)),
      ]),
      [
        `${study.arms.map(({ name }) => name).join(' / ')}, mean`,
        ...x.values.map((column) => armsText(map, column, measure)),
      ],
    ],
  );
  return `${mapCaption(map, measure)}\n\n${table}`;
}

const knowsMotifs = ({ cells }: MapResult): boolean =>
  cells.some(({ differences }) => differences.some(({ motifs }) => motifs !== undefined));

/** A section of the page of results. */
export function regimeMapSection(): string {
  const preset = mapPreset('regime-map');
  const map = savedMap(preset);
  const [baseline, other] = map.config.study.arms.map(({ name }) => name);
  return `## Where it helps: the regime map

Every cell is a study of its own. ${presetDescription(preset.id)} ${other} − ${baseline} in points, with half the width of the 95 % interval; **bold** where it leaves out 0. A cell of fewer seeds, since with the others an arm diverged or gained too little, names them and what its interval is over. A gain that is less than its own sampling error has no share that could be kept: there
stands a dash. The last row has both arms' values, mean over the cells of the column that have enough seeds to compare: where one of them fails to learn, the other wins by little of its own. Open it: \`?map=${preset.id}\`.${knowsMotifs(map) ? '' : ownMotifsSentence('The map')}

${SHOWN.map((measure) => measureTable(map, measure)).join('\n\n')}

`;
}
