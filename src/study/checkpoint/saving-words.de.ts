/** What people read where a study cannot be saved while it runs, or cannot go on from what was saved, in German. */
import { integer } from '../../core/number-format.ts';
import type { SAVING_WORDS } from './saving-words.ts';

export const studySaving: typeof SAVING_WORDS = {
  cannotResume: (why) =>
    `${why}. Deshalb lässt sich diese Studie nach einem Neuladen nicht fortsetzen. Lass die Seite offen, bis sie zu Ende ist.`,
  cannotRead: (why) => `${why}. Deshalb lässt sich die Studie nicht lesen.`,
  cannotSave: (why) =>
    `Diese Studie lässt sich unterwegs nicht speichern (${why}). Sie geht weiter; lass die Seite offen, bis sie zu Ende ist.`,
  savesAgain: 'Diese Studie lässt sich wieder speichern: Ab hier kann sie nach einem Neuladen fortgesetzt werden.',
  doesNotFit: (step, version) =>
    `Der Zwischenstand bei Schritt ${integer(step)} wurde von einer anderen Version (${version}) dieser Seite gespeichert und passt nicht mehr zur Studie. Verwirf ihn und führe die Studie noch einmal aus.`,
};
