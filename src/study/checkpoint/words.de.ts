/** What people read about studies that are saved while they run, in German. */
import { integer } from '../../core/number-format.ts';
import type { CHECKPOINT_WORDS } from './words.ts';

export const studyCheckpoints: typeof CHECKPOINT_WORDS = {
  cannotResume: (why) =>
    `${why}. Deshalb lässt sich diese Studie nach einem Neuladen nicht fortsetzen. Lass die Seite offen, bis sie zu Ende ist.`,
  cannotRead: (why) => `${why}. Deshalb lässt sich die Studie nicht lesen.`,
  cannotSave: (why) =>
    `Diese Studie lässt sich unterwegs nicht speichern (${why}). Sie geht weiter; lass die Seite offen, bis sie zu Ende ist.`,
  none: 'Die Datei enthält keinen Zwischenstand einer Studie.',
  otherVersion:
    'Die unterbrochene Studie wurde von einer anderen Version dieser Seite gespeichert und lässt sich mit dieser nicht fortsetzen.',
  damaged: (why) => `Der Zwischenstand ist beschädigt: ${why}`,
  doesNotFit: (step, version) =>
    `Der Zwischenstand bei Schritt ${integer(step)} wurde von einer anderen Version (${version}) dieser Seite gespeichert und passt nicht mehr zur Studie. Verwirf ihn und führe die Studie noch einmal aus.`,
  gone: 'Die gespeicherte Studie ist weg: Sie wurde in einem anderen Tab beendet oder verworfen.',
  imagesGone: 'Die Bilder der gespeicherten Studie sind weg. Verwirf sie und führe die Studie noch einmal aus.',
  otherTab: 'Diese Studie läuft schon in einem anderen Tab.',
};
