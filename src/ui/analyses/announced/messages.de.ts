/** What the page says of analyses before their figures are loaded, in German. */
import { germanCount } from '../../../core/counted.ts';
import type { ANNOUNCED_WORDS } from './messages.ts';

/** After a noun and "von". */
const ofRuns = (count: number): string => germanCount(count, 'Lauf', 'Läufen');

export const announced: typeof ANNOUNCED_WORDS = {
  evaluations: (count) => germanCount(count, 'Auswertung', 'Auswertungen'),
  coalitions: (count, images) =>
    `${germanCount(count, 'Koalition', 'Koalitionen')} × ${germanCount(images, 'Bild', 'Bilder')}`,
  steps: (count) => germanCount(count, 'Schritt', 'Schritte'),
  planes: (count) => germanCount(count, 'Ebene', 'Ebenen'),
  missingPlanes: 'Ebenen',
  pruningOfLayers: (count) => `Pruning der Schichten von ${ofRuns(count)}`,
  pruningOfWeights: (count) => `Pruning der Gewichte von ${ofRuns(count)}`,
  shapleyValues: (count) => `Shapley-Werte von ${ofRuns(count)}`,
  interactions: (count) => `Wechselwirkungen und Gruppen der Schichten von ${ofRuns(count)}`,
  sharpnessOfRuns: (count) => `Schärfe von ${ofRuns(count)}`,
  spectraOfRuns: (count) => `Spektren von ${ofRuns(count)}`,
  training: (count) => `Training von ${ofRuns(count)} Schritt für Schritt`,
  timesOfSteps: (count) => `Dauer der Schritte von ${ofRuns(count)}`,
  noImageLayers: 'Dieses Ergebnis hat keine Shapley-Werte einzelner Bilder.',
  domains: {
    kept: 'Andere Domänen: was vom Backbone bleibt',
    missing: (pairs) =>
      `andere Domänen entlang der Pfade zwischen ${germanCount(pairs, 'Paar von Seeds', 'Paaren von Seeds')}`,
    contents: (runs) => `Tests von ${germanCount(runs, 'Lauf', 'Läufen')} auf anderen Domänen`,
  },
  federated: {
    error: 'Föderiert: Fehler der Aggregation',
    clients: 'Föderiert: Bilder der Clients',
    simulated: 'Die Clients dieser Studie wurden simuliert: Niemand konnte fehlen.',
    cost: (steps) => germanCount(steps, 'Client-Schritt', 'Client-Schritte'),
    contents: (trainings) => germanCount(trainings, 'föderiertes Training', 'föderierte Trainings'),
    attendance: 'welche Clients daran teilnahmen, ohne die Namen ihrer Geräte',
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
    noPictures: 'Dieses Ergebnis sagt nicht, welche Bilder zwischen zwei Seeds richtig sind.',
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
