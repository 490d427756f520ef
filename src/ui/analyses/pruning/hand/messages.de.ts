/** The words of pruning by hand in German. */
import { germanCount } from '../../../../core/counted.ts';
import type { PRUNE_BY_HAND_WORDS } from './messages.ts';

export const pruneByHand: typeof PRUNE_BY_HAND_WORDS = {
  layersOn: (on, all) => `${on} von ${germanCount(all, 'Schicht', 'Schichten')} an`,
  looking: 'Sucht, was über diese Studie bekannt ist.',
  nothingKnown:
    'Dafür braucht es die Adapter der Läufe oder alle Koalitionen einer exakten Shapley-Analyse; dieses Ergebnis enthält keins von beiden. Rechne eine Studie hier, dann lassen sich ihre Schichten ausschalten.',
  imagesElsewhere:
    'Die Adapter der Läufe sind hier, die Bilder, auf denen sie getestet wurden, aber nicht. Zieh dieselben Bilder mit denselben Klassen und derselben Aufteilung auf die Seite, oder wähle sie bei den Einstellungen unter Aufgabe, dann lassen sich die Schichten ausschalten.',
  about: 'Pruning von Hand',
  help: [
    'Schalte Schichten der trainierten Adapter aus und sieh, was bleibt; nachtrainiert wird nichts. Eine ausgeschaltete Schicht ist die des eingefrorenen Backbones.',
    'Nach einer exakten Shapley-Analyse ist die Genauigkeit jeder Gruppe von Schichten bekannt und wird sofort abgelesen. Sonst werden die Adapter, wenn sie zur Hand sind, auf bis zu 256 Testbildern ausgewertet; eigene Bilder müssen dafür auf dieser Seite sein.',
    'Die beste Gruppe wird auf den Bildern gewählt, auf denen sie auch gemessen wird: Auf anderen ist sie schlechter, oft um mehrere Punkte, und die schlechteste besser. „Gruppen von Schichten“ wählt auf der einen Hälfte der Bilder und testet auf der anderen.',
  ],
  invitation:
    'Schalte eine Schicht aus oder wähle oben eine Gruppe: Hier erscheinen die Testbilder, die dann falsch oder richtig werden.',
  testing: 'Prüft die Bilder …',
  notTested:
    'Diese Gruppe von Schichten wurde nicht Bild für Bild getestet. Getestet wurden „Alle aus“, „Nur 1, 3, 5 …“, „Nur 2, 4, 6 …“ und die Drittel, dazu jede einzelne Schicht aus, wenn die Studie das gespeichert hat; für jede andere Gruppe rechne die Studie hier.',

  layers: 'Schichten',
  layersOf: { vision: 'Schichten des Bild-Encoders', text: 'Schichten des Text-Encoders' },
  layer: (layer) => `Schicht ${layer}`,
  layerOf: {
    vision: (layer) => `Schicht ${layer} des Bild-Encoders`,
    text: (layer) => `Schicht ${layer} des Text-Encoders`,
  },
  output: 'Ausgabe',
  input: 'Eingabe',
  towers: { vision: 'Bild', text: 'Text' },

  gainKept: (share) =>
    share === null ? 'zu wenig gewonnen für eine Angabe, was davon bleibt' : `behaltener Gewinn ${share} %`,
  against: (points) => `${points} Punkte gegenüber allen Schichten`,
  seed: (seed, accuracy) => `Seed ${seed}: ${accuracy} %`,
  evaluating: 'Wertet aus …',
  waits: 'Eine Studie läuft: Diese Schichten werden ausgewertet, wenn sie zu Ende ist.',
  chosenOn:
    'Diese Gruppe wurde auf den Bildern gewählt, auf denen sie gemessen wird, was einer besten schmeichelt: „Gruppen von Schichten“ testet sie auf anderen.',
  accuracyOn: (images, seeds) =>
    `Genauigkeit auf ${germanCount(images, 'Testbild', 'Testbildern')}, ± Stichprobenfehler eines Laufs; ${seeds > 1 ? `Mittel über ${seeds} Seeds` : 'ein Seed'}. Die Marke zeigt den Wert mit allen Schichten.`,

  sets: 'Gruppen von Schichten',
  allOn: 'Alle an',
  allOff: 'Alle aus',
  halves: { even: 'Nur 1, 3, 5 …', odd: 'Nur 2, 4, 6 …' },
  thirds: { low: 'Nur unteres Drittel', middle: 'Nur mittleres Drittel', high: 'Nur oberes Drittel' },
  knownSets: 'Bekannte Gruppen',
  best: (layers) => `Beste ${layers}`,
  worst: (layers) => `Schlechteste ${layers}`,
  setSize: 'Schichten in der Gruppe',
  of: 'von',
  armOfSet: 'Arm, dessen Gruppe gemeint ist',

  turning: 'Bilder, die kippen',
  pictures: 'Die Bilder',
  picturesOf: 'Bilder von',
  picture: (number) => `Bild ${number}`,
  lost: { title: 'Werden falsch', before: 'mit allen Schichten richtig', after: 'jetzt falsch' },
  won: { title: 'Werden richtig', before: 'mit allen Schichten falsch', after: 'jetzt richtig' },
  tested: (arm, seeds, pictures, all) =>
    `${arm}, ${germanCount(seeds, 'Seed', 'Seeds')}, ${
      all === null ? germanCount(pictures, 'Testbild', 'Testbilder') : `${pictures} von ${all} Testbildern`
    }.`,
};
