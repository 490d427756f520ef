/** Why a search, or the result of its test, cannot be opened, in German. */
import type { SEARCH_STATE_WORDS } from './messages.ts';

export const searchState: typeof SEARCH_STATE_WORDS = {
  notRead: (why) => `Die gespeicherte Suche kann nicht gelesen werden: ${why}`,
  notOpened: (file, why) => `${file} wurde nicht geöffnet. ${why}`,
  noTest: (why) => `Das Ergebnis des Tests kann nicht geöffnet werden: ${why}`,
  meanwhile: 'Während es gelesen wurde, wurde etwas anderes geöffnet oder eingestellt. Öffne es noch einmal.',
  running: 'Hier läuft eine Studie. Beende sie zuerst.',
};
