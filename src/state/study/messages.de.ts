/** What the page says of studies, in German. */
import { germanCount } from '../../core/counted.ts';
import type { STUDY_STATE_WORDS } from './messages.ts';

export const studyState: typeof STUDY_STATE_WORDS = {
  changes: { arm: 'Arm', order: 'Reihenfolge der Arme', changed: 'geändert', removed: 'entfernt' },
  images: {
    classes: 'Klassen',
    train: 'Trainingsbilder',
    validation: 'Validierungsbilder',
    test: 'Testbilder des Datensatzes',
    images: 'Bilder und ihre Aufteilung',
    domain: (name) => `Domäne ${name}`,
    count: (images) => germanCount(images, 'Bild', 'Bilder'),
  },
  settings: (labels, more) => {
    const items = [...labels, ...(more > 0 ? [`${more} weitere`] : [])];
    return items.length < 2 ? items.join('') : `${items.slice(0, -1).join(', ')} und ${items[items.length - 1]}`;
  },
  workerStopped: (why, step) =>
    `Der Worker der Studie ist stehen geblieben${why === null ? '' : ` (${why})`}. Ein anderer hat übernommen, und die Studie ${step === null ? 'beginnt von vorn' : `geht bei Schritt ${step} weiter`}.`,
  ended: 'Die Studie wurde beendet.',
  continuesWithOwn: (name) =>
    `Die Studie läuft mit ihren eigenen Bildern weiter, „${name}“, nicht mit denen unter Aufgabe.`,
  notAdded: 'Was hinzukommen sollte, wurde nicht zu Ende gerechnet; gezeigt wird deshalb das Ergebnis von vorher.',
};
