/** What the worker of links says, in German: the texts of all layers whose code it runs. */
import { byArea } from '../../core/language/by-area.ts';
import { STUDY_FILE_DE } from '../../share/study-file/german.ts';

export const LINKS_WORKER_DE = {
  ...STUDY_FILE_DE,
  ...byArea(Object.values(import.meta.glob('../../share/link/*.de.ts', { eager: true }))),
};
