/** Chooses a backbone that takes its time to come. */
import { withBackbone } from '../study/config-edit.ts';
import { isUntouched } from '../study/replace-shown.ts';
import { isComputedHere } from '../study/shown.ts';
import type { StudyStore } from '../study/study-store.ts';
import type { ModelsStore } from './models-store.ts';

/** As `ModelsStore.fetch`. */
export type Arriving = ReturnType<ModelsStore['fetch']>;

/**
 * Chooses a backbone for the next run as soon as it is on this device. Where the reader chose another one or opened another study meanwhile,
 * that stays, and the page says where the backbone is. A study that is run meanwhile goes on with its own.
 * @returns what arrived, chosen or not
 */
export async function chooseArriving(
  study: StudyStore,
  models: Pick<ModelsStore, 'leave'>,
  arriving: Arriving,
): Arriving {
  const before = study.getState();
  const manifest = await arriving;
  if (!manifest || manifest === 'cancelled') return manifest;
  const { id } = manifest;
  const now = study.getState();
  const isOpened = now.result !== before.result && !isComputedHere(now.source) && !isUntouched(before, now);
  if (now.config.backbone === before.config.backbone && !isOpened)
    study.setState(({ config }) => ({ config: withBackbone(config, id), readOnly: false }));
  else if (now.config.backbone !== id) models.leave(id);
  return manifest;
}
