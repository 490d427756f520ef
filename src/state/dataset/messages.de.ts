/** Names that a reader's own pictures have until they are given others, in German. */
import type { COLLECT_WORDS } from './messages.ts';

export const COLLECT_WORDS_DE: typeof COLLECT_WORDS = {
  dataset: 'Meine Bilder',
  class: (number) => `Klasse ${number}`,
};
