/** What a study of the reader's own images begins with. */
import type { StudyConfig } from '../../study/config/config.ts';
import { DEFAULT_SAVED } from '../page/saved-results.ts';
import { isSameStudy } from './config-changes.ts';
import { tryItOf, type EstimatesStore } from './estimates.ts';
import type { StudyStore } from './study-store.ts';

/**
 * Has the next study train on the reader's images, with the settings on the page. Those that the page opens with are nobody's choice and take hours: a study
 * of about a minute takes their place as soon as the device is measured, unless the reader sets or runs something before.
 */
export async function chooseOwnImages(study: StudyStore, estimates: EstimatesStore): Promise<void> {
  const choose = (settings: StudyConfig): StudyConfig => {
    const config = { ...settings, task: 'dropped' };
    study.setState({ config, readOnly: false });
    return config;
  };
  const before = study.getState().config;
  const chosen = choose(before);
  if (!isSameStudy(before, DEFAULT_SAVED.config)) return;
  const small = await tryItOf(estimates);
  const { config, status } = study.getState();
  if (config === chosen && status === 'idle') choose(small);
}
