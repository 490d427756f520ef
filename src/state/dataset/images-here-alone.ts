import type { CollectState } from './collect-store.ts';
import type { DatasetState } from './dataset-state.ts';

/** Whether pictures that were collected on this page, or changes of the data set on it, are nowhere else. */
export function areImagesHereAlone(
  { classes, used }: Pick<CollectState, 'classes' | 'used'>,
  { isEdited, keptCurrent }: Pick<DatasetState, 'isEdited' | 'keptCurrent'>,
): boolean {
  const isCollected = classes.some(({ images }) => images.length > 0);
  return isEdited || (isCollected && !(keptCurrent && used === classes));
}
