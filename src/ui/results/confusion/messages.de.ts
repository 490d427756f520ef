/** The words of the figures of confusions in German. */
import { germanCount } from '../../../core/counted.ts';
import type { CONFUSION_WORDS } from './messages.ts';

export const confusion: typeof CONFUSION_WORDS = {
  message: (name, of, as) => `${name} hält am häufigsten „${of}“ für „${as}“.`,
  cells: 'Zellen; jede zeigt ihre Bilder',
  help: [
    'Eine Zeile ist eine wahre Klasse, eine Spalte die vorhergesagte: Auf der Diagonale ist die Antwort richtig, alles andere sind Verwechslungen. Anteile beziehen sich auf die Testbilder der Zeile, Anzahlen auf die Bilder eines Laufs; beides sind Mittel über die Seeds eines Arms. Die häufigste Verwechslung ist die der meisten Bilder; eine andere kann einen größeren Anteil haben.',
    'Eine Differenz hat die Farbe des Arms, der die Antwort häufiger gibt. Ein Druck auf eine Zelle zeigt oben ihre Bilder.',
  ],
  helpMany: 'Die Matrix der ungenauesten Klassen zeigt deren Verwechslungen untereinander; die Tabelle enthält alle.',
  of: 'Verwechslungen von',
  order: 'Reihenfolge der Klassen',
  orders: { task: 'Wie Aufgabe', name: 'Nach Namen', accuracy: 'Ungenaueste zuerst' },
  which: 'Klassen in der Matrix',
  all: 'Alle Klassen',
  least: (count) => `Die ${count} ungenauesten`,
  unit: 'Verwechslungen: Einheit',
  units: { share: 'Anteile', count: 'Anzahlen' },
  empty: 'Welche Klasse für welche gehalten wird, erscheint hier, wenn das Training fertig ist.',
  takenFor: 'gehalten für',
  trueClass: 'wahre Klasse',
  ofItsPictures: '% ihrer Bilder',
  picturesARun: 'Bilder je Lauf',
  noPictures: (name) => `${name}: keine Testbilder`,
  right: (name) => `${name}, richtig`,
  taken: (name, as) => `${name} für ${as} gehalten`,
  table: {
    arm: 'Arm',
    trueClass: 'Wahre Klasse',
    takenFor: 'Gehalten für',
    pictures: 'Bilder je Lauf',
    share: 'Von ihren Bildern',
  },
  classes: {
    message: {
      harder: (arms) => `Für ${arms} sind manche Klassen schwerer als andere.`,
      alike: (arms) => `Für ${arms} ist keine Klasse deutlich schwerer als eine andere.`,
    },
    title: 'Genauigkeit jeder Klasse',
    help: 'Das Mittel über die Seeds mit seinem 95-%-Intervall (Wilson 1927) über die Auswahl der Testbilder der Klasse, für diese Seeds. Schwerer heißen manche Klassen, wo ein χ²-Test auf gleiche Genauigkeit unter 5 % liegt. Bei wenigen Bildern sind die Intervalle breit. Alle Seeds sehen dieselben Bilder; überlappen sich die Intervalle zweier Arme, heißt das deshalb nicht, dass die Arme gleich sind.',
    axis: 'Genauigkeit, % (besser →)',
    shortAxis: 'Genauigkeit, %',
    interval: (value, low, high) => `${value} (${low} bis ${high})`,
    name: 'Klasse',
    pictures: 'Bilder',
    accuracyOf: (arm) => `${arm} (95-%-Intervall)`,
    caption: {
      range: (name, easiest, hardest) => `${name} ist am genauesten bei ${easiest}, und am ungenauesten bei ${hardest}`,
      even: (name, accuracy) => `${name} erreicht ${accuracy} in jeder Klasse`,
      means: (seeds) =>
        `${seeds > 1 ? `Mittel über ${seeds} Seeds` : 'Von einem Seed'}, mit 95-%-Intervallen über die Auswahl der Testbilder der Klasse.`,
    },
  },
  caption: {
    most: (name, of, as, share, images) =>
      `${name} hält am häufigsten „${of}“ für „${as}“ (${share} von ${germanCount(images, 'Bild', 'Bildern')})`,
    short: (name, of, as, share, images) =>
      `${name}: „${of}“ für „${as}“, ${share} von ${germanCount(images, 'Bild', 'Bildern')}`,
    none: (name) => `${name} verwechselt keine Klassen`,
    least: (at) => ` und ist am ungenauesten bei ${at}`,
    at: (of, accuracy, low, high) => `„${of}“, ${accuracy} (${low} bis\u00a0${high})`,
    intervals: 'In Klammern: 95-%-Intervalle über die Wahl der Testbilder der Klasse.',
  },
};
