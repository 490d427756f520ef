/** What the page says of analyses before their figures are loaded, in German. */
import { germanCount } from '../../../core/counted.ts';
import type { ANNOUNCED_WORDS } from './messages.ts';

export const ANNOUNCED_WORDS_DE: typeof ANNOUNCED_WORDS = {
  domains: {
    kept: 'Andere Domänen: was vom Backbone bleibt',
    missing: (pairs) =>
      `andere Domänen entlang der Pfade zwischen ${germanCount(pairs, 'Paar von Seeds', 'Paaren von Seeds')}`,
    contents: (runs) => `Tests von ${germanCount(runs, 'Lauf', 'Läufen')} auf anderen Domänen`,
  },
  federated: {
    error: 'Föderiert: Fehler der Aggregation',
    clients: 'Föderiert: Bilder der Clients',
    cost: (steps) => germanCount(steps, 'Client-Schritt', 'Client-Schritte'),
    contents: (trainings) => germanCount(trainings, 'föderiertes Training', 'föderierte Trainings'),
  },
  geometry: {
    missing: 'Abstände',
    contents: (adapters) => `Abstände zwischen ${germanCount(adapters, 'Adapter', 'Adaptern')}`,
  },
  landscape: {
    cost: (evaluations, pairs) =>
      `${germanCount(evaluations, 'Auswertung', 'Auswertungen')}, ${germanCount(pairs, 'Paar von Seeds', 'Paare von Seeds')}`,
    missing: (pairs) => `die Landschaft zwischen ${germanCount(pairs, 'Paar von Seeds', 'Paaren von Seeds')}`,
    contents: (paths) => germanCount(paths, 'Pfad zwischen Adaptern', 'Pfade zwischen Adaptern'),
    noPictures:
      'Dieses Ergebnis sagt nicht, welche Bilder zwischen zwei Seeds richtig sind: Links haben dafür keinen Platz.',
  },
  merging: {
    cost: (merges, scales) =>
      `${germanCount(merges, 'Merge', 'Merges')}, solche mit einem Faktor bei ${germanCount(scales, 'Wert', 'Werten')} davon`,
    missing: 'die Merges aller Seeds',
    contents: 'Merges aller Seeds',
  },
  multitask: {
    cost: (steps) => germanCount(steps, 'weiterer Trainingsschritt', 'weitere Trainingsschritte'),
    contents: 'Merges über Aufgaben hinweg',
  },
};
