import { chooseOwnImages } from '../../state/study/own-images-study.ts';
import { useServices } from '../context.ts';
import { useGeometry } from './use-open-dataset.ts';

/** Opens a data set that is kept on this device, by its id, as the study's images. */
export function useOpenStored(): (id: string) => void {
  const { estimates, stored, study } = useServices();
  const geometry = useGeometry();
  const open = async (id: string): Promise<void> => {
    if (await stored.open(id, geometry)) await chooseOwnImages(study, estimates);
  };
  return (id) => void open(id);
}
