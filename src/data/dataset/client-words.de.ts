/** What the page itself says of a data set, in German. */
import type { CLIENT_WORDS } from './client-words.ts';

export const dataClient: typeof CLIENT_WORDS = {
  unnamed: 'Meine Bilder',
  closed: 'Der Datensatz wurde geschlossen.',
  stopped:
    'Die Bilder ließen sich nicht lesen: Der Worker, der sie liest, ist stehen geblieben. Versuch es mit weniger oder kleineren Bildern.',
};
