import { chooseArriving, type Arriving } from '../../state/models/choose-arriving.ts';
import { withBackbone } from '../../state/study/config-edit.ts';
import { useEditConfig, useServices } from '../context.ts';

/** Selects a backbone on this device for the next run. */
export function useChooseBackbone(): (id: string) => void {
  const edit = useEditConfig();
  return (id) => edit((config) => withBackbone(config, id));
}

/** As `chooseArriving`. */
export function useChooseArriving(): (arriving: Arriving) => Promise<unknown> {
  const { study, models } = useServices();
  return (arriving) => chooseArriving(study, models, arriving);
}
