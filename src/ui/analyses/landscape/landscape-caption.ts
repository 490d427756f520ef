/** The sentence under the paths between two seeds. Empty while there is nothing to read. */
import { landscapeReading } from '../../../copra/readings/landscape.ts';
import type { LandscapeResult } from '../../../study/analyses/landscape/result.ts';
import { differenceIn } from '../../../study/result/measures/arm-difference.ts';
import { barrierMeasure } from '../../../study/result/measures/paths.ts';
import { testSample } from '../../../study/result/measures/sample.ts';
import type { StudyResult } from '../../../study/result/result.ts';
import { joined, withoutDora } from '../../results/left-out.ts';
import { readArms } from '../../results/read-arms.ts';
import { LANDSCAPE_WORDS } from './messages.ts';

export function landscapeCaption(result: StudyResult, alignment?: LandscapeResult['alignment']): string {
  const chosen = result.landscape.filter((entry) => entry.alignment === alignment);
  if (chosen.length === 0) return '';
  return joined(
    readArms(result, chosen, (arms) =>
      landscapeReading(
        arms,
        'factor',
        testSample(result),
        differenceIn(result, barrierMeasure('factor', alignment)),
        alignment,
      ),
    ),
    result.config.analyses.landscape.paths.includes('product') ? withoutDora(result, LANDSCAPE_WORDS.productPath) : '',
  );
}
