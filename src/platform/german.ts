/** What people read of the platform layer, in German: for the page and for the workers that run its code. */
import { HTTP_WORDS_DE } from './http/words.de.ts';
import { ISSUE_WORDS_DE } from './issue-words.de.ts';
import { ORIGIN_WORDS_DE } from './origin-words.de.ts';
import { PAGE_FILE_WORDS_DE } from './page-file-words.de.ts';

export const PLATFORM_DE = {
  http: HTTP_WORDS_DE,
  issues: ISSUE_WORDS_DE,
  'origin-files': ORIGIN_WORDS_DE,
  'page-file': PAGE_FILE_WORDS_DE,
};
