import { comingCode } from '../../platform/coming-code.ts';
import { tellError } from '../../state/study/study-store.ts';
import type { Files } from '../arrival/bring-files.ts';
import { useEditConfig, useServices } from '../context.ts';
import { useOpenDataset } from './use-open-dataset.ts';

/** Handles files that were dropped, chosen or pasted. Most visits bring none, so what does it is loaded with the first. */
export function useBringFiles(): (files: Files) => void {
  const services = useServices();
  const openDataset = useOpenDataset();
  const edit = useEditConfig();
  const bring = async (files: Files): Promise<void> => {
    const { bringFiles } = await comingCode(import('../arrival/bring-files.ts'));
    await bringFiles(files, { ...services, openDataset, makeOwn: () => edit((config) => config) });
  };
  return (files) => void bring(files).catch((error: unknown) => tellError(services.study, error));
}
