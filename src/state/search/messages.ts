/** Why a search, or the result of its test, cannot be opened. */
import { catalogue } from '../../core/language/catalogue.ts';

export const SEARCH_STATE_WORDS = catalogue('searchState', {
  notRead: (why: string) => `The saved search cannot be read: ${why}`,
  notOpened: (file: string, why: string) => `${file} was not opened. ${why}`,
  noTest: (why: string) => `The result of the test cannot be opened: ${why}`,
  meanwhile: 'Something else was opened or set while it was read. Open it again.',
  running: 'A study is running. Stop it first.',
});
