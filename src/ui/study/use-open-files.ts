import { errorText } from '../../core/error-text.ts';
import type { DroppedFile } from '../../data/files/walk.ts';
import { refusesImages } from '../../state/lessons/lessons-store.ts';
import { findModel, foreignWeights } from '../../state/models/dropped-model.ts';
import { needStudyOpen } from '../../state/page/study-fold.ts';
import { openSearch } from '../../state/search/search-store.ts';
import { useServices } from '../context.ts';
import { useOpenDataset } from '../dataset/use-open-dataset.ts';
import { useChooseArriving } from './use-choose-backbone.ts';

/**
 * Handles dropped or chosen files: shows a saved study or a search, lists an adapter, makes a model folder the study's backbone, and imports anything else as
 * images.
 */
export function useOpenFiles(): (files: Promise<readonly DroppedFile[]> | readonly DroppedFile[]) => void {
  const { study, adapters, classroom, searches, lessons, adapterCommands, models, fold } = useServices();
  const choose = useChooseArriving();
  const openDataset = useOpenDataset();
  const open = async (files: Promise<readonly DroppedFile[]> | readonly DroppedFile[]): Promise<void> => {
    const { openStudyFile } = await import('../../state/study/open-study-file.ts');
    const saved = await Promise.resolve(files).then(
      (list) =>
        openStudyFile(list, {
          ...{ study, adapters, classroom },
          openSearch: (file, search) => openSearch(searches, window, file, search),
        }),
      () => false,
    );
    if (saved) return;
    const { holdAdapter } = await import('../../share/adapter/find.ts');
    if (await Promise.resolve(files).then(holdAdapter, () => false)) {
      await adapterCommands.open(files).catch((error: unknown) => study.setState({ error: errorText(error) }));
      return;
    }
    if (refusesImages(lessons, study)) return;
    needStudyOpen(fold); // It shows what becomes of them.
    // Reading a folder may fail; the image import reports that.
    const found = await Promise.resolve(files).then(findModel, () => null);
    if (found) {
      await choose(models.keep(found));
      return;
    }
    const foreign = await Promise.resolve(files).then(foreignWeights, () => null);
    if (foreign !== null) {
      models.refuse(foreign);
      return;
    }
    await openDataset(files);
  };
  return (files) => void open(files).catch((error: unknown) => study.setState({ error: errorText(error) }));
}
