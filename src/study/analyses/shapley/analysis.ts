import { blockEvaluationsExact } from '../../../copra/shapley/coalitions.ts';
import { passes } from '../../run/work.ts';
import type { Analysis } from '../analysis.ts';
import { coalitionCount, estimatorFor } from './players.ts';
import { runShapley } from './run.ts';

export const SHAPLEY: Analysis = {
  id: 'shapley',
  work({ analyses: { shapley } }, { analysed, trained, players, testImages }) {
    const perImage =
      estimatorFor(shapley, players) === 'exact'
        ? blockEvaluationsExact(players) / Math.max(1, players)
        : coalitionCount(shapley, players) * 0.5;
    const adapters = analysed * (trained > 0 && shapley.evolution ? 3 : 1);
    return passes(adapters * Math.min(shapley.images, testImages) * perImage);
  },
  async run(context, { runs, shapley }) {
    for (const [run, values] of await runShapley(context, runs)) shapley.set(run, values);
  },
};
