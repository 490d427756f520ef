/** Chooses a backbone that takes its time to come. */
import { splitModelId } from '../../model/hub/model-id.ts';
import { withBackbone } from '../study/config-edit.ts';
import type { StudyStore } from '../study/study-store.ts';
import { MODEL_WORDS } from './messages.ts';
import type { ModelsStore } from './models-store.ts';

/** As `ModelsStore.fetch`. */
export type Arriving = ReturnType<ModelsStore['fetch']>;

/**
 * Chooses a backbone for the next run as soon as it is on this device. Where the reader chose another one or opened another study meanwhile,
 * that stays, and the page says where the backbone is.
 * @returns what arrived, chosen or not
 */
export async function chooseArriving(
  study: StudyStore,
  models: Pick<ModelsStore, 'note'>,
  arriving: Arriving,
): Arriving {
  /** A study that runs tells a result again and again, of one configuration. The page itself shows a saved result. */
  const chosen = () => {
    const { config, result, source } = study.getState();
    return { backbone: config.backbone, shown: source === 'saved' ? undefined : result?.config };
  };
  const before = chosen();
  const manifest = await arriving;
  if (!manifest || manifest === 'cancelled') return manifest;
  const { id } = manifest;
  const now = chosen();
  if (now.backbone === before.backbone && now.shown === before.shown)
    study.setState(({ config }) => ({ config: withBackbone(config, id), readOnly: false }));
  else if (now.backbone !== id) models.note(MODEL_WORDS.left(splitModelId(id)?.name ?? id));
  return manifest;
}
