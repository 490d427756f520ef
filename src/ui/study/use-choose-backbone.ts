import { withBackbone } from '../../state/study/config-edit.ts';
import { useEditConfig } from '../context.ts';

/** Makes a backbone that is on this device the one of the next run. */
export function useChooseBackbone(): (id: string) => void {
  const edit = useEditConfig();
  return (id) => edit((config) => withBackbone(config, id));
}
