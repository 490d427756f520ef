import { withBackbone } from '../../state/study/config-edit.ts';
import { useEditConfig } from '../context.ts';

/** Selects a backbone on this device for the next run. */
export function useChooseBackbone(): (id: string) => void {
  const edit = useEditConfig();
  return (id) => edit((config) => withBackbone(config, id));
}
