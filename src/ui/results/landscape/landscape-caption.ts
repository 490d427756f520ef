/** The sentence under the landscape; empty while there is nothing to read. */
import { landscapeReading } from '../../../copra/readings.ts';
import type { LandscapeResult } from '../../../study/analyses/landscape/result.ts';
import { differenceIn } from '../../../study/result/measures/arm-difference.ts';
import { barrierMeasure } from '../../../study/result/measures/paths.ts';
import type { StudyResult } from '../../../study/result/result.ts';
import { testImages } from '../figure-meta.ts';
import { joined, withoutDora } from '../left-out.ts';
import { readArms } from '../read-arms.ts';

export function landscapeCaption(result: StudyResult, alignment?: LandscapeResult['alignment']): string {
  const chosen = result.landscape.filter((entry) => entry.alignment === alignment);
  if (chosen.length === 0) return '';
  return joined(
    readArms(result, chosen, (arms) =>
      landscapeReading(
        arms,
        'factor',
        testImages(result),
        differenceIn(result, barrierMeasure('factor', alignment)),
        alignment,
      ),
    ),
    result.config.analyses.landscape.paths.includes('product') ? withoutDora(result, 'the product path') : '',
  );
}
