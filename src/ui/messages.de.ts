/** The words of the page around its parts, in German. */
import type { PAGE_WORDS } from './messages.ts';

export const PAGE_WORDS_DE: typeof PAGE_WORDS = {
  languageFailed:
    'Die Sprache konnte nicht geladen werden, deshalb bleibt die Seite in der jetzigen. Prüfe die Verbindung und wähle noch einmal.',
};
