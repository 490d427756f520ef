import { comingCode } from '../../../platform/coming-code.ts';
import { sum, passes, times } from '../../run/work.ts';
import type { Analysis } from '../analysis.ts';
import { USUAL_MERGING } from './settings.ts';
import { knowsMerges } from './part.ts';
import { mergesWork } from './work.ts';

/** The matrix library is loaded on demand. */
export const MERGING: Analysis = {
  id: 'merging',
  work({ analyses: { merging = USUAL_MERGING } }, { groups, groupRuns, layout, testImages, validationImages }) {
    const sizes = { scales: merging.scales.length, layout, runs: groupRuns, testImages, validationImages };
    return times(groups, sum([passes(groupRuns * testImages), mergesWork(sizes)]));
  },
  async run(context, { source, runs }) {
    const { known } = context;
    const unknown = source.groups(runs).filter((group) => !known || !knowsMerges(known, group.runs));
    if (unknown.length > 0) await (await comingCode(import('./run.ts'))).runMerging(context, unknown);
  },
};
