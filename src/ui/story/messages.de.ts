/** The words of the first screen in German. */
import { germanCount } from '../../core/counted.ts';
import type { STORY } from './messages.ts';

export const story: typeof STORY = {
  label: 'CopRA in einem Bild',
  claim: 'CopRA ist LoRA, bei dem im Training zufällig Schichten ausgeschaltet werden, am Anfang mehr davon.',
  question: 'Was bringt das?',
  tryIt: 'Ausprobieren',
  tryAgain: 'Noch einmal',
  starting: 'Beginnt',
  stop: 'Beenden',
  stopping: 'Wird beendet',
  tour: 'Zur Führung',
  share: 'Dieses Ergebnis teilen',
  openStudy: 'Studie öffnen',
  foldStudy: 'Zuklappen',
  study: 'Studie',
  closeStudy: 'Schließen',
  runStudy: 'Hier rechnen',
  findings: {
    'half-off': {
      title: 'Die Hälfte der Schichten ausschalten',
      short: 'Halbe Schichtzahl',
      of: 'vom Gelernten bleiben',
    },
    average: {
      title: 'Zwei Adapter mitteln',
      short: 'Zwei Adapter gemittelt',
      of: 'Genauigkeit auf dem Weg',
    },
    'other-domains': {
      title: 'Auf anderen Domänen testen',
      short: 'Andere Domänen',
      of: 'richtig auf anderen Domänen',
    },
    tasks: {
      title: 'Aus mehreren Aufgaben ein Adapter',
      short: 'Aufgaben in einem Adapter',
      of: 'richtig in den Aufgaben, Updates gemittelt',
    },
    averaging: {
      title: 'Was das Mitteln von A und B verfehlt',
      short: 'Fehler des Mittelns',
      of: 'des Wegs der Clients',
    },
    clients: { title: 'Die Clients mitteln', short: 'Clients gemittelt', of: 'richtig nach der letzten Runde' },
    price: { title: 'Was es kostet', short: 'Alle Schichten an', of: 'richtig mit allen Schichten' },
  },
  awaited: 'noch nicht gemessen',
  measuring: 'vorher · misst …',
  tooLittle: 'Es wurde zu wenig gelernt, um etwas zu sagen. Mehr Schritte könnten es zeigen.',
  toChart: 'Zum Diagramm.',
  tape: (names) =>
    `In jedem Trainingsschritt eingeschaltete (farbig) und ausgeschaltete (grau) Schichten: ${names.join(', ')}.`,
  tapeFrom: 'Schritt 1',
  sources: {
    none: 'Noch kein Ergebnis',
    saved: 'Gespeicherte Studie',
    live: 'Auf diesem Gerät gerechnet',
    link: 'Ergebnis aus dem Link',
    file: 'Ergebnis aus der Datei',
    united: 'Vereinigte Studien',
  },
  intervals: 'in Klammern: 95-%-Intervalle',
  testImages: (count) => germanCount(count, 'Testbild', 'Testbilder'),
  seedsEach: (count) => `je ${germanCount(count, 'Seed', 'Seeds')}`,
  verdicts: {
    points: (points) => `${points} Punkte`,
    keepsMore: (name, size, low, high) => `${name} behält ${size} Punkte mehr (${low} bis ${high}).`,
    losesLess: (name, size, low, high) => `${name} verliert ${size} Punkte weniger (${low} bis ${high}).`,
    reachesMore: (name, size, low, high) => `${name} liegt ${size} Punkte vorn (${low} bis ${high}).`,
    errsLess: (name, size, low, high) => `${name} irrt ${size} Punkte weniger (${low} bis ${high}).`,
    ahead: (name, size, low, high) => `Nichts: ${name} liegt ${size} Punkte vorn (${low} bis ${high}).`,
    behind: (name, size, low, high) => `${name} liegt ${size} Punkte zurück (${low} bis ${high}).`,
    unclear: (low, high) => `Kein deutlicher Unterschied (${low} bis ${high} Punkte).`,
    tooFew: (seeds) => `Zu wenige Seeds für eine Aussage: je ${seeds}.`,
  },
};
