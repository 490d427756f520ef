import { useEditConfig, useServices } from '../context.ts';
import { useGeometry } from './use-open-dataset.ts';

/** Opens a data set that is kept on this device, by its id, as the study's images. */
export function useOpenStored(): (id: string) => void {
  const { stored } = useServices();
  const edit = useEditConfig();
  const geometry = useGeometry();
  const open = async (id: string): Promise<void> => {
    if (await stored.open(id, geometry)) edit((config) => ({ ...config, task: 'dropped' }));
  };
  return (id) => void open(id);
}
