/** What is said of files that were brought, in German. */
import { germanCount } from '../../core/counted.ts';
import { listed } from '../../core/listed.ts';
import type { ARRIVAL_WORDS } from './messages.ts';

export const arrival: typeof ARRIVAL_WORDS = {
  reading: 'Deine Dateien werden gelesen.',
  images: (name, images, classes) =>
    `„${name}“ ist übernommen: ${germanCount(images, 'Bild', 'Bilder')} aus ${germanCount(classes, 'Klasse', 'Klassen')}.`,
  refused: (what) =>
    `${what === '' ? 'Was du mitgebracht hast,' : `„${what}“`} ließ sich nicht übernehmen; unter Aufgabe steht, warum.`,
  pictures: (images, to) => `„${to}“ hat ${germanCount(images, 'Bild', 'Bilder')} bekommen.`,
  adapters: (names) =>
    names.length === 1 ? `Adapter hinzugefügt: ${names[0]}.` : `${names.length} Adapter hinzugefügt: ${listed(names)}.`,
  model: 'Was du mitgebracht hast, ist ein Modell; unter Backbone steht, was daraus wird.',
  show: 'Zeigen',
  dismiss: 'Hinweis schließen',
};
