import { passes } from '../../run/work.ts';
import type { Analysis } from '../analysis.ts';
import { knowsPlane } from './part.ts';
import { runPlane, spanningRuns } from './run.ts';

export const PLANE: Analysis = {
  id: 'plane',
  work: ({ analyses: { plane } }, { groups, testImages }) => passes(groups * (plane?.grid ?? 0) ** 2 * testImages),
  async run(context, { source, runs, tellNotFollowed }) {
    const { known } = context;
    const unknown = source.groups(runs).filter((group) => !known || !knowsPlane(known, spanningRuns(group)));
    if (unknown.length === 0) return;
    tellNotFollowed();
    await runPlane(context, unknown);
  },
};
