/** What people read about studies that were saved while they ran, in German. */
import type { CHECKPOINT_WORDS } from './words.ts';

export const studyCheckpoints: typeof CHECKPOINT_WORDS = {
  none: 'Die Datei enthält keinen Zwischenstand einer Studie.',
  otherVersion:
    'Die unterbrochene Studie wurde von einer anderen Version dieser Seite gespeichert und lässt sich mit dieser nicht fortsetzen.',
  damaged: (why) => `Der Zwischenstand ist beschädigt: ${why}`,
  gone: 'Die gespeicherte Studie ist weg: Sie wurde in einem anderen Tab beendet oder verworfen.',
  imagesGone: 'Die Bilder der gespeicherten Studie sind weg. Verwirf sie und führe die Studie noch einmal aus.',
  knownGone:
    'Die Studie, zu der die gespeicherten Seeds hinzukommen, ist weg. Verwirf sie und füge die Seeds noch einmal hinzu.',
  otherTab: 'Diese Studie läuft schon in einem anderen Tab.',
};
