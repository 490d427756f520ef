import type { DroppedFile } from '../../data/drop/walk.ts';
import { useEditConfig, useServices } from '../context.ts';

/** Takes dropped or chosen files as the study's task. */
export function useOpenFiles(
  imageSize: number,
): (files: Promise<readonly DroppedFile[]> | readonly DroppedFile[]) => void {
  const { dataset } = useServices();
  const edit = useEditConfig();
  return (files) => {
    edit((config) => ({ ...config, task: 'dropped' }));
    void dataset.open(files, imageSize);
  };
}
