/** The words of the page around its parts. */
import { catalogue } from '../core/language/catalogue.ts';

export const PAGE_WORDS = catalogue('page', {
  languageFailed:
    'The language could not be loaded, so the page keeps the one it has. Check the connection and choose again.',
});
