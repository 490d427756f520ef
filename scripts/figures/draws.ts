/** The default study with training images of other draws, for docs/results.md: what it found beside what they find. */
import { counted } from '../../src/core/counted.ts';
import { pointsEnds } from '../../src/core/number-format.ts';
import { TEST_ACCURACY } from '../../src/study/result/measures/accuracy.ts';
import { armDifference } from '../../src/study/result/measures/arm-difference.ts';
import type { Measure } from '../../src/study/result/measures/measure.ts';
import { barrierMeasure, midpointMeasure } from '../../src/study/result/measures/paths.ts';
import { EVERY_OTHER_ACCURACY, EVERY_OTHER_KEPT } from '../../src/study/result/measures/pruning.ts';
import type { StudyResult } from '../../src/study/result/result.ts';
import { overDraws } from '../../src/study/map/over-draws.ts';
import { mapPreset } from '../../src/study/map/presets.ts';
import { presetDescription } from '../../src/study/presets/descriptions/preset-description.ts';
import { markdownCell } from '../map/cell-text.ts';
import { markdownTable } from '../markdown-table.ts';
import { signed } from './comparison.ts';
import { savedMap } from './saved-map.ts';

const SHOWN: readonly Measure[] = [
  TEST_ACCURACY,
  midpointMeasure('factor'),
  barrierMeasure('factor'),
  EVERY_OTHER_ACCURACY,
  EVERY_OTHER_KEPT,
];

/** @param defaults the saved result of the default study, whose images are those of draw 0 */
export function drawsSection(defaults: StudyResult): string {
  const map = savedMap(mapPreset('draws'));
  const [baseline, other] = map.config.study.arms;
  const draws = map.config.x.values;
  const rows = SHOWN.map((measure) => {
    const own = armDifference(defaults, measure, baseline.id, other.id);
    const cells = draws.map((x) => markdownCell(map, { x, y: map.config.y.values[0] }, measure));
    const [together] = overDraws(map, measure.id);
    const all = together
      ? `${signed(together.interval.mean)} (${pointsEnds(together.interval.low, together.interval.high, 1).join(' to ')})`
      : '–';
    return [measure.name, own ? signed(own.mean) : '–', ...cells, all];
  });
  return `## Other training images

${presetDescription('draws')} ${other.name} − ${baseline.name} in points, with half the width of the 95 % interval over seeds and test images; **bold** where it leaves out 0. The learning rate of “Few images” was chosen on draw 0, so the others are fresh. The last column has the mean over these ${counted(draws.length, 'draw')} and its 95 % interval over draws, for these seeds and test images. Open it: \`?map=draws\`.

${markdownTable(['measure', '“Few images”, draw 0', ...draws.map((draw) => `draw ${draw}`), 'over draws'], rows)}

`;
}
