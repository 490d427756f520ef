import { blockEvaluationsExact } from '../../../copra/shapley/coalitions.ts';
import { passes } from '../../run/work.ts';
import type { Analysis } from '../analysis.ts';
import { coalitionCount, estimatorFor, type TowerPlayers } from './players.ts';
import { PORTION, runShapley } from './run.ts';

/**
 * Passes for all coalitions: every state of a tower is computed once. Those of the vision tower share prefixes; the class prompts go through the text tower once
 * per state and portion of images, and count like images.
 */
function exactPasses({ vision, text }: TowerPlayers, images: number, classes: number): number {
  const ofImage = vision > 0 ? blockEvaluationsExact(vision) / vision : 1;
  const ofPrompts = text > 0 ? 2 ** text * classes : 0;
  return images * ofImage + Math.ceil(images / PORTION) * ofPrompts;
}

export const SHAPLEY: Analysis = {
  id: 'shapley',
  work({ analyses: { shapley } }, { analysed, trained, players, testImages, task }) {
    const images = Math.min(shapley.images, testImages);
    const ofAdapter =
      estimatorFor(shapley, players) === 'exact'
        ? exactPasses(players, images, task.classes.length)
        : images * coalitionCount(shapley, players) * 0.5;
    const adapters = analysed * (trained > 0 && shapley.evolution ? 3 : 1);
    return passes(adapters * ofAdapter);
  },
  run: (context, { runs }) => runShapley(context, runs),
};
