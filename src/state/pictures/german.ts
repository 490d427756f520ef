/** What the worker of test pictures says, in German. */
import { DATA_DE } from '../../data/german.ts';
import { PAGE_FILE_WORDS_DE } from '../../platform/page-file-words.de.ts';

export const PICTURES_WORKER_DE = { ...DATA_DE, 'page-file': PAGE_FILE_WORDS_DE };
