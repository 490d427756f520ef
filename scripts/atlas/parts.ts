/** What of drawing the artwork is TypeScript: how files are written, the strips of tasks, and which file of its style an image lies in. The more tasks test on a concept, the earlier it comes: pages that only show test images read the first files. */
import type { AtlasIndex } from '../../src/data/bundled/atlas.ts';
import { conceptPositions } from '../../src/data/bundled/concept-split.ts';
import { BUNDLED_TASKS } from '../../src/data/bundled/tasks.ts';

export { ATLAS_VERSION, partFiles } from '../../src/data/bundled/atlas.ts';
export { writeWhole } from '../output-file.ts';
export { drawStrips } from './draw-strips.ts';

/** Test concepts come first in every task, and a larger share contains the smaller ones. */
const TEST_SHARES = [...new Set(BUNDLED_TASKS.map(({ shares }) => shares.test))];

/** @returns [concepts]: 0 where all tasks whose classes have it test on it, as many as there are shares where none does */
export function partsOf(names: Pick<AtlasIndex, 'concepts'>): number[] {
  return Array.from(conceptPositions(names), (position) => TEST_SHARES.filter((share) => position >= share).length);
}
