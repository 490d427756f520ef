/** The words of the search for a schedule, in German. */
import { germanCount } from '../../core/counted.ts';
import type { SEARCH_WORDS } from './messages.ts';

const steps = (count: number): string => germanCount(count, 'Schritt', 'Schritte');

export const search: typeof SEARCH_WORDS = {
  help: [
    'Gibt es eine Art zu trainieren mit der Genauigkeit von LoRA und der Verbundenheit und dem Pruning von CopRA? Jeder Punkt ist eine Art, so viele Schritte trainiert, wie die Runde sagt. Jede wurde auch als Mittel ihrer letzten Adapter genommen, was kein Training kostet. Die besten einer Runde kommen in die nächste, längere; beurteilt wird auf Validierungsbildern.',
    'Weiter rechts und weiter oben ist besser, größere Punkte auch. Gestrichelt ist auf jeder Achse der beste Vergleichsarm: Was rechts und über beiden Linien liegt, hat beides. Die gepunktete Linie verbindet, was kein anderer auf beiden Achsen schlägt. Der Abstand sagt, wie weit ein Kandidat über dem besten Vergleichsarm liegt, und zwar in der Größe, in der er am schlechtesten ist, in Punkten Genauigkeit.',
    'Das Beste von vielen Kandidaten ist es zum Teil durch Glück. Darum wird der Sieger der letzten Runde mit frischen Seeds noch einmal trainiert und einmal auf Testbildern geprüft. Ein Druck auf einen Punkt zeigt, was er ändert, und übernimmt seine Einstellungen.',
  ],
  empty:
    'Die Seite bringt noch keine solche Suche mit. Starte „npm run schedule-search“, oder öffne hier die Datei einer Suche.',
  awaited: 'Jede Art zu trainieren wird hier ein Punkt.',
  round: 'Runde der Suche',
  steps,
  test: 'Test',
  over: (count, seeds, images, isTest) =>
    `${count === null ? '' : `${steps(count)}, `}${isTest ? germanCount(seeds, 'frischer Seed', 'frische Seeds') : germanCount(seeds, 'Seed', 'Seeds')}, ${isTest ? germanCount(images, 'Testbild', 'Testbilder') : germanCount(images, 'Validierungsbild', 'Validierungsbilder')}`,
  candidates: (shown, all) => `${shown} von ${germanCount(all, 'Kandidat', 'Kandidaten')}`,
  axes: 'Suche: Achsen',
  pair: (x, y) => `${x} und ${y}`,
  judged: {
    accuracy: { name: 'Genauigkeit', axis: 'Genauigkeit mit allen Schichten, %', narrow: 'Genauigkeit, %' },
    kept: {
      name: 'behaltener Gewinn',
      axis: 'behaltener Gewinn, jede zweite Schicht aus, %',
      narrow: 'halbe Schichtzahl: behaltener Gewinn, %',
    },
    midpoint: {
      name: 'Mitte',
      axis: 'Genauigkeit auf halbem Weg zwischen zwei Seeds, %',
      narrow: 'Mitte zweier Seeds, %',
    },
  },
  better: (axis, direction) => `${axis} (besser ${direction})`,
  bestReference: 'bester Vergleichsarm',
  unbeaten: 'von keinem in beidem geschlagen',
  isUnbeaten: (name) => `${name} wird von keinem in beidem geschlagen`,
  last: 'letzter Adapter',
  average: 'Mittel der letzten',
  size: (name, low, high) => `Größe: ${name}, ${low} bis ${high} %`,
  unknownMeasure: 'unbekannt',
  fates: {
    reference: 'Vergleichsarm',
    won: 'Sieger der Suche',
    on: 'kam weiter',
    left: 'schied aus',
    open: 'noch nicht entschieden',
  },
  points: 'Kandidaten; jeder übernimmt seine Einstellungen',
  point: ({ name, values, margin, fate }) =>
    `${name}: Genauigkeit ${values.accuracy}, behaltener Gewinn ${values.kept}, Mitte ${values.midpoint}; Abstand ${margin}; ${fate}`,
  head: {
    candidate: 'Kandidat',
    accuracy: 'Genauigkeit, %',
    kept: 'Behaltener Gewinn, %',
    midpoint: 'Mitte, %',
    margin: 'Abstand, Punkte',
    fate: 'Danach',
    unbeaten: 'Von keinem in allen dreien geschlagen',
  },
  yes: 'ja',
  chosen: {
    changes: (from) => `Ändert gegenüber ${from}: `,
    change: (label, from, to) => `${label} ${from} → ${to}`,
    nothing: 'nichts',
    averaged: 'Mittel der letzten Adapter',
    table: (name) => `${name}, Runde für Runde`,
    round: (count, fate) => `${steps(count)}: ${fate}`,
    spread:
      'Mittel ± Standardabweichung über die Seeds einer Runde; auf halbem Weg zwischen zwei Seeds über deren Paare.',
    take: 'Seine Studie übernehmen',
    taken: 'Die Einstellungen unter „Studie“ sind die dieses Kandidaten neben LoRA und CopRA.',
  },
  tested: {
    title: 'Der Sieger, einmal getestet',
    table: (winner) => `${winner} − Vergleichsarm, Punkte`,
    minus: 'Sieger −',
    note: (seeds, images) =>
      `Differenzen in Punkten, darunter ihre 95-%-Intervalle über Seeds und Bilder; Seeds ${seeds}, ${germanCount(images, 'Testbild', 'Testbilder')}. Fett: Das Intervall schließt 0 nicht ein.`,
    interval: (low, high) => `${low}\u00a0bis ${high}`,
    tooFew: 'zu wenige Seeds, um es zu sagen',
    open: 'Ergebnis des Tests öffnen',
  },
  openFile: 'Eine Suche öffnen',
  fromFile: (file) => `Aus ${file}.`,
  download: 'Die ganze Suche (JSON)',
  close: 'Suche schließen',
};
