/** What the worker of links says, in German: the texts of all layers whose code it runs. */
import { LINK_WORDS_DE } from '../../share/link/messages.de.ts';
import { LINK_CHECKS_DE } from '../../share/link/words.de.ts';
import { STUDY_FILE_DE } from '../../share/study-file/german.ts';

export const LINKS_WORKER_DE = { ...STUDY_FILE_DE, 'link-checks': LINK_CHECKS_DE, links: LINK_WORDS_DE };
