/** The words of the exercise with three layers in German. */
import type { THREE_LAYERS_WORDS } from './messages.ts';

export const threeLayers: typeof THREE_LAYERS_WORDS = {
  coalition: 'Schichten an',
  accuracy: 'Genauigkeit, %',
  layer: (layer) => `Schicht ${layer}`,
  joins: 'Kommt zu',
  orders: 'Reihenfolgen',
  without: 'Ohne',
  withLayer: 'Mit',
  adds: 'Beitrag',
  addsLabel: (layer, team) => `Beitrag von Schicht ${layer} zu: ${team}`,
  none: 'keiner',
  shapleyValue: (layer) => `Shapley-Wert von Schicht ${layer}`,
  shapleyValues: 'Shapley-Werte',
  found: 'gefunden',
  now: 'jetzt',
  right: 'richtig',
  notYet: 'noch nicht',
  showWork: 'Beiträge eintragen',
  showValue: 'Wert zeigen',
  weightedMean: (terms) => `Gewichtetes Mittel: (${terms}) / 6`,
  sumHolds: (sum, all, nothing) => `Zusammen ${sum}: genau ${all} mit allen Schichten minus ${nothing} mit keiner.`,
  valuesNote: 'Ändere eine Genauigkeit und sieh, was sich bewegt, sobald du alle drei Werte hast.',
  resetValues: 'Zurück zum Beispiel',
};
