import { isImage } from '../../data/files/paths.ts';
import type { DroppedFile } from '../../data/files/walk.ts';
import { refusesImages } from '../../state/lessons/lessons-store.ts';
import { needStudyOpen } from '../../state/page/study-fold.ts';
import { useEditConfig, useServices } from '../context.ts';
import { useOpenFiles } from '../study/use-open-files.ts';

type Files = Promise<readonly DroppedFile[]> | readonly DroppedFile[];

/** Pictures without folders, such as screenshots, have no class yet; they go to the panel that assigns one. */
const areLoosePictures = (files: readonly DroppedFile[]): boolean =>
  files.length > 0 &&
  files.every(({ path, blob }) => !path.includes('/') && (blob?.type.startsWith('image/') || isImage(path)));

/** Handles files that were dropped, chosen or pasted. */
export function useBringFiles(): (files: Files) => void {
  const { collect, dataset, fold, lessons, study } = useServices();
  const open = useOpenFiles();
  const edit = useEditConfig();
  const bring = async (files: Files): Promise<void> => {
    const list = await Promise.resolve(files).catch(() => null);
    // opening reports folders that cannot be read
    if (!list || !areLoosePictures(list)) return open(files);
    if (refusesImages(lessons, study)) return;
    edit((config) => config); // a read-only study is replaced by one that can take them
    dataset.dismiss(); // What was refused before is over.
    collect.bring(list.map(({ blob }) => blob).filter((blob) => blob !== null));
    needStudyOpen(fold);
    collect.show();
  };
  return (files) => void bring(files);
}
