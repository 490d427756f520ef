/** Names that a reader's own pictures have until they are given others, in German. */
import { germanCount } from '../../core/counted.ts';
import { integer } from '../../core/number-format.ts';
import type { COLLECT_WORDS } from './messages.ts';

export const collect: typeof COLLECT_WORDS = {
  dataset: 'Meine Bilder',
  class: (number) => `Klasse ${number}`,
  added: (images, to, all) =>
    `${germanCount(images, 'Bild', 'Bilder')} zu „${to}“ hinzugefügt; dort ${all === 1 ? 'ist' : 'sind'} jetzt ${integer(all)}.`,
};
